import pytest

from policies.recurrence.cycles import Basis
from policies.recurrence.per_period import PerPeriod
from tests.policies.asking import SOURCE, asked, done, lines

YEARLY = PerPeriod(kind="per-period", first=2023, source=SOURCE)
FROM_JULY = PerPeriod(kind="per-period", first=2023, starts_in_month=7, source=SOURCE)
EVEN_YEARS = PerPeriod(kind="per-period", first=2020, every_years=2, source=SOURCE)


def test_once_in_each_calendar_year_due_on_its_last_day():
    assert lines(asked(YEARLY, "Wed 2025-01-01")) == [
        "2023: opens Sun 2023-01-01 | due Sun 2023-12-31",
        "2024: opens Mon 2024-01-01 | due Tue 2024-12-31",
        "2025: opens Wed 2025-01-01 | due Wed 2025-12-31",
    ]


def test_a_cycle_year_may_begin_in_another_month_and_is_named_by_the_year_it_begins_in():
    assert lines(asked(FROM_JULY, "Tue 2024-12-31", done("Sun 2024-06-30"))) == [
        "2023: opens Sat 2023-07-01 | due Sun 2024-06-30 | met Sun 2024-06-30",
        "2024: opens Mon 2024-07-01 | due Mon 2025-06-30",
    ]


def test_a_cycle_year_that_begins_in_march_ends_on_the_last_of_february():
    march = PerPeriod(kind="per-period", first=2027, starts_in_month=3, source=SOURCE)
    assert lines(asked(march, "Mon 2027-03-01")) == ["2027: opens Mon 2027-03-01 | due Tue 2028-02-29"]


def test_every_second_year_has_no_period_in_between():
    assert [cycle.name for cycle in asked(EVEN_YEARS, "Mon 2026-11-23")] == ["2020", "2022", "2024", "2026"]


@pytest.mark.parametrize(
    ("completion", "met"),
    [
        (done("Wed 2024-01-31"), ["2024"]),
        (done("Wed 2024-01-31", "2023"), ["2023"]),
        (done("Tue 2024-12-31"), ["2024"]),
        (done("Sat 2022-12-31"), []),
    ],
)
def test_one_meeting_never_counts_for_two_years(completion, met):
    assert [cycle.name for cycle in asked(YEARLY, "Mon 2026-11-23", completion) if cycle.met_on] == met


def test_evidence_of_2024_does_not_settle_2025_2026_or_2027():
    unmet = [
        cycle.name for cycle in asked(YEARLY, "Fri 2027-12-31", done("Thu 2024-05-02")) if not cycle.met_on
    ]
    assert unmet == ["2023", "2025", "2026", "2027"]


def test_a_second_meeting_in_one_year_is_not_carried_over():
    cycles = asked(YEARLY, "Wed 2025-01-01", done("Thu 2024-02-01"), done("Mon 2024-11-04"))
    assert lines(cycles)[1:] == [
        "2024: opens Mon 2024-01-01 | due Tue 2024-12-31 | met Thu 2024-02-01",
        "2025: opens Wed 2025-01-01 | due Wed 2025-12-31",
    ]


def test_a_period_that_is_house_practice_has_a_target_and_can_breach_nothing():
    own = PerPeriod(kind="per-period", first=2027, basis=Basis.HOUSE_PRACTICE, source=SOURCE)
    (cycle,) = asked(own, "Fri 2027-12-31")
    assert lines([cycle]) == ["2027: opens Fri 2027-01-01 | target Fri 2027-12-31"]
    assert cycle.target is not None
    assert cycle.target.basis is Basis.HOUSE_PRACTICE
