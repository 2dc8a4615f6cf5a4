"""Rule versions: an amendment adds one, and every date names the version that gave it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pydantic import Field

from policies.obligations.instrument import Words
from policies.recurrence import Recurrence, RollingCeiling
from policies.recurrence.cycles import Anchor, AnchorKind, Cycle
from policies.recurrence.question import Question, Source, Strict
from policies.recurrence.rolling_ceiling import since


class RuleVersion(Strict):
    """The obligation's numbers from `in_force_from` on. An amendment adds a version and never edits one.

    `last_checked_on` is the day somebody last compared it with the text.
    """

    in_force_from: date
    source: Source
    last_checked_on: date
    cadence: Words
    recurrence: Recurrence = Field(alias="clock")


def version_on(versions: Sequence[RuleVersion], on: date) -> RuleVersion:
    """Return the rule version in force on a day (the first, for days before any)."""
    for version in reversed(versions):
        if version.in_force_from <= on:
            return version
    return versions[0]


def cycles_under(versions: Sequence[RuleVersion], question: Question) -> list[Cycle]:
    """Return the cycles that begin by `question.until`, each under the rule version in force on its day.

    `question` is asked under the first version. A cycle's day is the one it was met or is planned for, the
    earlier of the two: a closed cycle keeps the version it was closed under. An amendment makes nothing late
    before it is in force: a cycle that it would have made due earlier keeps the date of the version it opened
    under.
    """
    if len(versions) == 1:
        return versions[0].recurrence.cycles(question)
    derived = [
        cycle for version in versions for cycle in version.recurrence.cycles(_under(version, question))
    ]
    chosen = _governed(versions, derived, question.until)
    if len(versions) > 1 and all(isinstance(version.recurrence, RollingCeiling) for version in versions):
        known = [cycle for cycle in chosen if not cycle.projected]
        return known + _rolling_on(versions, known[-1].due_on, question)
    return chosen


def _governed(versions: Sequence[RuleVersion], derived: Sequence[Cycle], until: date) -> list[Cycle]:
    def in_force(cycle: Cycle, on: date) -> bool:
        return cycle.rule_in_force_from == version_on(versions, on).in_force_from

    running = [cycle for cycle in derived if cycle.opens_on and in_force(cycle, cycle.opens_on)]
    ruled = [cycle for cycle in derived if in_force(cycle, _day_of(cycle) or until)]
    chosen = {cycle.name: cycle for cycle in [*reversed(running), *reversed(ruled)]}
    return [cycle for cycle in derived if chosen.get(cycle.name) is cycle]


def _day_of(cycle: Cycle) -> date | None:
    days = [on for on in (cycle.met_on, cycle.plan_on) if on]
    return min(days, default=cycle.opens_on)


def _rolling_on(versions: Sequence[RuleVersion], start: date | None, question: Question) -> list[Cycle]:
    """Suppose each cycle is met on its due date; the next follows from that day, under the version it meets.

    Each version by itself supposes that it had always been in force, so their projections do not join up.
    """
    ahead: list[Cycle] = []
    while start and start < question.until:
        ahead += _governed(versions, [_rolled(version, start, question) for version in versions], start)
        start = ahead[-1].due_on
    return ahead


def _rolled(version: RuleVersion, start: date, question: Question) -> Cycle:
    recurrence = version.recurrence
    assert isinstance(recurrence, RollingCeiling)  # noqa: S101 (asked for before the first of these)
    supposed = Anchor(AnchorKind.ASSUMED, question.obligation, start, recurrence.source)
    return since(_under(version, question), supposed, recurrence.months, recurrence.source, projected=True)


def _under(version: RuleVersion, question: Question) -> Question:
    return replace(question, rule_in_force_from=version.in_force_from)
