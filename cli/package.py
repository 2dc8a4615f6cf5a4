"""`mandates package`: build, list, compare, release and verify the input packages of cycles."""

from pathlib import Path
from typing import Annotated

import typer

from cli.opening import open_installation
from cli.options import AsJson, By
from cli.output import say, say_list, write_json, write_table
from flows.clock import now, today
from input_packages.verify import verify as problems_of
from input_packages.word_template import house_template
from tasks.installation.file_modes import handed_over
from tasks.installation.installation import Installation
from tasks.packages.assembly import Assembly, assemble
from tasks.packages.assembly import release as make_final
from tasks.packages.editions import differences, versions

app = typer.Typer(no_args_is_help=True, help="Build, list, compare, release or verify input packages.")
Cycle = Annotated[str, typer.Argument(help="An opened cycle, such as working-group-review/2026")]
SomeCycle = Annotated[str | None, typer.Argument(help="Only this cycle; all if not given", metavar="CYCLE")]
Version = Annotated[int | None, typer.Argument(min=1, help="A version; the last two if none is given")]


@app.command()
def build(cycle: Cycle) -> None:
    """Build the input package of an opened cycle; the same facts give the same bytes."""
    with open_installation() as installation:
        done = assemble(installation, today(installation.zone), now(), cycle=cycle)
        _say(installation, done)


@app.command("list")
def listed(cycle: SomeCycle = None, *, as_json: AsJson = False) -> None:
    """List every version of every package, with who released it."""
    with open_installation() as installation:
        rows = versions(installation, cycle)
    if as_json:
        write_json(rows)
        return
    shown = [{key: str(value) if value is not None else "-" for key, value in row.items()} for row in rows]
    columns = ["cycle", "version", "state", "released_by", "released_on", "file"]
    write_table(shown, columns, empty="no package was assembled yet; see: mandates package build")


@app.command()
def diff(cycle: Cycle, old: Version = None, new: Version = None) -> None:
    """Show what differs between one version and another."""
    with open_installation() as installation:
        between, found = differences(installation, cycle, old, new)
    say_list(f"From version {between[0]} to version {between[1]}:", found)
    if not found:
        say(f"version {between[0]} and version {between[1]} have the same content")


@app.command()
def release(cycle: Cycle, by: By) -> None:
    """Make the last draft final in your name, and send it to its recipients."""
    with open_installation() as installation:
        done = make_final(installation, cycle, by, today(installation.zone), now())
        _say(installation, done)
    say(f"released by {by}; the notices will be sent with the next dispatch, formal ones once released")


@app.command()
def verify(file: Annotated[Path, typer.Argument(help="A package, as handed over.")]) -> None:
    """Check a package with nothing but the archive itself."""
    problems = problems_of(file)
    if problems:
        say(f"{file}: not as it was assembled")
        say_list("What is wrong:", problems)
        raise typer.Exit(1)
    say(f"{file}: complete and unchanged")


@app.command()
def template(file: Annotated[Path, typer.Argument(help="Where to write it, such as house.docx")]) -> None:
    """Write the Word template to start from; changed and put into the pack as house.docx, it is used."""
    with handed_over():
        file.write_bytes(house_template())
    say(f"{file}: change it in Word, keep its styles, and put it into the folder of the pack as house.docx")


def _say(installation: Installation, done: Assembly) -> None:
    for row in done.rows:
        say(f"{installation.settings.packages / row['file']}\nsha256 {row['sha256']}")
        say(f"{row['missing']} of the items it should hold are missing; the package names them")
    say_list("Requires attention:", done.findings)
