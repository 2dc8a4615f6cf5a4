"""`mandates people list` and `show`: who is who on a day, as a table or as JSON."""

from typing import Annotated

import typer

from cli.days import KnownAt, instant
from cli.opening import open_installation
from cli.options import AsJson
from cli.output import say, write_json, write_table
from cli.people.group import On, app, directory_of
from records.database import reading
from tasks.status.people import Shown, shown, told_of

COLUMNS = ("id", "name", "address", "language", "actors", "roles", "today")


@app.command("list")
def list_(on: On = None, known_at: KnownAt = None, *, as_json: AsJson = False) -> None:
    """List everybody who is there at the end of a day, and whom they stand for."""
    with open_installation() as installation:
        directory = directory_of(installation, on, known_at)
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
        directory = directory_of(installation, on, known_at)
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
