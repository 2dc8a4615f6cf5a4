"""Counting months, weeks and days as mandates count them.

Months are calendar months, counted from the anchor and never from the previous date; a day the month
lacks becomes its last day (RFC 7529 SKIP=BACKWARD; ETS 76, article 4). The day of the anchor is not counted.
"""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

from pendulum.helpers import add_duration


class Unit(StrEnum):
    """What a count is made of."""

    MONTHS = "months"
    WEEKS = "weeks"
    DAYS = "days"


def shift(anchor: date, count: int, unit: Unit) -> date:
    """Return the date `count` calendar units after `anchor` (before it, when negative)."""
    if unit is Unit.MONTHS:
        return add_duration(anchor, months=count)
    return anchor + timedelta(days=count * (7 if unit is Unit.WEEKS else 1))


def last_of_month(year: int, month: int) -> date:
    """Return the month's last day."""
    return date(year, month, monthrange(year, month)[1])
