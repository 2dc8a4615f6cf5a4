"""`mandates calendar`: due dates, past and to come, projected ones marked."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.calendar.scope import refuse_unknown
from cli.days import AsOf, KnownAt, day, instant, read_day
from cli.opening import open_installation
from cli.options import AsJson
from cli.output import say, write_json, write_table
from flows.clock import now
from language.catalogues import SOURCE
from policies.calendar.counting import Unit, shift
from records.database import reading
from records.facts.facts import read_facts
from tasks.calendar.calendar import Row, calendar_between
from tasks.calendar.feed_filter import FeedFilter
from tasks.installation.file_modes import handed_over
from tasks.installation.installation import Installation

YEARS = 2
COLUMNS = ("cycle", "opens_on", "due_on", "target_on", "marks")
From = Annotated[
    date | None,
    typer.Option(
        "--from", parser=read_day, metavar="DATE", help="First day; the day asked about if not given."
    ),
]
To = Annotated[
    date | None,
    typer.Option("--to", parser=read_day, metavar="DATE", help="Last day; two years on if not given."),
]
Ics = Annotated[
    Path | None, typer.Option("--ics", help="Write an iCalendar file instead, of all dates that are known.")
]
Only = Annotated[str | None, typer.Option("--obligation", help="With --ics: only this obligation.")]
Role = Annotated[str | None, typer.Option("--role", help="With --ics: only duties this actor has a part in.")]
Language = Annotated[
    str | None, typer.Option("--language", help="With --ics: the language of the entries; en if not given.")
]


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
    language: Language = None,
) -> None:
    """Show the due dates and targets of a span of time, or write them for other calendars (--ics)."""
    if not ics:
        _refuse_without_a_file({"--obligation": obligation, "--role": role, "--language": language})
    with open_installation() as installation:
        known = instant(known_at, installation)
        on = day(as_of, installation, known)
        first = from_ or on
        last = to or shift(first, YEARS * 12, Unit.MONTHS)
        if last < first:
            raise typer.BadParameter(f"{last} is before {first}", param_hint="--to")
        if ics:
            refuse_unknown(installation, "mandates calendar", obligation, role, language)
            span = (first if from_ else None, last if to else None)
            _write(ics, installation, on, known, FeedFilter(obligation, role, language or SOURCE, *span))
            return
        with reading(installation.engine) as session:
            rows = calendar_between(installation.pack, read_facts(session, known), on, first, last)
    if as_json:
        write_json(rows)
        return
    write_table([_row(row) for row in rows], COLUMNS, empty=f"nothing is due from {first} to {last}")


def _refuse_without_a_file(given: Mapping[str, str | None]) -> None:
    """Refuse options that mean nothing where no file is written.

    Raises:
        typer.BadParameter: any of them was given.
    """
    if idle := [option for option, value in given.items() if value is not None]:
        found = f"found {', '.join(idle)} without --ics; expected --ics FILE with it, or none of them"
        raise typer.BadParameter(found, param_hint=idle[0])


def _write(
    file: Path, installation: Installation, on: date, known_at: datetime | None, feed_filter: FeedFilter
) -> None:
    """Write the calendar as it is given now; that of an earlier moment is a look back, and counts nothing."""
    from tasks.calendar.feed import feed, give  # noqa: PLC0415 (takes a while, and only this option needs it)

    if known_at:
        with reading(installation.engine) as session:
            facts = read_facts(session, known_at)
            made = feed(session, installation, facts, on, feed_filter, known_at=known_at)
    else:
        made = give(installation, on, feed_filter, None, now())
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
