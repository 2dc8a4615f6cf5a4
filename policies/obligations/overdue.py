"""That a due date has passed: on which day it is said, who has to hear it, and whether a plan sees to it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from policies.calendar.counting import Unit, shift
from policies.calendar.working_days import WorkingDays
from policies.obligations.instrument import Actor
from policies.obligations.obligations import SECRETARIAT, Obligation, audience
from policies.plans.notices import (
    ALWAYS_SAID,
    FOR_INPUTS,
    CountedFrom,
    NoticeKind,
    NoticeRule,
    ScheduledNotice,
)
from policies.plans.work_back import WorkBackPlan
from policies.problems import Problem
from policies.recurrence import EarliestOf, LatestOf, PerPeriod, PerTrigger, Recurrence, StandingDuty
from policies.recurrence.cycles import Basis
from policies.recurrence.per_trigger import follows_decisions

_FILE = "plans.toml"


def said_on(due_on: date, days: WorkingDays) -> date:
    """Return the day on which it is said that a due date has passed: the first working day after it."""
    return days.at_or_after(shift(due_on, 1, Unit.DAYS))


def must_hear(obligation: Obligation, actors: Mapping[str, Actor]) -> tuple[str, ...]:
    """Return who has to be told that a due date has passed: the secretariat and the holder.

    An external holder is beyond our own house. There those who support the duty are told instead.
    """
    holder = actors[obligation.holder]
    ours = obligation.supports if holder.external else (holder.id,)
    return tuple(dict.fromkeys((SECRETARIAT, *ours)))


def says_overdue(scheduled: ScheduledNotice | NoticeRule) -> bool:
    """Whether a scheduled notice says that the due date of a cycle has passed."""
    about = scheduled.about if isinstance(scheduled, ScheduledNotice) else scheduled.at
    return scheduled.kind is NoticeKind.OVERDUE and about == CountedFrom.DUE


def gives_due_dates(recurrence: Recurrence) -> bool:
    """Whether a clock can give a date that the text demands, and that so can be missed."""
    if isinstance(recurrence, EarliestOf | LatestOf):
        return any(gives_due_dates(part) for part in recurrence.of)
    if isinstance(recurrence, PerPeriod):
        return recurrence.basis is Basis.MANDATE
    if isinstance(recurrence, PerTrigger):
        return recurrence.due is not None or follows_decisions(recurrence)
    return not isinstance(recurrence, StandingDuty)


def can_be_overdue(obligation: Obligation) -> bool:
    """Whether a due date of the obligation can pass, under any of its rule versions."""
    return any(gives_due_dates(version.recurrence) for version in obligation.versions)


def overdue_problems(
    obligations: Iterable[Obligation], plans: Mapping[str, WorkBackPlan], actors: Mapping[str, Actor]
) -> list[Problem]:
    """Return every plan by which a due date could pass without everybody hearing of it who must."""
    found = [problem for each in obligations for problem in _unheard(each, plans[each.plan], actors)]
    return [*found, *(problem for name, plan in plans.items() for problem in _outdated(name, plan))]


def _unheard(obligation: Obligation, plan: WorkBackPlan, actors: Mapping[str, Actor]) -> Iterator[Problem]:
    if not can_be_overdue(obligation):
        return
    rules = [rule for rule in plan.scheduled_notices if says_overdue(rule) and rule.days == 1]
    told = {actor for rule in rules for actor in audience(rule, obligation)}
    if missing := [actor for actor in must_hear(obligation, actors) if actor not in told]:
        found = f"nothing on the day after a due date of {obligation.id} to {', '.join(missing)}"
        wanted = 'a rung kind = "overdue", at = "due", days = 1, to the secretariat and the holder '
        other = "(where the holder is external: to those who support it)"
        yield Problem(_FILE, f"plans.{obligation.plan}.rungs", found, wanted + other)


def _outdated(name: str, plan: WorkBackPlan) -> Iterator[Problem]:
    for number, rule in enumerate(plan.scheduled_notices):
        if rule.kind in ALWAYS_SAID and rule.at not in FOR_INPUTS and rule.max_age_days:
            found = f"{rule.max_age_days}, for {rule.kind} at {rule.id}"
            expected = "no such key: that a date has passed is said however late"
            yield Problem(_FILE, f"plans.{name}.rungs.{number}.max_age_days", found, expected)
