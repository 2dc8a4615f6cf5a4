"""What has happened, as the clocks need it: facts without a database.

`records` stores these and hands them over; nothing here knows how. All dates are calendar dates at the
institution's seat.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property


class Certainty(StrEnum):
    """How sure the date of an event is."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"


@dataclass(frozen=True, slots=True)
class Event:
    """Something outside the institution that clocks count from, such as one edition of a forum."""

    kind: str
    edition: str
    starts_on: date
    ends_on: date
    certainty: Certainty
    source: str


@dataclass(frozen=True, slots=True)
class Completion:
    """The fact that closes a cycle, with the document that proves it.

    `partial` marks what was found in public sources: it closes its own cycle, yet says nothing about the
    silence around it, so the record of an obligation does not begin with it.
    """

    obligation: str
    completed_on: date
    evidence: str
    counts_for: str | None = None
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a cycle was missed, as somebody recorded it."""

    cycle: str
    explained_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Extension:
    """A decision that a cycle may be met later: escalation waits, the mandated date does not move."""

    cycle: str
    until: date
    authority: str


@dataclass(frozen=True)
class Facts:
    """Everything known on the day asked about; `went_live_on` is the first day the system kept watch."""

    events: Sequence[Event] = field(default_factory=tuple)
    completions: Sequence[Completion] = field(default_factory=tuple)
    explanations: Sequence[Explanation] = field(default_factory=tuple)
    extensions: Sequence[Extension] = field(default_factory=tuple)
    went_live_on: date | None = None

    def upto(self, as_of: date) -> "Facts":
        """Return what had happened by the end of `as_of`. Announced events stay: their dates lie ahead."""
        if self._last_on <= as_of:
            return self
        return replace(
            self,
            completions=tuple(c for c in self.completions if c.completed_on <= as_of),
            explanations=tuple(e for e in self.explanations if e.explained_on <= as_of),
        )

    def event(self, kind: str, edition: str) -> Event | None:
        """Return the edition's dates, or None while nobody has recorded any."""
        return self._events.get((kind, edition))

    def completions_of(self, obligation: str) -> Sequence[Completion]:
        """Return the obligation's completions, the earliest first."""
        return self._completions.get(obligation, ())

    def explanation_of(self, cycle: str) -> Explanation | None:
        """Return the latest explanation of why the cycle was missed."""
        return self._explanations.get(cycle)

    def extension_of(self, cycle: str) -> Extension | None:
        """Return the latest extension granted to the cycle."""
        return self._extensions.get(cycle)

    @cached_property
    def _last_on(self) -> date:
        happened = (*(c.completed_on for c in self.completions), *(e.explained_on for e in self.explanations))
        return max(happened, default=date.min)

    @cached_property
    def _explanations(self) -> Mapping[str, Explanation]:
        return {explanation.cycle: explanation for explanation in self.explanations}

    @cached_property
    def _extensions(self) -> Mapping[str, Extension]:
        return {extension.cycle: extension for extension in self.extensions}

    @cached_property
    def _events(self) -> Mapping[tuple[str, str], Event]:
        return {(event.kind, event.edition): event for event in self.events}

    @cached_property
    def _completions(self) -> Mapping[str, Sequence[Completion]]:
        found: defaultdict[str, list[Completion]] = defaultdict(list)
        for completion in sorted(self.completions, key=lambda c: c.completed_on):
            found[completion.obligation].append(completion)
        return found
