"""`mandates policy`: is a pack in order, what would another one move, what may stand in its files."""

from pathlib import Path
from typing import Annotated

import typer

from cli.days import AsOf
from cli.options import AsJson
from cli.output import say, say_list, write_json, write_table
from flows.clock import today
from records.database import open_database, reading
from tasks.installation.file_modes import handed_over
from tasks.installation.settings import read_settings
from tasks.rules.check import check as check_pack
from tasks.rules.check import rule_rows
from tasks.rules.diff import difference, difference_json, lines, load_both
from tasks.rules.schema import schemas, write_schemas

app = typer.Typer(no_args_is_help=True, help="Check a policy pack, compare two, export the schema.")
RULES = ("obligation", "clock", "in_force_from", "last_checked_on", "marks")
Folder = Annotated[
    Path | None, typer.Argument(metavar="FOLDER", help="A policy pack; the one in use if not given.")
]
Old = Annotated[Path, typer.Argument(metavar="OLD", help="The pack as it is.")]
New = Annotated[Path, typer.Argument(metavar="NEW", help="The pack as it would be.")]
Years = Annotated[int, typer.Option("--years", min=1, max=30, help="How many years ahead to look.")]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="FOLDER", help="Write a file for each schema into FOLDER.")
]


@app.command()
def check(folder: Folder = None, as_of: AsOf = None) -> None:
    """List every mistake in a pack, its directory and its history; or show what it contains."""
    settings, on = read_settings(), as_of or today("UTC")
    pack_folder = folder or settings.policies
    named = None if folder else settings.directory
    beside = pack_folder / "directory.toml"
    checked = check_pack(pack_folder, named or (beside if beside.exists() else None), on)
    pack = checked.pack
    say(f"{pack.instrument.title['en']} ({pack.folder})")
    say(
        f"{len(pack.obligations)} obligations, {len(pack.provisions)} provisions, {len(pack.actors)} actors\n"
    )
    write_table(rule_rows(pack, on), RULES, empty="the pack has no obligations")
    say_list("Requires attention:", checked.mentions)
    say("\nno mistakes")


@app.command()
def diff(old: Old, new: New, as_of: AsOf = None, years: Years = 5, *, as_json: AsJson = False) -> None:
    """List every due date, target, milestone and notice that NEW would move; nothing is changed."""
    before, after = load_both(old, new)
    on = as_of or today(before.instrument.zone)
    engine = open_database(read_settings().database)
    with reading(engine) as session:
        found = difference(session, before, after, on, years)
    engine.dispose()
    if as_json:
        write_json(difference_json(found))
        return
    span = f"from {found.first} to {found.last}"
    say(f"{len(found.moves)} dates and notices move {span}" if found.moves else f"nothing moves {span}")
    for line in lines(found.moves):
        say(line)
    say_list("Requires attention:", found.remarks)


@app.command()
def schema(out: Out = None) -> None:
    """Export the JSON Schema of a pack's files, of a facts file and of a directory, for editors."""
    if out is None:
        write_json(schemas())
        return
    with handed_over():
        written = write_schemas(out)
    for file in written:
        say(str(file))
