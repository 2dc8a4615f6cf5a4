import pytest

from policies.working_days import WorkingDays
from tests.days import day, shown

CHRISTMAS = WorkingDays(frozenset({day("Fri 2026-12-25")}))


@pytest.mark.parametrize(
    ("asked_on", "before", "after"),
    [
        ("Mon 2026-11-23", "Mon 2026-11-23", "Mon 2026-11-23"),
        ("Sat 2026-11-21", "Fri 2026-11-20", "Mon 2026-11-23"),
        ("Sun 2026-11-22", "Fri 2026-11-20", "Mon 2026-11-23"),
        ("Fri 2026-12-25", "Thu 2026-12-24", "Mon 2026-12-28"),
        ("Sat 2026-12-26", "Thu 2026-12-24", "Mon 2026-12-28"),
    ],
)
def test_the_nearest_working_day_before_and_after(asked_on, before, after):
    assert shown(CHRISTMAS.at_or_before(day(asked_on))) == before
    assert shown(CHRISTMAS.at_or_after(day(asked_on))) == after
