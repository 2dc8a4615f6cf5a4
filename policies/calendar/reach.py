"""The days that people plan and record: a day outside of them is a slip of the pen."""

from datetime import date

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2200, 12, 31)
REACH = f"a day from {FIRST_DAY} to {LAST_DAY}"
"""What is expected of a day, in words."""


def is_within_reach(on: date) -> bool:
    """Return whether a day is one that people plan or record.

    >>> is_within_reach(date(2026, 11, 26)), is_within_reach(date(9999, 12, 31))
    (True, False)
    """
    return FIRST_DAY <= on <= LAST_DAY
