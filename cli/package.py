"""`mandates package`: build a cycle's input package, or verify one."""

from pathlib import Path
from typing import Annotated

import typer

from cli.output import say, say_list
from flows.clock import now, today
from input_packages.verify import verify as problems_of
from tasks.assembly import assemble
from tasks.workplace import open_workplace

app = typer.Typer(no_args_is_help=True, help="Build or verify an input package.")


@app.command()
def build(
    cycle: Annotated[str, typer.Argument(help="An opened cycle, such as working-group-review/2026")],
) -> None:
    """Build the input package of an opened cycle; the same facts give the same bytes."""
    with open_workplace() as workplace:
        done = assemble(workplace, today(workplace.zone), now(), cycle=cycle)
        for row in done.rows:
            say(f"{workplace.settings.packages / row['file']}\nsha256 {row['sha256']}")
            say(f"{row['missing']} of the items it should hold are missing; the package names them")
        say_list("To look at:", done.findings)


@app.command()
def verify(file: Annotated[Path, typer.Argument(help="A package, as handed over.")]) -> None:
    """Check a package with nothing but the archive itself."""
    problems = problems_of(file)
    if problems:
        say(f"{file}: not as it was assembled")
        say_list("What is wrong:", problems)
        raise typer.Exit(1)
    say(f"{file}: complete and unchanged")
