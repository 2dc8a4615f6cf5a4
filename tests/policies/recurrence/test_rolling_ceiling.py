import pytest

from policies.recurrence.cycles import Cycle
from policies.recurrence.rolling_ceiling import RollingCeiling
from tests.days import day
from tests.policies.asking import OBLIGATION, SOURCE, asked, done, lines


def ceiling(months: int) -> RollingCeiling:
    return RollingCeiling(kind="rolling-ceiling", months=months, source=SOURCE)


def test_without_any_completion_there_is_no_date():
    assert lines(asked(ceiling(12), "Wed 2031-12-31")) == ["first: unknown completion of review"]


def test_each_completion_meets_the_cycle_before_it_and_starts_the_next():
    cycles = asked(ceiling(12), "Mon 2025-11-10", done("Wed 2023-03-01"), done("Thu 2024-02-01"))
    assert lines(cycles) == [
        "since-2023-03-01: opens Thu 2023-03-02 | due Fri 2024-03-01 | met Thu 2024-02-01",
        "since-2024-02-01: opens Fri 2024-02-02 | due Sat 2025-02-01",
        "since-2025-02-01: opens Sun 2025-02-02 | due Sun 2026-02-01 | projected",
    ]


def test_the_order_in_which_completions_were_recorded_does_not_matter():
    earlier, later = done("Wed 2023-03-01"), done("Thu 2024-02-01")
    assert asked(ceiling(12), "Mon 2025-11-10", later, earlier) == asked(
        ceiling(12), "Mon 2025-11-10", earlier, later
    )


@pytest.mark.parametrize(
    ("last", "months", "due"),
    [
        ("Mon 2025-11-10", 12, "2026-11-10"),
        ("Tue 2028-02-29", 12, "2029-02-28"),
        ("Tue 2028-02-29", 48, "2032-02-29"),
        ("Mon 2026-08-31", 6, "2027-02-28"),
        ("Tue 2027-08-31", 6, "2028-02-29"),
    ],
)
def test_the_ceiling_is_counted_in_calendar_months_from_the_last_completion(last, months, due):
    assert str(asked(ceiling(months), last, done(last))[0].due_on) == due


def test_each_projection_is_counted_from_the_one_before_also_after_a_short_month():
    cycles = asked(ceiling(1), "Wed 2027-04-28", done("Tue 2026-12-29"))
    assert lines(cycles) == [
        "since-2026-12-29: opens Wed 2026-12-30 | due Fri 2027-01-29",
        "since-2027-01-29: opens Sat 2027-01-30 | due Sun 2027-02-28 | projected",
        "since-2027-02-28: opens Mon 2027-03-01 | due Sun 2027-03-28 | projected",
        "since-2027-03-28: opens Mon 2027-03-29 | due Wed 2027-04-28 | projected",
    ]


def test_projections_from_the_end_of_a_short_month_stay_on_its_day():
    cycles = asked(ceiling(6), "Thu 2028-08-31", done("Sat 2026-02-28"), done("Mon 2026-08-31"))
    assert [str(cycle.due_on) for cycle in cycles] == [
        "2026-08-28",
        "2027-02-28",
        "2027-08-28",
        "2028-02-28",
        "2028-08-28",
        "2029-02-28",
    ]


def test_a_projection_from_29_february_keeps_to_it_in_leap_years():
    cycles = asked(ceiling(48), "Tue 2041-12-31", done("Thu 2024-02-29"))
    assert [str(cycle.due_on) for cycle in cycles] == [
        "2028-02-29",
        "2032-02-29",
        "2036-02-29",
        "2040-02-29",
        "2044-02-29",
    ]


def test_two_completions_of_one_day_start_one_count():
    twice = asked(
        ceiling(12),
        "Mon 2025-11-10",
        done("Mon 2025-11-10", evidence="a"),
        done("Mon 2025-11-10", evidence="b"),
    )
    assert lines(twice) == ["since-2025-11-10: opens Tue 2025-11-11 | due Tue 2026-11-10"]
    assert twice[0].opens
    assert twice[0].opens.anchor.source == "a"


def test_nothing_is_projected_that_begins_after_the_day_asked_for():
    assert [c.name for c in asked(ceiling(12), "Tue 2026-11-10", done("Mon 2025-11-10"))] == [
        "since-2025-11-10"
    ]


def test_a_cycle_that_nothing_counts_from_says_whose_completion_is_missing():
    rule = RollingCeiling(kind="rolling-ceiling", months=12, source=SOURCE)
    assert asked(rule, "Thu 2026-10-01") == [
        Cycle(
            obligation=OBLIGATION,
            name="first",
            unknown=(f"completion of {OBLIGATION}",),
            rule_in_force_from=day("Wed 2018-12-19"),
        )
    ]
