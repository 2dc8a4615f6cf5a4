"""Counting months, weeks and days as mandates count them.

Months are calendar months, counted from the anchor and never from the previous date; a day the month
lacks becomes its last day (RFC 7529 SKIP=BACKWARD; ETS 76, article 4). The day of the anchor is not counted.
"""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from pendulum.helpers import add_duration


class Unit(StrEnum):
    """What a count is made of."""

    MONTHS = "months"
    WEEKS = "weeks"
    DAYS = "days"
    WORKING_DAYS = "working days"


_DAYS_IN = {Unit.WEEKS: 7, Unit.DAYS: 1}  # working days are not among them: they need a duty station


@lru_cache(maxsize=65536)  # many duties count from the same days
def shift(anchor: date, count: int, unit: Unit) -> date:
    """Return the date `count` calendar units after `anchor` (before it, when negative).

    What lies beyond the days there are is the last of them, or the first.

    >>> f"{shift(date(2024, 2, 29), 12, Unit.MONTHS):%a %Y-%m-%d}"
    'Fri 2025-02-28'
    >>> f"{shift(date(2026, 11, 30), 3, Unit.MONTHS):%a %Y-%m-%d}"
    'Sun 2027-02-28'
    >>> f"{shift(date(2026, 5, 5), -12, Unit.WEEKS):%a %Y-%m-%d}"
    'Tue 2026-02-10'

    Raises:
        KeyError: working days were asked for, which only a duty station can count.
    """
    try:
        if unit is Unit.MONTHS:
            return add_duration(anchor, months=count)
        return anchor + timedelta(days=count * _DAYS_IN[unit])
    except (OverflowError, ValueError):
        return date.max if count > 0 else date.min


def last_of_month(year: int, month: int) -> date:
    """Return the month's last day.

    >>> f"{last_of_month(2028, 2):%a %Y-%m-%d}"
    'Tue 2028-02-29'
    """
    return date(year, month, monthrange(year, month)[1])
