"""`mandates people write` and `import`: who is who as a file, out and in."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cli.days import read_day
from cli.opening import open_installation
from cli.options import By
from cli.output import say, say_list
from cli.people.group import On, app, directory_of
from flows.clock import now, today
from policies.people.directory_file import filed, written
from tasks.facts.people import import_people
from tasks.facts.people_csv import csv_of_people, is_csv
from tasks.installation.file_modes import handed_over


@app.command()
def write(
    file: Annotated[Path, typer.Argument(help="Where to write it; .csv for a table of the people alone.")],
    on: On = None,
) -> None:
    """Write who is who on a day as a directory file (TOML), or its people as CSV."""
    with open_installation() as installation:
        directory = directory_of(installation, on, None)
    with handed_over():
        if is_csv(file):
            file.write_bytes(csv_of_people(directory))
        else:
            file.write_text(written(filed(directory)), encoding="utf-8")
    say(f"{len(directory.people)} people on {directory.on}, written to {file}")


@app.command("import")
def import_(
    file: Annotated[
        Path, typer.Argument(help="A directory file (TOML), or a CSV with the columns of an export.")
    ],
    by: By,
    since: Annotated[
        date | None,
        typer.Option(
            "--from", parser=read_day, metavar="DATE", help="The day it holds from; today if not given."
        ),
    ] = None,
    *,
    whole: Annotated[
        bool,
        typer.Option(
            "--whole",
            help="Whoever is not in the file has left; nobody stands for an actor it does not name.",
        ),
    ] = False,
) -> None:
    """Record what differs in FILE from the record; what is on record already is passed over."""
    with open_installation() as installation:
        on = today(installation.zone)
        since_on = since or on
        taken, left = import_people(installation, file, since_on, by, now(), on, whole=whole)
    say(f"{taken.new} facts recorded, from {since_on} on")
    say_list(
        "The record still differs from the file (--whole ends what the file does not have):",
        [str(each) for each in left],
    )
