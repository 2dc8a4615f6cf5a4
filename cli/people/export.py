"""`mandates people export`: everything that is held about somebody, in a folder."""

from pathlib import Path
from typing import Annotated

import typer

from cli.opening import open_installation
from cli.output import say, say_list
from cli.people.group import Also, Person, app
from flows.clock import now
from tasks.operations.forgetting import what_would_go
from tasks.operations.held import export as write
from tasks.operations.held import who

Into = Annotated[
    Path, typer.Option("--into", metavar="FOLDER", help="The folder to write; it must not be there yet.")
]


@app.command()
def export(person: Person, into: Into, also: Also = None) -> None:
    """Write everything that is held about somebody into a folder: held.json, letters, files."""
    with open_installation() as installation:
        held = what_would_go(installation, who(installation, person, also or ()))
        count = write(installation, held, into, now())
    rows = sum(map(len, held.rows.values()))
    kept = f"{len(held.letters)} letters, {len(held.messages)} messages, {len(held.files)} files"
    say(f"{into}: {rows} rows, {kept}; {count} files written")
    say_list("They are also named in:", list(held.stays))
