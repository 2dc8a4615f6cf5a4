from policies.plans.milestones import MilestoneId
from tasks.status.next_steps import next_step, steps_soon
from tests.days import day
from tests.policies.network import status


def test_the_next_step_is_in_the_hands_of_who_does_it():
    found = status("annual-meeting", as_of="Mon 2026-11-23")
    step = next_step(found.obligation, found.current)
    assert step is not None
    assert (step.of, step.on, step.actors) == (
        MilestoneId.PACKAGE_ASSEMBLED,
        day("Thu 2026-11-26"),
        ("secretariat",),
    )
    soon = list(steps_soon(found))
    assert soon[0] == step
    assert [(each.of, each.on) for each in soon] == [
        (MilestoneId.PACKAGE_ASSEMBLED, day("Thu 2026-11-26")),
        (MilestoneId.PACKAGE_RELEASED, day("Thu 2026-12-03")),
    ]


def test_an_overdue_cycle_has_no_step_of_its_plan_ahead():
    found = status("working-arrangements-review", as_of="Mon 2026-11-23")
    assert next_step(found.obligation, found.current) is None
