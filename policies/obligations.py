"""An obligation: a duty with its holder, its contributors, its clock and what closes it."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from policies.clocks import Clock
from policies.clocks.question import Question, Source, Strict
from policies.cycles import Cycle
from policies.facts import Facts
from policies.instrument import Identifier, ProvisionId, Words

SECRETARIAT = "secretariat"


class Part(StrEnum):
    """The part somebody has in a duty."""

    HOLDER = "holder"
    SUPPORTS = "supports"
    CONSULTED = "consulted"
    CONTRIBUTORS = "contributors"
    SECRETARIAT = "secretariat"
    OVERSEER = "overseer"


class RuleVersion(Strict):
    """The obligation's numbers from `in_force_from` on. An amendment adds a version and never edits one.

    `last_checked_on` is the day somebody last compared it with the text.
    """

    in_force_from: date
    source: Source
    last_checked_on: date
    cadence: Words
    clock: Clock


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
    plan: Identifier
    asked: Words
    evidence: Words
    package: tuple[PackageItem, ...] = ()
    versions: Annotated[tuple[RuleVersion, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _versions_follow_each_other(self) -> "Obligation":
        starts = [version.in_force_from for version in self.versions]
        if starts != sorted(set(starts)):
            raise ValueError("versions in the order of in_force_from, each later than the one before")
        return self

    @property
    def actors(self) -> frozenset[str]:
        """Every actor the obligation names."""
        return frozenset({self.holder, *self.supports, *self.consulted, *self.contributors})

    def part_of(self, actor: str) -> Part:
        """Return the part an actor has; who is named in none oversees it."""
        parts = {
            Part.HOLDER: (self.holder,),
            Part.SECRETARIAT: (SECRETARIAT,),
            Part.SUPPORTS: self.supports,
            Part.CONTRIBUTORS: self.contributors,
            Part.CONSULTED: self.consulted,
        }
        return next((part for part, actors in parts.items() if actor in actors), Part.OVERSEER)

    def version_on(self, on: date) -> RuleVersion:
        """Return the rule version in force on a day (the first, for days before any)."""
        return next((v for v in reversed(self.versions) if v.in_force_from <= on), self.versions[0])

    def cycles(self, facts: Facts, until: date) -> list[Cycle]:
        """Return the cycles that begin by `until`, each under the rule version in force on its day.

        An amendment makes nothing late before it is in force: a cycle that it would have made due earlier
        than that keeps the date of the version it opened under.
        """
        derived = [
            cycle
            for version in self.versions
            for cycle in version.clock.cycles(Question(self.id, facts, until, version.in_force_from))
        ]
        running = [c for c in derived if c.opens_on and self._in_force(c, c.opens_on)]
        ruled = [c for c in derived if self._in_force(c, c.plan_on or c.opens_on or until)]
        chosen = {c.name: c for c in [*reversed(running), *reversed(ruled)]}
        return [cycle for cycle in derived if chosen.get(cycle.name) is cycle]

    def _in_force(self, cycle: Cycle, on: date) -> bool:
        return cycle.rule_in_force_from == self.version_on(on).in_force_from
