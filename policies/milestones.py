"""The milestones of a cycle: its work, counted back from the day it is planned for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from policies.clocks.question import Strict
from policies.counting import Unit, shift
from policies.cycles import Cycle
from policies.working_days import WorkingDays


class MilestoneId(StrEnum):
    """The steps a cycle's work goes through, in their order."""

    CALL_FOR_INPUTS = "call-for-inputs"
    INPUTS_DUE = "inputs-due"
    CONSULTATION_CLOSES = "consultation-closes"
    PACKAGE_ASSEMBLED = "package-assembled"
    PACKAGE_RELEASED = "package-released"
    REVIEW_HELD = "review-held"
    OUTCOME_PUBLISHED = "outcome-published"


class MilestoneRule(Strict):
    """A milestone `weeks_before` the day the cycle is planned for."""

    id: MilestoneId
    weeks_before: Annotated[int, Field(ge=0, le=104)]


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step and its day; `rolled_from` is the day it would have been, had that been a working day."""

    id: MilestoneId
    on: date
    rolled_from: date | None = None


def milestones(cycle: Cycle, rules: Iterable[MilestoneRule], days: WorkingDays) -> tuple[Milestone, ...]:
    """Return the cycle's milestones, the earliest first; none while it has no date to plan back from.

    Internal milestones roll back to a working day; the day contributors' inputs are due rolls forward.
    """
    if cycle.plan_on is None:
        return ()
    plan_on = cycle.plan_on
    return tuple(_milestone(rule, plan_on, days) for rule in rules)


def _milestone(rule: MilestoneRule, plan_on: date, days: WorkingDays) -> Milestone:
    counted = shift(plan_on, -rule.weeks_before, Unit.WEEKS)
    forward = rule.id is MilestoneId.INPUTS_DUE
    on = days.at_or_after(counted) if forward else days.at_or_before(counted)
    return Milestone(rule.id, on, rolled_from=counted if on != counted else None)
