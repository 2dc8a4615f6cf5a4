"""The work-back plan: its steps in their order, and each scheduled notice once."""

import pytest
from pydantic import ValidationError

from policies.plans.work_back import WorkBackPlan

STEPS = [{"id": "call-for-inputs", "weeks_before": 12}, {"id": "inputs-due", "weeks_before": 8}]
REMINDER = {"kind": "reminder", "at": "inputs-due", "days": -14}


@pytest.mark.parametrize(
    ("steps", "scheduled_notices", "told"),
    [
        (STEPS[::-1], [], "milestones in the order they come"),
        (STEPS[:1], [REMINDER | {"to": ["holder"]}], "these have none: inputs-due"),
        (
            STEPS,
            [REMINDER | {"to": ["holder"]}, REMINDER | {"to": ["secretariat"]}],
            "one rung, to all its audience, instead of several: reminder at inputs-due-14",
        ),
    ],
)
def test_a_plan_that_contradicts_itself_is_refused(steps, scheduled_notices, told):
    with pytest.raises(ValidationError, match=told):
        WorkBackPlan.model_validate(
            {"source": "house-practice", "milestones": steps, "rungs": scheduled_notices}
        )
