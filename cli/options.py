"""The options that several commands share."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from flows.clock import today
from tasks.installation.installation import Installation

AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--as-of", formats=["%Y-%m-%d"], help="The day asked about; today if not given.", metavar="DATE"
    ),
]
KnownAt = Annotated[
    str | None,
    typer.Option(
        "--known-at",
        help="Only what was on record then: a day (its end at the seat), or an instant with its zone.",
        metavar="DATE|INSTANT",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Machine-readable; the shape is a documented contract.")]
By = Annotated[str, typer.Option("--by", help="Who records this.", envvar="MANDATES_BY", show_default=False)]
Key = Annotated[str, typer.Argument(help="A notice's key, as in: mandates notices --json", metavar="KEY")]
Also = Annotated[
    list[str] | None,
    typer.Option("--also", metavar="CYCLE", help="A further cycle that it is for; may be repeated."),
]
Day = Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], metavar="DATE")]


LAST_YEAR = 2200  # no rule of a pack may begin later either


def in_each(cycle: str, also: Sequence[str] | None, fact: Mapping[str, object]) -> list[dict[str, object]]:
    """Return a fact once for each cycle that it was given for, as the entries of a facts file."""
    return [{"cycle": each, **fact} for each in dict.fromkeys((cycle, *(also or ())))]


def within_reach(on: date, hint: str) -> date:
    """Return the day, which an option named `hint` gave.

    Raises:
        typer.BadParameter: it is further ahead than anybody plans.
    """
    if on.year > LAST_YEAR:
        raise typer.BadParameter(f"found {on}; expected a day up to {LAST_YEAR}-12-31", param_hint=hint)
    return on


def day(given: datetime | None, installation: Installation, known_at: datetime | None = None) -> date:
    """Return the day asked about: the one given, else the day of `known_at` at the seat, else today there.

    Raises:
        typer.BadParameter: the day given is further ahead than anybody plans.
    """
    if given:
        return within_reach(given.date(), "--as-of")
    return known_at.astimezone(ZoneInfo(installation.zone)).date() if known_at else today(installation.zone)


def instant(given: str | None, installation: Installation) -> datetime | None:
    """Return the instant that `--known-at` means, in UTC; a date means the end of that day at the seat.

    Raises:
        typer.BadParameter: it is neither a date nor an instant with its zone.
    """
    if given is None:
        return None
    try:
        at = datetime.fromisoformat(given)
    except ValueError as error:
        raise _neither(given) from error
    if len(given) == len("2026-11-23"):
        at = datetime.combine(at.date(), time.max, ZoneInfo(installation.zone))
    if at.tzinfo is None:
        raise _neither(given)
    return at.astimezone(UTC)


def _neither(given: str) -> typer.BadParameter:
    expected = "a date such as 2026-11-23, or an instant with its zone such as 2026-11-23T12:00+01:00"
    return typer.BadParameter(f"found {given!r}; expected {expected}", param_hint="--known-at")
