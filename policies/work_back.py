"""The work-back plan: how long before its day a cycle's steps come, and who is told when."""

from typing import Annotated

from pydantic import Field, model_validator

from policies.clocks.question import Source, Strict
from policies.milestones import MilestoneId, MilestoneRule
from policies.notices import RungRule


class WorkBackPlan(Strict):
    """House practice for one length of cadence: no text prescribes these numbers, so `source` says whose."""

    source: Source
    milestones: Annotated[tuple[MilestoneRule, ...], Field(min_length=1)]
    rungs: tuple[RungRule, ...]

    @model_validator(mode="after")
    def _steps_in_order(self) -> "WorkBackPlan":
        steps = [(rule.weeks_before, list(MilestoneId).index(rule.id)) for rule in self.milestones]
        if steps != sorted(steps, key=lambda step: (-step[0], step[1])):
            raise ValueError("milestones in the order they come, with weeks_before falling")
        named = {rule.id for rule in self.milestones}
        missing = sorted({rung.at for rung in self.rungs if isinstance(rung.at, MilestoneId)} - named)
        if missing:
            raise ValueError(f"a milestone for every rung; these have none: {', '.join(missing)}")
        names = [f"{rung.kind} at {rung.id}" for rung in self.rungs]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"one rung, to all its audience, instead of several: {', '.join(twice)}")
        return self
