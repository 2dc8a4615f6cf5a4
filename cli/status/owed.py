"""`mandates owed`: everything somebody still owes, what is most at risk first."""

from collections.abc import Callable
from typing import Annotated

import typer

from cli.days import AsOf, day
from cli.opening import open_installation
from cli.options import AsJson
from cli.output import write_json, write_table
from records.database import reading
from tasks.installation.who import directory_at
from tasks.status.open_items import OpenItem, open_items

COLUMNS = ("kind", "due_on", "days_late", "record", "people")
Person = Annotated[str | None, typer.Option("--person", help="Only what is due from this person.")]


def owed(as_of: AsOf = None, person: Person = None, *, as_json: AsJson = False) -> None:
    """List everything due from somebody: completions, inputs, replies, releases, what is to be settled."""
    with open_installation() as installation, reading(installation.engine) as session:
        on = day(as_of, installation)
        named = directory_at(session, on).name_of
        items = [i for i in open_items(session, installation, on) if person is None or person in i.people]
    if as_json:
        write_json([item.as_json() for item in items])
        return
    write_table([_shown(item, named) for item in items], COLUMNS, empty=f"nothing is due as of {on}")


def _shown(item: OpenItem, named: Callable[[str], str]) -> dict[str, str]:
    """Return a row for people, with everybody by name; their ids are in the JSON."""
    row = {key: str(value if value is not None else "-") for key, value in item.as_json().items()}
    return row | {"people": ", ".join(named(each) for each in item.people)}
