"""Dates as a person checks them: with the weekday in the string."""

from datetime import date

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def day(text: str) -> date:
    """Read a date such as `Tue 2026-11-10`; the weekday must be the right one."""
    weekday, iso = text.split()
    on = date.fromisoformat(iso)
    assert WEEKDAYS[on.weekday()] == weekday, f"{iso} is a {WEEKDAYS[on.weekday()]}, not a {weekday}"
    return on


def shown(on: date | None) -> str:
    """Write a date as `day` reads it; `no date` for None."""
    return f"{WEEKDAYS[on.weekday()]} {on}" if on else "no date"
