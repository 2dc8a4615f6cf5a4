"""`mandates calendar`: due dates, past and to come, projected ones marked."""

from datetime import datetime
from typing import Annotated

import typer

from cli.options import AsJson, AsOf, KnownAt, day, instant, within_reach
from cli.output import write_json, write_table
from policies.counting import Unit, shift
from records.database import reading
from records.facts import read_facts
from tasks.calendar import Row, calendar_between
from tasks.workplace import open_workplace

YEARS = 2
COLUMNS = ("obligation", "cycle", "opens_on", "due_on", "target_on", "marks")
From = Annotated[
    datetime | None,
    typer.Option(
        "--from", formats=["%Y-%m-%d"], metavar="DATE", help="First day; the day asked about if not given."
    ),
]
To = Annotated[
    datetime | None,
    typer.Option("--to", formats=["%Y-%m-%d"], metavar="DATE", help="Last day; two years on if not given."),
]


def calendar(
    from_: From = None,
    to: To = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Show the due dates and targets of a span of time."""
    with open_workplace() as workplace, reading(workplace.engine) as session:
        known = instant(known_at, workplace)
        on = day(as_of, workplace, known)
        first = within_reach(from_.date(), "--from") if from_ else on
        last = within_reach(to.date(), "--to") if to else shift(first, YEARS * 12, Unit.MONTHS)
        if last < first:
            raise typer.BadParameter(f"{last} is before {first}", param_hint="--to")
        rows = calendar_between(workplace.pack, read_facts(session, known), on, first, last)
    if as_json:
        write_json(rows)
        return
    write_table([_row(row) for row in rows], COLUMNS, empty=f"nothing is due from {first} to {last}")


def _row(row: Row) -> dict[str, str]:
    marks = [mark for mark in ("tentative", "projected", "external") if row[mark]]
    bounds = {"due": row["due_between"], "target": row["target_between"]}
    marks += [
        f"{name} between {' and '.join(pair)}" for name, pair in bounds.items() if isinstance(pair, list)
    ]
    return {key: str(value or "-") for key, value in row.items()} | {"marks": ", ".join(marks)}
