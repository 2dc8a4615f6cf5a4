"""`mandates calendar`: due dates, past and to come, projected ones marked."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.opening import open_installation
from cli.options import AsJson, AsOf, KnownAt, day, instant, within_reach
from cli.output import say, write_json, write_table
from policies.calendar.counting import Unit, shift
from policies.facts.facts import Facts
from records.database import reading
from records.facts.facts import read_facts
from tasks.calendar.calendar import Row, calendar_between
from tasks.calendar.feed_filter import FeedFilter
from tasks.installation.file_modes import handed_over
from tasks.installation.installation import Installation

if TYPE_CHECKING:
    from records.database import Session

YEARS = 2
COLUMNS = ("cycle", "opens_on", "due_on", "target_on", "marks")
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
Ics = Annotated[
    Path | None, typer.Option("--ics", help="Write an iCalendar file instead, of all dates that are known.")
]
Only = Annotated[str | None, typer.Option("--obligation", help="With --ics: only this obligation.")]
Role = Annotated[str | None, typer.Option("--role", help="With --ics: only duties this actor has a part in.")]
Language = Annotated[str, typer.Option("--language", help="With --ics: the language of the entries.")]


def calendar(
    from_: From = None,
    to: To = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    *,
    as_json: AsJson = False,
    ics: Ics = None,
    obligation: Only = None,
    role: Role = None,
    language: Language = "en",
) -> None:
    """Show the due dates and targets of a span of time, or write them for other calendars (--ics)."""
    with open_installation() as installation, reading(installation.engine) as session:
        known = instant(known_at, installation)
        on = day(as_of, installation, known)
        first = within_reach(from_.date(), "--from") if from_ else on
        last = within_reach(to.date(), "--to") if to else shift(first, YEARS * 12, Unit.MONTHS)
        if last < first:
            raise typer.BadParameter(f"{last} is before {first}", param_hint="--to")
        facts = read_facts(session, known)
        if ics:
            _write(ics, session, installation, facts, on, FeedFilter(obligation, role, language))
            return
        rows = calendar_between(installation.pack, facts, on, first, last)
    if as_json:
        write_json(rows)
        return
    write_table([_row(row) for row in rows], COLUMNS, empty=f"nothing is due from {first} to {last}")


def _write(
    file: Path,
    session: "Session",
    installation: Installation,
    facts: Facts,
    on: date,
    feed_filter: FeedFilter,
) -> None:
    from tasks.calendar.feed import feed  # noqa: PLC0415 (takes a while, and only this option needs it)

    made = feed(session, installation, facts, on, feed_filter)
    with handed_over():
        file.write_bytes(made.content)
    say(f"{made.events} entries are in {file}")


def _row(row: Row) -> dict[str, str]:
    marks = [mark for mark in ("tentative", "projected", "external") if row[mark]]
    bounds = {"due": row["due_between"], "target": row["target_between"]}
    marks += [
        f"{name} between {' and '.join(pair)}" for name, pair in bounds.items() if isinstance(pair, list)
    ]
    return {key: str(value or "-") for key, value in row.items()} | {"marks": ", ".join(marks)}
