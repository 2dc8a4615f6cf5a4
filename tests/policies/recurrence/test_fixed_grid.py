import pytest

from policies.calendar.counting import Unit
from policies.recurrence.cycles import Anchor, AnchorKind, Cycle, Reckoning
from policies.recurrence.fixed_grid import FixedGrid
from tests.days import day
from tests.policies.asking import OBLIGATION, SOURCE, asked, done, lines

BIENNIAL = FixedGrid(kind="fixed-grid", first="2020-10", every_months=24, source=SOURCE)
HALF_YEARLY = FixedGrid(kind="fixed-grid", first="2027-08", every_months=6, source=SOURCE)


def test_a_biennial_from_october_2020_is_never_due_in_2021_or_2023():
    assert lines(asked(BIENNIAL, "Mon 2026-11-23")) == [
        "2020: opens Thu 2020-10-01 | due Sat 2020-10-31",
        "2022: opens Sat 2022-10-01 | due Mon 2022-10-31",
        "2024: opens Tue 2024-10-01 | due Thu 2024-10-31",
        "2026: opens Thu 2026-10-01 | due Sat 2026-10-31",
    ]


def test_a_four_yearly_from_2022_is_next_due_in_2026():
    four_yearly = FixedGrid(kind="fixed-grid", first="2022-05", every_months=48, source=SOURCE)
    assert [cycle.name for cycle in asked(four_yearly, "Wed 2031-12-31")] == ["2022", "2026", "2030"]


def test_slots_more_often_than_yearly_are_named_by_month_and_end_on_the_months_own_last_day():
    assert lines(asked(HALF_YEARLY, "Tue 2028-08-01")) == [
        "2027-08: opens Sun 2027-08-01 | due Tue 2027-08-31",
        "2028-02: opens Tue 2028-02-01 | due Tue 2028-02-29",
        "2028-08: opens Tue 2028-08-01 | due Thu 2028-08-31",
    ]


def test_a_slot_begins_to_exist_on_the_first_of_its_month():
    assert [cycle.name for cycle in asked(BIENNIAL, "Fri 2022-09-30")] == ["2020"]
    assert [cycle.name for cycle in asked(BIENNIAL, "Sat 2022-10-01")] == ["2020", "2022"]


@pytest.mark.parametrize(
    ("completion", "slot"),
    [
        (done("Wed 2024-11-20", "2024"), "2024"),
        (done("Wed 2024-11-20"), "2024"),
        (done("Tue 2024-10-01"), "2024"),
        (done("Mon 2024-09-30"), "2022"),
        (done("Mon 2025-03-03", "2026"), "2026"),
        (done("Wed 2020-09-30"), None),
        (done("Wed 2024-11-20", "2023"), None),
    ],
)
def test_a_completion_counts_for_the_slot_it_names_else_for_the_one_last_opened(completion, slot):
    met = [cycle.name for cycle in asked(BIENNIAL, "Mon 2026-11-23", completion) if cycle.met_on]
    assert met == [name for name in [slot] if name]


def test_a_late_completion_never_moves_the_grid():
    late = lines(asked(BIENNIAL, "Sun 2028-10-01", done("Mon 2026-03-02", "2024")))
    assert late[-3:] == [
        "2024: opens Tue 2024-10-01 | due Thu 2024-10-31 | met Mon 2026-03-02",
        "2026: opens Thu 2026-10-01 | due Sat 2026-10-31",
        "2028: opens Sun 2028-10-01 | due Tue 2028-10-31",
    ]


def test_one_completion_settles_one_slot():
    cycles = asked(BIENNIAL, "Sun 2028-10-01", done("Wed 2024-11-20"))
    assert [cycle.name for cycle in cycles if cycle.met_on] == ["2024"]


def test_of_two_completions_for_one_slot_the_first_closes_it():
    twice = asked(BIENNIAL, "Mon 2026-11-23", done("Wed 2024-11-20"), done("Sun 2024-10-20"))
    assert [cycle.met_on for cycle in twice if cycle.met_on] == [done("Sun 2024-10-20").completed_on]


def test_a_slot_says_where_each_of_its_dates_comes_from():
    grid = FixedGrid(kind="fixed-grid", first="2024-10", every_months=24, source=SOURCE)
    *_, last = asked(grid, "Thu 2026-10-01")
    first = Anchor(AnchorKind.SLOT, "2024-10", day("Tue 2024-10-01"), SOURCE)
    ends = Anchor(AnchorKind.SLOT, "2026-10", day("Sat 2026-10-31"), SOURCE)
    assert last == Cycle(
        obligation=OBLIGATION,
        name="2026",
        opens=Reckoning(day("Thu 2026-10-01"), first, 24, Unit.MONTHS, source=SOURCE),
        due=Reckoning(day("Sat 2026-10-31"), ends, source=SOURCE),
        rule_in_force_from=day("Wed 2018-12-19"),
    )
