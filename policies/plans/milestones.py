"""The milestones of a cycle: its work, counted back from the day it is planned for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from policies.calendar.counting import Unit, shift
from policies.calendar.working_days import RolledDay, Seats, WorkingDays
from policies.problems import mistake
from policies.recurrence.cycles import Cycle
from policies.recurrence.question import Strict


class MilestoneId(StrEnum):
    """The steps a cycle's work goes through, in their order."""

    CALL_FOR_INPUTS = "call-for-inputs"
    INPUTS_DUE = "inputs-due"
    CONSULTATION_CLOSES = "consultation-closes"
    PACKAGE_ASSEMBLED = "package-assembled"
    PACKAGE_RELEASED = "package-released"
    REVIEW_HELD = "review-held"
    DRAFT_MINUTES = "draft-minutes"
    DECISIONS_PUBLISHED = "decisions-published"
    MINUTES_CLEARED = "minutes-cleared"
    OUTCOME_PUBLISHED = "outcome-published"


def _not_after_the_day(weeks: int) -> int:
    if weeks < 0:
        raise mistake(f"{weeks}, which is after the due date", "0 (the day itself) or more weeks before it")
    return weeks


WeeksBefore = Annotated[
    int, Field(le=104, json_schema_extra={"minimum": 0}), AfterValidator(_not_after_the_day)
]
DaysAfter = Annotated[int, Field(ge=0, le=366)]


class MilestoneRule(Strict):
    """A milestone `weeks_before` the day the cycle is planned for.

    Or so many calendar `days_after`, or `working_days_after` at the holder's seat, the day the cycle opened.
    """

    id: MilestoneId
    weeks_before: WeeksBefore | None = None
    days_after: DaysAfter | None = None
    working_days_after: DaysAfter | None = None

    @model_validator(mode="after")
    def _counted_in_one_way(self) -> "MilestoneRule":
        ways = {"weeks_before", "days_after", "working_days_after"}
        if len(given := sorted(way for way in ways if getattr(self, way) is not None)) != 1:
            raise mistake(" and ".join(given) or "none of them", f"one of {', '.join(sorted(ways))}")
        return self

    @property
    def forward(self) -> bool:
        """Whether it is counted from the opening, not back from the planned day."""
        return self.weeks_before is None

    def day(self, base: date, seats: Seats) -> date:
        """Return the milestone's day in a cycle opened (or planned) on `base`, whatever it leans on."""
        counted = self.counted(base, seats)
        if self.rolls_forward:
            return seats.institution.at_or_after(counted)
        return seats.holder.at_or_before(counted)

    def counted(self, base: date, seats: Seats) -> date:
        """Return the day counted from `base`, a working day or not."""
        if self.working_days_after is not None:
            return seats.holder.after(base, self.working_days_after)
        if self.days_after is not None:
            return shift(base, self.days_after, Unit.DAYS)
        return shift(base, -(self.weeks_before or 0), Unit.WEEKS)

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
    """Return the cycle's milestones, the earliest first; none while it has no date to count them from.

    Internal milestones roll back to a working day of the holder's; the day contributors' inputs are due
    rolls forward to one of the institution's.
    """
    bases = {False: cycle.plan_on, True: cycle.opens_on}
    return tuple(_milestone(rule, base, seats) for rule in rules if (base := bases[rule.forward]))


def last_working_day(cycle: Cycle, days: WorkingDays) -> RolledDay | None:
    """Return the last working day before a due date that falls on a free day; the due date never moves."""
    rolled = days.rolled_back(cycle.due_on) if cycle.due_on else None
    return rolled if rolled and rolled.rolled_from else None


def _milestone(rule: MilestoneRule, base: date, seats: Seats) -> Milestone:
    counted = rule.counted(base, seats)
    rolled = (
        seats.institution.rolled_forward(counted) if rule.rolls_forward else seats.holder.rolled_back(counted)
    )
    return Milestone(rule.id, rolled.on, rolled.rolled_from, rolled.provisional)
