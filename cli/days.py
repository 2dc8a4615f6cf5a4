"""Days and instants as they are given on the command line."""

from contextlib import suppress
from datetime import UTC, date, datetime, time
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from flows.clock import today
from policies.calendar.reach import REACH, is_within_reach
from tasks.installation.installation import Installation


def read_day(given: str) -> date:
    """Return the day that was written, as in 2026-11-26.

    Raises:
        typer.BadParameter: it is no day, or none that people plan or record.
    """
    with suppress(ValueError):
        on = date.fromisoformat(given)
        if str(on) == given and is_within_reach(on):
            return on
    raise typer.BadParameter(f"found {given!r}; expected {REACH}")


Day = Annotated[date, typer.Argument(parser=read_day, metavar="DATE")]
AsOf = Annotated[
    date | None,
    typer.Option("--as-of", parser=read_day, help="The day asked about; today if not given.", metavar="DATE"),
]
KnownAt = Annotated[
    str | None,
    typer.Option(
        "--known-at",
        help="Only what was on record then: a day (its end at the seat), or an instant with its zone.",
        metavar="DATE|INSTANT",
    ),
]


def day(given: date | None, installation: Installation, known_at: datetime | None = None) -> date:
    """Return the day asked about: the one given, else the day of `known_at` at the seat, else today there."""
    if given:
        return given
    return known_at.astimezone(ZoneInfo(installation.zone)).date() if known_at else today(installation.zone)


def instant(given: str | None, installation: Installation) -> datetime | None:
    """Return the instant that `--known-at` means, in UTC; a date means the end of that day at the seat.

    Raises:
        typer.BadParameter: it is neither a date nor an instant with its zone, or it is out of reach.
    """
    if given is None:
        return None
    with suppress(ValueError):
        at = datetime.fromisoformat(given)
        if len(given) == len("2026-11-23"):
            at = datetime.combine(at.date(), time.max, ZoneInfo(installation.zone))
        if at.tzinfo and is_within_reach(at.date()):
            return at.astimezone(UTC)
    expected = "or an instant with its zone such as 2026-11-23T12:00+01:00"
    raise typer.BadParameter(f"found {given!r}; expected {REACH}, {expected}", param_hint="--known-at")
