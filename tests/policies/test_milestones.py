import pytest

from policies.cycles import Anchor, AnchorKind, Cycle, Reckoning
from policies.milestones import MilestoneId, MilestoneRule, milestones
from policies.working_days import WorkingDays
from tests.days import day, shown

DAYS = WorkingDays(frozenset({day("Fri 2026-12-25")}))
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
    assert [shown(step.on) for step in milestones(planned_for(due), RULES, DAYS)] == [call, inputs, outcome]


def test_a_step_that_was_moved_says_from_where():
    steps = milestones(planned_for("Sat 2026-10-31"), RULES, DAYS)
    assert [shown(step.rolled_from) for step in steps] == [
        "Sat 2026-08-08",
        "Sat 2026-09-05",
        "Sat 2026-10-31",
    ]


def test_a_step_on_a_working_day_was_not_moved():
    assert {step.rolled_from for step in milestones(planned_for("Tue 2026-11-10"), RULES, DAYS)} == {None}


def test_a_cycle_without_a_date_has_no_steps():
    assert milestones(Cycle("review", "first", unknown=("completion of review",)), RULES, DAYS) == ()
