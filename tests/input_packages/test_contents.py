import pytest

from input_packages.contents import PastCycle
from policies.status.states import State
from tests.input_packages.examples import day


@pytest.mark.parametrize(
    ("due", "met", "late"),
    [
        ("Thu 2024-10-31", "Wed 2024-11-20", 20),
        ("Thu 2024-10-31", "Thu 2024-10-31", 0),
        ("Thu 2024-10-31", "Tue 2024-10-01", 0),
        ("Thu 2024-10-31", None, 0),
        (None, "Wed 2024-11-20", 0),
    ],
)
def test_days_late_are_counted_to_the_day_the_cycle_was_met(due, met, late):
    due_on, met_on = (day(each) if each else None for each in (due, met))
    cycle = PastCycle(name="2024", due_on=due_on, met_on=met_on, evidence=None, state=State.MET)
    assert cycle.days_late == late
