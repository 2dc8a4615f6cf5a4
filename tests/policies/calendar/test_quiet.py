"""Quiet hours at a duty station: when what waits may leave."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from policies.calendar.quiet import QuietHours
from policies.calendar.working_days import WorkingDays
from tests.days import WEEKDAYS, day

GENEVA = QuietHours(
    "Europe/Zurich",
    time(8),
    time(18, 30),
    free_days=True,
    days=WorkingDays(holidays=frozenset({day("Fri 2026-12-25")})),
)


def instant(text: str, zone: str = "Europe/Zurich") -> datetime:
    weekday, rest = text.split(" ", 1)
    at = datetime.fromisoformat(rest).replace(tzinfo=ZoneInfo(zone))
    assert WEEKDAYS[at.weekday()] == weekday
    return at


@pytest.mark.parametrize(
    ("asked", "leaves"),
    [
        ("Mon 2026-11-23 09:00", "Mon 2026-11-23 09:00"),
        ("Mon 2026-11-23 08:00", "Mon 2026-11-23 08:00"),
        ("Mon 2026-11-23 07:59", "Mon 2026-11-23 08:00"),
        ("Mon 2026-11-23 18:29", "Mon 2026-11-23 18:29"),
        ("Mon 2026-11-23 18:30", "Tue 2026-11-24 08:00"),
        ("Fri 2026-11-27 20:00", "Mon 2026-11-30 08:00"),
        ("Sat 2026-11-28 12:00", "Mon 2026-11-30 08:00"),
        ("Thu 2026-12-24 19:00", "Mon 2026-12-28 08:00"),
        ("Sun 2026-03-29 01:30", "Mon 2026-03-30 08:00"),
        ("Sun 2026-10-25 02:30", "Mon 2026-10-26 08:00"),
    ],
)
def test_what_waits_leaves_in_the_hours_and_on_the_days_when_people_are_there(asked: str, leaves: str):
    assert GENEVA.ends_at(instant(asked)) == instant(leaves)


def test_the_hours_are_those_of_the_reader_s_own_seat():
    in_new_york = QuietHours("America/New_York", time(8), time(18), free_days=False, days=GENEVA.days)
    asked = instant("Mon 2026-11-23 09:00")
    assert in_new_york.ends_at(asked) == instant("Mon 2026-11-23 08:00", "America/New_York")


def test_where_free_days_are_not_quiet_the_hours_alone_count():
    every_day = QuietHours("Europe/Zurich", time(8), time(18, 30), free_days=False, days=GENEVA.days)
    assert every_day.ends_at(instant("Sat 2026-11-28 12:00")) == instant("Sat 2026-11-28 12:00")
