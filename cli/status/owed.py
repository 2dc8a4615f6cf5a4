"""`mandates owed`: everything somebody still owes, what is most at risk first."""

from collections.abc import Mapping
from typing import Annotated

import typer

from cli.opening import open_workplace
from cli.options import AsJson, AsOf, day
from cli.output import write_json, write_table
from records.database import reading
from tasks.status.open_items import open_items

COLUMNS = ("kind", "due_on", "days_late", "record", "people")
Person = Annotated[str | None, typer.Option("--person", help="Only what this person owes.")]


def owed(as_of: AsOf = None, person: Person = None, *, as_json: AsJson = False) -> None:
    """List everything that somebody owes: completions, inputs, replies, releases, what is to be settled."""
    with open_workplace() as workplace, reading(workplace.engine) as session:
        on = day(as_of, workplace)
        items = [i for i in open_items(session, workplace, on) if person is None or person in i.people]
    rows = [item.as_json() for item in items]
    if as_json:
        write_json(rows)
        return
    write_table([_shown(row) for row in rows], COLUMNS, empty=f"nothing is owed as of {on}")


def _shown(row: Mapping[str, object]) -> dict[str, str]:
    return {
        key: ", ".join(value) if isinstance(value, list) else str(value if value is not None else "-")
        for key, value in row.items()
    }
