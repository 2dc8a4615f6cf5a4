import pytest

from policies.calendar.working_days import RolledDay, WorkingDays
from tests.days import day, shown
from tests.policies.network import PACK

CHRISTMAS = WorkingDays(frozenset({day("Fri 2026-12-25")}))
GENEVA = PACK.working_days_in("Europe/Zurich")
NEW_YORK = PACK.working_days_in("America/New_York")
TURN_OF_THE_YEAR = WorkingDays(
    holidays=frozenset({day("Fri 2026-12-25"), day("Fri 2027-01-01")}),
    listed=frozenset({2026, 2027}),
    official=frozenset({2026}),
)


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


@pytest.mark.parametrize(
    ("why", "asked_on", "before", "after"),
    [
        ("Christmas before a weekend", "Sat 2026-12-26", "Thu 2026-12-24", "Mon 2026-12-28"),
        ("New Year before a weekend", "Fri 2027-01-01", "Thu 2026-12-31", "Mon 2027-01-04"),
        ("Christmas Day observed on Friday", "Sat 2027-12-25", "Thu 2027-12-23", "Mon 2027-12-27"),
        ("Eid al-Fitr after a weekend", "Sun 2025-03-30", "Fri 2025-03-28", "Tue 2025-04-01"),
        ("Eid al-Fitr before a weekend", "Sat 2026-03-21", "Thu 2026-03-19", "Mon 2026-03-23"),
        ("Eid al-Adha before a weekend", "Fri 2025-06-06", "Thu 2025-06-05", "Tue 2025-06-10"),
        ("Whit Monday, then Eid al-Adha", "Sun 2027-05-16", "Fri 2027-05-14", "Wed 2027-05-19"),
        ("Good Friday to Easter Monday", "Sun 2026-04-05", "Thu 2026-04-02", "Tue 2026-04-07"),
        ("Jeûne genevois", "Thu 2026-09-10", "Wed 2026-09-09", "Fri 2026-09-11"),
        ("a holiday of New York only", "Thu 2026-11-26", "Thu 2026-11-26", "Thu 2026-11-26"),
    ],
)
def test_geneva_rolls_over_its_holidays(why, asked_on, before, after):
    found = [GENEVA.at_or_before(day(asked_on)), GENEVA.at_or_after(day(asked_on))]
    assert [shown(on) for on in found] == [before, after], why


@pytest.mark.parametrize(
    ("why", "asked_on", "before", "after"),
    [
        ("Thanksgiving", "Thu 2026-11-26", "Wed 2026-11-25", "Fri 2026-11-27"),
        ("Independence Day observed on Friday", "Sat 2026-07-04", "Thu 2026-07-02", "Mon 2026-07-06"),
        ("Eid al-Adha observed on Monday", "Sun 2027-05-16", "Fri 2027-05-14", "Tue 2027-05-18"),
        ("New Year's Eve is a working day", "Thu 2026-12-31", "Thu 2026-12-31", "Thu 2026-12-31"),
        ("a holiday of Geneva only", "Thu 2026-09-10", "Thu 2026-09-10", "Thu 2026-09-10"),
    ],
)
def test_new_york_rolls_over_its_holidays(why, asked_on, before, after):
    found = [NEW_YORK.at_or_before(day(asked_on)), NEW_YORK.at_or_after(day(asked_on))]
    assert [shown(on) for on in found] == [before, after], why


@pytest.mark.parametrize(
    ("asked_on", "before", "after"),
    [
        ("Thu 2026-12-24", ("Thu 2026-12-24", False), ("Thu 2026-12-24", False)),
        ("Fri 2026-12-25", ("Thu 2026-12-24", False), ("Mon 2026-12-28", False)),
        ("Wed 2027-09-08", ("Wed 2027-09-08", False), ("Wed 2027-09-08", False)),
        ("Sat 2027-09-11", ("Fri 2027-09-10", True), ("Mon 2027-09-13", True)),
        ("Fri 2027-01-01", ("Thu 2026-12-31", True), ("Mon 2027-01-04", True)),
        ("Wed 2028-09-06", ("Wed 2028-09-06", True), ("Wed 2028-09-06", True)),
        ("Sat 2028-01-01", ("Fri 2027-12-31", True), ("Mon 2028-01-03", True)),
    ],
)
def test_a_roll_in_a_provisional_year_and_any_day_of_an_unknown_one_may_still_move(asked_on, before, after):
    rolls = [TURN_OF_THE_YEAR.rolled_back(day(asked_on)), TURN_OF_THE_YEAR.rolled_forward(day(asked_on))]
    assert [(shown(roll.on), roll.provisional) for roll in rolls] == [before, after]


def test_a_roll_says_from_where_and_a_working_day_from_nowhere():
    rolled, stayed = (TURN_OF_THE_YEAR.rolled_back(day(on)) for on in ("Fri 2026-12-25", "Thu 2026-12-24"))
    assert rolled == RolledDay(day("Thu 2026-12-24"), rolled_from=day("Fri 2026-12-25"), provisional=False)
    assert stayed == RolledDay(day("Thu 2026-12-24"), rolled_from=None, provisional=False)
