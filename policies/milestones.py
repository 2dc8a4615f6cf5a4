"""The milestones of a cycle: its work, counted back from the day it is planned for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from policies.clocks.question import Strict
from policies.counting import Unit, shift
from policies.cycles import Cycle
from policies.problems import mistake
from policies.working_days import RolledDay, Seats, WorkingDays


class MilestoneId(StrEnum):
    """The steps a cycle's work goes through, in their order."""

    CALL_FOR_INPUTS = "call-for-inputs"
    INPUTS_DUE = "inputs-due"
    CONSULTATION_CLOSES = "consultation-closes"
    PACKAGE_ASSEMBLED = "package-assembled"
    PACKAGE_RELEASED = "package-released"
    REVIEW_HELD = "review-held"
    OUTCOME_PUBLISHED = "outcome-published"


def _not_after_the_day(weeks: int) -> int:
    if weeks < 0:
        raise mistake(f"{weeks}, which is after the due date", "0 (the day itself) or more weeks before it")
    return weeks


WeeksBefore = Annotated[
    int, Field(le=104, json_schema_extra={"minimum": 0}), AfterValidator(_not_after_the_day)
]


class MilestoneRule(Strict):
    """A milestone `weeks_before` the day the cycle is planned for."""

    id: MilestoneId
    weeks_before: WeeksBefore

    def day(self, plan_on: date, seats: Seats) -> date:
        """Return the milestone's day in a cycle planned for `plan_on`, without saying what it leans on."""
        counted = self.counted_back(plan_on)
        if self.rolls_forward:
            return seats.institution.at_or_after(counted)
        return seats.holder.at_or_before(counted)

    def counted_back(self, plan_on: date) -> date:
        """Return the day `weeks_before` the planned one, a working day or not."""
        return shift(plan_on, -self.weeks_before, Unit.WEEKS)

    @property
    def rolls_forward(self) -> bool:
        """Whether contributors wait for this day: then a free day gives them more time, never less."""
        return self.id is MilestoneId.INPUTS_DUE


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step and its day; `rolled_from` is the day it would have been, had that been a working day.

    A `provisional` one can still move: it leans on holidays that are not official yet.
    """

    id: MilestoneId
    on: date
    rolled_from: date | None = None
    provisional: bool = False


def milestones(cycle: Cycle, rules: Iterable[MilestoneRule], seats: Seats) -> tuple[Milestone, ...]:
    """Return the cycle's milestones, the earliest first; none while it has no date to plan back from.

    Internal milestones roll back to a working day of the holder's; the day contributors' inputs are due
    rolls forward to one of the institution's.
    """
    if cycle.plan_on is None:
        return ()
    plan_on = cycle.plan_on
    return tuple(_milestone(rule, plan_on, seats) for rule in rules)


def last_working_day(cycle: Cycle, days: WorkingDays) -> RolledDay | None:
    """Return the last working day before a due date that falls on a free day; the due date never moves."""
    rolled = days.rolled_back(cycle.due_on) if cycle.due_on else None
    return rolled if rolled and rolled.rolled_from else None


def _milestone(rule: MilestoneRule, plan_on: date, seats: Seats) -> Milestone:
    counted = rule.counted_back(plan_on)
    rolled = (
        seats.institution.rolled_forward(counted) if rule.rolls_forward else seats.holder.rolled_back(counted)
    )
    return Milestone(rule.id, rolled.on, rolled.rolled_from, rolled.provisional)
