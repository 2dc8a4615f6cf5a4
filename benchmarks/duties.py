"""One thousand obligations with twenty years of history, and the due dates a calendar gives for them.

The anchors are every day of a leap year in turn, so 29 February and all month ends are among them. The
reference is written with nothing but the standard library: the corresponding day, or the last of a month that
lacks it (RFC 7529, SKIP=BACKWARD); a slot named by a month ends on its last day.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

YEARS = 20
INTERVALS = (6, 12, 24, 48)
_FIRST_ANCHOR = date(2004, 1, 1)
_DAYS_OF_A_LEAP_YEAR = 366


@dataclass(frozen=True, slots=True)
class Duty:
    """Something done every `months`: on the days `done_on`, of which `first` is the first."""

    name: str
    first: date
    months: int
    done_on: Sequence[date]

    @property
    def turns(self) -> int:
        return YEARS * 12 // self.months


def corresponding(anchor: date, months: int) -> date:
    """Return the reference answer to "so many months after"."""
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    return date(year, month + 1, min(anchor.day, monthrange(year, month + 1)[1]))


def last_day(on: date) -> date:
    """Return the last day of the month of `on`."""
    return on.replace(day=monthrange(on.year, on.month)[1])


def ceilings(duty: Duty) -> list[date]:
    """Return what is due so many months after each day it was done."""
    return [corresponding(done_on, duty.months) for done_on in duty.done_on]


def slots(duty: Duty) -> list[date]:
    """Return the last day of each slot's month."""
    first = duty.first.replace(day=1)
    return [last_day(corresponding(first, turn * duty.months)) for turn in range(duty.turns)]


def _duty(number: int) -> Duty:
    first = _FIRST_ANCHOR + timedelta(days=number % _DAYS_OF_A_LEAP_YEAR)
    months = INTERVALS[number % len(INTERVALS)]
    done_on = tuple(corresponding(first, turn * months) for turn in range(YEARS * 12 // months))
    return Duty(f"duty-{number}", first, months, done_on)


DUTIES = [_duty(number) for number in range(1000)]
EVERY_DUE_DATE = sum(duty.turns for duty in DUTIES)
