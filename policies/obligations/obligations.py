"""An obligation: a duty with its holder, its contributors, its clock and what closes it."""

from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, field_validator

from policies.calendar.counting import Unit, shift
from policies.calendar.working_days import WEEKENDS_FREE, WorkingDays
from policies.facts.facts import Facts
from policies.obligations.instrument import Identifier, ProvisionId, Words
from policies.obligations.rule_versions import RuleVersion, cycles_under, version_on
from policies.plans.notices import DUTY_OFFICER, NoticeRule, ScheduledNotice
from policies.plans.work_back import Length
from policies.problems import mistake
from policies.recurrence.cycles import Cycle
from policies.recurrence.question import Question, Strict

SECRETARIAT = "secretariat"
OWNERS = "owners"
_BEYOND_MONTHS = 120  # no limit is counted back over more than ten years


class Part(StrEnum):
    """The part somebody has in a duty."""

    HOLDER = "holder"
    SUPPORTS = "supports"
    CONSULTED = "consulted"
    CONTRIBUTORS = "contributors"
    SECRETARIAT = "secretariat"
    OWNER = "owner"
    OVERSEER = "overseer"


class PackageItem(Strict):
    """Something reviewers must find on the table. `basis` says whether the text demands it."""

    id: Identifier
    title: Words
    from_: Annotated[Identifier | None, Field(alias="from")] = None
    basis: Literal["mandate", "house-practice"]


class Obligation(Strict):
    """A duty the text lays on `holder`."""

    id: Identifier
    title: Words
    provisions: Annotated[tuple[ProvisionId, ...], Field(min_length=1)]
    holder: Identifier
    supports: tuple[Identifier, ...] = ()
    consulted: tuple[Identifier, ...] = ()
    contributors: tuple[Identifier, ...] = ()
    overseers: tuple[Identifier, ...] = ()
    plan: Identifier
    asked: Words
    evidence: Words
    length: Length | None = None
    package: tuple[PackageItem, ...] = ()
    versions: Annotated[tuple[RuleVersion, ...], Field(min_length=1)]

    @field_validator("versions")
    @classmethod
    def _follow_each_other(cls, versions: tuple[RuleVersion, ...]) -> tuple[RuleVersion, ...]:
        for before, after in pairwise(versions):
            if after.in_force_from <= before.in_force_from:
                found = f"{after.in_force_from} after {before.in_force_from}"
                raise mistake(found, "versions in the order of in_force_from, each later than the one before")
        return versions

    @property
    def actors(self) -> frozenset[str]:
        """Every actor the obligation names."""
        others = (*self.supports, *self.consulted, *self.contributors, *self.overseers)
        return frozenset({self.holder, *others})

    def part_of(self, actor: str) -> Part:
        """Return the part an actor has; who is named in none oversees it."""
        parts = {
            Part.HOLDER: (self.holder,),
            Part.SECRETARIAT: (SECRETARIAT, DUTY_OFFICER),
            Part.SUPPORTS: self.supports,
            Part.CONTRIBUTORS: self.contributors,
            Part.CONSULTED: self.consulted,
        }
        return next((part for part, actors in parts.items() if actor in actors), Part.OVERSEER)

    def version_on(self, on: date) -> RuleVersion:
        """Return the rule version in force on a day (the first, for days before any)."""
        return version_on(self.versions, on)

    def cycles(self, facts: Facts, until: date, days: WorkingDays = WEEKENDS_FREE) -> list[Cycle]:
        """Return the cycles that begin by `until`, each under the rule version in force on its day.

        `days` are the working days of the holder's seat, for clocks that count in them.
        """
        begun_on = self.versions[0].in_force_from
        return cycles_under(self.versions, Question(self.id, facts, until, begun_on, days))

    def cycles_between(
        self, facts: Facts, first: date, last: date, days: WorkingDays = WEEKENDS_FREE
    ) -> list[Cycle]:
        """Return the cycles with a due date, a target or bounds of one in [first, last].

        Adjoining spans give what the whole span gives. A limit may come years before the event it is counted
        back from, and what was done later can close a cycle of the span: so the cycles are derived from well
        beyond both. (A review after an event whose ceiling is shorter than the time between events is the one
        duty that can lose projected dates: they run ahead of their events without end.)
        """
        beyond = shift(max(last, facts.last_on), _BEYOND_MONTHS, Unit.MONTHS)
        found = self.cycles(facts, beyond, days)
        return [
            cycle
            for cycle in found
            if any(within.not_after >= first and within.not_before <= last for within in cycle.dates)
        ]


def audience(
    scheduled: ScheduledNotice | NoticeRule, obligation: Obligation, owners: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Return the actors a scheduled notice speaks to, each once; the duty officer may be among them.

    `owners` are those whom the fact that opened a cycle names to act.
    """
    parts = {
        "holder": (obligation.holder,),
        "supports": obligation.supports,
        "consulted": obligation.consulted,
        "contributors": obligation.contributors,
        "overseers": obligation.overseers,
        OWNERS: owners,
    }
    actors = (actor for part in scheduled.to for actor in parts.get(part, (part,)))
    return tuple(dict.fromkeys(actors))
