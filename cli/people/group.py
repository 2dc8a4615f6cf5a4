"""The group of commands, and what they share."""

from datetime import date
from typing import Annotated

import typer

from cli.days import day, instant, read_day
from policies.people.deriving import directory_on
from policies.people.directory import Directory
from records.database import reading
from records.facts.facts import read_people
from tasks.installation.installation import Installation

app = typer.Typer(
    no_args_is_help=True, help="Who is who on a day; what is held about somebody, and how they are forgotten."
)
Person = Annotated[
    str,
    typer.Argument(help="Their id; of who has none, the name as recorded.", metavar="PERSON"),
]
Also = Annotated[
    list[str] | None,
    typer.Option("--also", metavar="NAME|ADDRESS", help="A former name or address; may be repeated."),
]
On = Annotated[
    date | None,
    typer.Option("--on", parser=read_day, help="The day asked about; today if not given.", metavar="DATE"),
]


def directory_of(installation: Installation, on: date | None, known_at: str | None) -> Directory:
    """Return who is who on the day asked about, as it was on record at an instant."""
    at = instant(known_at, installation)
    with reading(installation.engine) as session:
        return directory_on(read_people(session, at), day(on, installation, at))
