"""The work-back plan: how long before its day a cycle's steps come, and who is told when."""

from typing import Annotated

from pydantic import Field, model_validator

from policies.plans.milestones import MilestoneId, MilestoneRule
from policies.plans.notices import NoticeRule
from policies.recurrence.question import Source, Strict


class Length(Strict):
    """How long an input should be at most, in pages. A longer one is accepted, and that is said."""

    source: Source
    pages: Annotated[int, Field(ge=1, le=500)]


class WorkBackPlan(Strict):
    """House practice for one length of cadence: no text prescribes these numbers, so `source` says whose.

    Nobody is chased more than `most_chasers` times for the same thing in one cycle, nor twice within
    `apart_days` calendar days, even where dates move. `length` goes for every input, where the obligation
    has none of its own.
    """

    source: Source
    milestones: Annotated[tuple[MilestoneRule, ...], Field(min_length=1)]
    scheduled_notices: tuple[NoticeRule, ...] = Field(alias="rungs")
    most_chasers: Annotated[int, Field(ge=1, le=20)] = 4
    apart_days: Annotated[int, Field(ge=1, le=90)] = 2
    length: Length | None = None

    @model_validator(mode="after")
    def _steps_in_order(self) -> "WorkBackPlan":
        steps = [(-(rule.weeks_before or 0), list(MilestoneId).index(rule.id)) for rule in self.milestones]
        if steps != sorted(steps):
            raise ValueError("milestones in the order they come, with weeks_before falling")
        if len({rule.forward for rule in self.milestones}) > 1:
            raise ValueError("all milestones counted back (weeks_before), or all forward (days_after)")
        named = {rule.id for rule in self.milestones}
        missing = sorted(
            {scheduled.at for scheduled in self.scheduled_notices if isinstance(scheduled.at, MilestoneId)}
            - named
        )
        if missing:
            raise ValueError(f"a milestone for every rung; these have none: {', '.join(missing)}")
        names = [f"{scheduled.kind} at {scheduled.id}" for scheduled in self.scheduled_notices]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"one rung, to all its audience, instead of several: {', '.join(twice)}")
        return self


CONFIRM_DAYS = 14  # after two weeks without a run somebody is there who put it right


class CatchUp(Strict):
    """What happens on the first day after a gap of more than `gap_days` without an enforcement.

    When more than `hold_above` notices are then owed, they are reported first and leave `hold_hours` later,
    unless a person lets them leave at once or withholds them. A day more than `confirm_days` ahead of the
    last one is acted for only once a person has confirmed it: the clock may be wrong.
    """

    source: Source
    confirm_days: Annotated[int, Field(ge=1, le=366)] = CONFIRM_DAYS
    gap_days: Annotated[int, Field(ge=1, le=90)]
    hold_above: Annotated[int, Field(ge=0, le=10_000)]
    hold_hours: Annotated[int, Field(ge=1, le=168)]


class AskOnce(Strict):
    """When a call for inputs goes to somebody, other calls to them travel with it: ask once, use many.

    They are those of opened cycles whose own day comes within `days` calendar days after it.
    """

    source: Source
    days: Annotated[int, Field(ge=1, le=90)]
