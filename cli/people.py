"""`mandates people`: who is who on a day; as a table, as JSON, as a file out and in."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.opening import open_installation
from cli.options import AsJson, By, KnownAt, day, instant
from cli.output import say, say_list, write_json, write_table
from flows.clock import now, today
from policies.people.deriving import directory_on
from policies.people.directory import Directory
from policies.people.directory_file import filed, written
from records.database import reading
from records.facts.facts import read_people
from tasks.facts.people import import_people
from tasks.facts.people_csv import csv_of_people, is_csv
from tasks.installation.file_modes import handed_over
from tasks.installation.installation import Installation
from tasks.status.people import Shown, shown, told_of

app = typer.Typer(no_args_is_help=True, help="Who is who on a day: people, addresses, absences, delegates.")
COLUMNS = ("id", "name", "address", "language", "actors", "roles", "today")
On = Annotated[
    datetime | None,
    typer.Option(
        "--on", formats=["%Y-%m-%d"], help="The day asked about; today if not given.", metavar="DATE"
    ),
]


@app.command("list")
def list_(on: On = None, known_at: KnownAt = None, *, as_json: AsJson = False) -> None:
    """List everybody who is there at the end of a day, and whom they stand for."""
    with open_installation() as installation:
        directory = _directory(installation, on, known_at)
    found = shown(directory)
    if as_json:
        write_json({"on": directory.on.isoformat(), "status": directory.status, "people": _json(found)})
        return
    write_table([_row(each) for each in found], COLUMNS, empty=f"nobody is on record on {directory.on}")
    say(f"\n{len(found)} people on {directory.on}; {directory.status}")
    say(f"letters come from {directory.sender.name} <{directory.sender.address}>")


@app.command()
def show(
    person: Annotated[str, typer.Argument(help="An id, as in: mandates people list", metavar="PERSON")],
    on: On = None,
    known_at: KnownAt = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Show somebody on a day, and every fact on record about them with its number."""
    with open_installation() as installation:
        directory = _directory(installation, on, known_at)
        with reading(installation.engine) as session:
            told = told_of(session, person, instant(known_at, installation))
    found = next((each for each in shown(directory) if each.person.id == person), None)
    holder = directory.holder_of(person)
    if as_json:
        facts = [each.as_json() for each in told]
        now_ = found.as_json() if found else None
        write_json({"on": directory.on.isoformat(), "person": now_, "held_by": holder, "facts": facts})
        return
    if found:
        write_table([_row(found)], COLUMNS, empty="")
    elif holder != person:
        say(f"{person}: {holder} has their place on {directory.on}")
    else:
        say(f"{person} is not there on {directory.on}")
    say("\nOn record:")
    rows = [{"fact": each.kind, "number": str(each.number), "says": each.says} for each in told]
    write_table(rows, ("fact", "number", "says"), empty="")


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="Where to write it; .csv for a table of the people alone.")],
    on: On = None,
) -> None:
    """Write who is who on a day as a directory file (TOML), or its people as CSV."""
    with open_installation() as installation:
        directory = _directory(installation, on, None)
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
        datetime | None,
        typer.Option(
            "--from", formats=["%Y-%m-%d"], metavar="DATE", help="The day it holds from; today if not given."
        ),
    ] = None,
    *,
    whole: Annotated[
        bool,
        typer.Option(
            "--whole", help="Who is not in the file leaves; nobody stands for what it does not say."
        ),
    ] = False,
) -> None:
    """Record what FILE says otherwise than the record; what is on record already is passed over."""
    with open_installation() as installation:
        on = today(installation.zone)
        since_on = since.date() if since else on
        taken, left = import_people(installation, file, since_on, by, now(), on, whole=whole)
    say(f"{taken.new} facts recorded, from {since_on} on")
    say_list(
        "The record stays another than the file (--whole ends what the file does not have):",
        [str(each) for each in left],
    )


def _directory(installation: Installation, on: datetime | None, known_at: str | None) -> Directory:
    at = instant(known_at, installation)
    with reading(installation.engine) as session:
        return directory_on(read_people(session, at), day(on, installation, at))


def _json(found: list[Shown]) -> list[dict[str, object]]:
    return [each.as_json() for each in found]


def _row(found: Shown) -> dict[str, str]:
    person = found.person
    notes = [
        *([f"away until {found.away_until}"] if found.away_until else []),
        *([f"{found.stands_in} stands in until {found.stands_in_until}"] if found.stands_in else []),
    ]
    return {
        "id": person.id,
        "name": person.name,
        "address": person.address or "-",
        "language": person.language,
        "actors": ", ".join(found.actors) or "-",
        "roles": ", ".join(found.roles) or "-",
        "today": "; ".join(notes) or "-",
    }
