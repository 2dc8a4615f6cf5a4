import pytest

from policies.calendar.counting import Unit, shift
from policies.calendar.working_days import Seats, WorkingDays
from policies.plans.milestones import MilestoneId, MilestoneRule, last_working_day, milestones
from policies.recurrence.cycles import Anchor, AnchorKind, Cycle, Reckoning
from tests.days import day, shown
from tests.policies.network import PACK, turn

DAYS = WorkingDays(frozenset({day("Fri 2026-12-25")}), listed=frozenset({2026}))
SEATS = Seats(holder=DAYS, institution=DAYS)
RULES = [
    MilestoneRule(id=MilestoneId.CALL_FOR_INPUTS, weeks_before=12),
    MilestoneRule(id=MilestoneId.INPUTS_DUE, weeks_before=8),
    MilestoneRule(id=MilestoneId.OUTCOME_PUBLISHED, weeks_before=0),
]


def planned_for(on: str) -> Cycle:
    return Cycle(
        "review", "2026", due=Reckoning(day(on), Anchor(AnchorKind.SLOT, "2026", day(on), "the text"))
    )


@pytest.mark.parametrize(
    ("due", "call", "inputs", "outcome"),
    [
        ("Tue 2026-11-10", "Tue 2026-08-18", "Tue 2026-09-15", "Tue 2026-11-10"),
        ("Sat 2026-10-31", "Fri 2026-08-07", "Mon 2026-09-07", "Fri 2026-10-30"),
        ("Sun 2026-12-06", "Fri 2026-09-11", "Mon 2026-10-12", "Fri 2026-12-04"),
        ("Fri 2026-12-25", "Fri 2026-10-02", "Fri 2026-10-30", "Thu 2026-12-24"),
    ],
)
def test_our_own_steps_roll_back_to_a_working_day_and_contributors_deadlines_forward(
    due, call, inputs, outcome
):
    assert [shown(step.on) for step in milestones(planned_for(due), RULES, SEATS)] == [call, inputs, outcome]


def test_a_step_that_was_moved_says_from_where():
    steps = milestones(planned_for("Sat 2026-10-31"), RULES, SEATS)
    assert [shown(step.rolled_from) for step in steps] == [
        "Sat 2026-08-08",
        "Sat 2026-09-05",
        "Sat 2026-10-31",
    ]


def test_a_step_on_a_working_day_was_not_moved():
    assert {step.rolled_from for step in milestones(planned_for("Tue 2026-11-10"), RULES, SEATS)} == {None}


def test_a_cycle_without_a_date_has_no_steps():
    assert milestones(Cycle("review", "first", unknown=("completion of review",)), RULES, SEATS) == ()


@pytest.mark.parametrize(
    ("why", "due", "inputs", "outcome"),
    [
        ("Geneva Fast: only contributors roll", "Thu 2026-11-05", "Fri 2026-09-11", "Thu 2026-11-05"),
        ("Thanksgiving: only the holder rolls", "Thu 2026-11-26", "Thu 2026-10-01", "Wed 2026-11-25"),
        ("a weekend: both, each their way", "Sat 2026-10-31", "Mon 2026-09-07", "Fri 2026-10-30"),
    ],
)
def test_the_holder_keeps_its_own_holidays_and_contributors_those_of_the_institution(
    why, due, inputs, outcome
):
    seats = PACK.seats(PACK.obligation("secretary-general-review"))
    steps = {step.id: step.on for step in milestones(planned_for(due), RULES, seats)}
    found = [steps[MilestoneId.INPUTS_DUE], steps[MilestoneId.OUTCOME_PUBLISHED]]
    assert [shown(on) for on in found] == [inputs, outcome], why


@pytest.mark.parametrize(
    ("obligation", "holder"),
    [
        ("secretary-general-review", "America/New_York"),
        ("general-assembly-report", "America/New_York"),
        ("working-group-review", "Europe/Zurich"),
        ("annual-meeting", "Europe/Zurich"),
    ],
)
def test_working_days_are_those_of_the_holders_duty_station(obligation, holder):
    seats = PACK.seats(PACK.obligation(obligation))
    assert seats.holder == PACK.working_days_in(holder)
    assert seats.institution == PACK.working_days_in("Europe/Zurich")


@pytest.mark.parametrize("weeks", [0, 8, 12])
@pytest.mark.parametrize("due", ["Fri 2026-12-25", "Fri 2027-01-01", "Thu 2026-11-05", "Sun 2027-03-28"])
def test_a_step_of_our_own_counted_backwards_never_rolls_later(due, weeks):
    rule = MilestoneRule(id=MilestoneId.REVIEW_HELD, weeks_before=weeks)
    seats = PACK.seats(PACK.obligation("working-group-review"))
    (step,) = milestones(planned_for(due), [rule], seats)
    assert step.on <= shift(day(due), -weeks, Unit.WEEKS)


def test_a_step_that_leans_on_a_provisional_list_or_on_none_says_so():
    seats = PACK.seats(PACK.obligation("working-group-review"))
    moved = milestones(planned_for("Fri 2026-12-25"), RULES, seats)
    ahead = milestones(planned_for("Wed 2028-11-01"), RULES, seats)
    assert [(shown(step.on), step.provisional) for step in moved] == [
        ("Fri 2026-10-02", False),
        ("Fri 2026-10-30", False),
        ("Thu 2026-12-24", True),
    ]
    assert {step.provisional for step in ahead} == {True}


@pytest.mark.parametrize(
    ("due", "before"),
    [
        ("Thu 2026-12-31", None),
        ("Sun 2026-12-06", "Fri 2026-12-04"),
        ("Fri 2026-12-25", "Thu 2026-12-24"),
        ("Fri 2027-01-01", "Thu 2026-12-31"),
    ],
)
def test_a_mandated_date_never_moves_and_shows_the_last_working_day_before_it(due, before):
    cycle = planned_for(due)
    last = last_working_day(cycle, PACK.working_days)
    assert shown(cycle.due_on) == due
    assert (shown(last.on) if last else None) == before


def test_the_review_of_the_working_groups_is_due_on_a_sunday_and_stays_there():
    found = turn("working-group-review", "2026")
    assert shown(found.cycle.due_on) == "Sun 2026-12-06"
    assert found.last_working_day
    assert shown(found.last_working_day.on) == "Fri 2026-12-04"


def test_a_cycle_without_a_due_date_has_no_last_working_day():
    assert last_working_day(Cycle("review", "first"), DAYS) is None
