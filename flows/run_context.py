"""The occasion of a run: the day it acts for, and whether it acts at all or only shows what it would do."""

from datetime import date, datetime

from flows import clock
from tasks.installation.runs import RunContext


def occasion_on(as_of: date | None, today: date, now: datetime, *, dry_run: bool, force: bool) -> RunContext:
    """The occasion that a person or a schedule asks for.

    No `as_of` means today: a run that comes late acts for the day on which it comes. Any other day is a
    rehearsal unless forced, and a dry run is one even then.
    """
    day = as_of or today
    return RunContext(day, now, rehearsal=dry_run or (day != today and not force))


def run_context_in(
    zone: str, as_of: date | None = None, *, dry_run: bool = False, force: bool = False
) -> RunContext:
    """The occasion now, where today is the day it is in `zone`."""
    return occasion_on(as_of, clock.today(zone), clock.now(), dry_run=dry_run, force=force)
