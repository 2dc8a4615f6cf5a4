"""What has happened, as the clocks need it: facts without a database.

`records` stores these and hands them over; nothing here knows how. All dates are calendar dates at the
institution's seat.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from policies.answers import Answer, Pause, Reply
from policies.roll_facts import RollFacts


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
class EventRange:
    """An edition of which no more is known than that all of it lies within these days ("May 2030").

    No date is ever counted from it, only the bounds within which that date must lie.
    """

    kind: str
    edition: str
    not_before: date
    not_after: date
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


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that was held, with the name it is kept under.

    `partial` marks what was found in public sources: it is known to have been held, and sets nothing off.
    """

    id: str
    kind: str
    held_on: date
    title: str
    source: str
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision somebody must carry out; `due_on` only where the decision itself names a day."""

    id: str
    decided_on: date
    owner: str
    text: str
    source: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A term of office on one seat of a body; `ends_on` is None while nobody has recorded its last day."""

    body: str
    seat: str
    holder: str
    starts_on: date
    source: str
    ends_on: date | None = None

    @property
    def name(self) -> str:
        """The stable name of the term: its seat and first day."""
        return f"{self.seat}-{self.starts_on}"


@dataclass(frozen=True)
class Facts:
    """Everything known on the day asked about; `went_live_on` is the first day the system kept watch."""

    events: Sequence[Event | EventRange] = field(default_factory=tuple)
    completions: Sequence[Completion] = field(default_factory=tuple)
    explanations: Sequence[Explanation] = field(default_factory=tuple)
    extensions: Sequence[Extension] = field(default_factory=tuple)
    answers: Sequence[Answer] = field(default_factory=tuple)
    replies: Sequence[Reply] = field(default_factory=tuple)
    pauses: Sequence[Pause] = field(default_factory=tuple)
    meetings: Sequence[Meeting] = field(default_factory=tuple)
    decisions: Sequence[Decision] = field(default_factory=tuple)
    terms: Sequence[Term] = field(default_factory=tuple)
    rolls: RollFacts = field(default_factory=RollFacts)
    went_live_on: date | None = None

    @cached_property
    def last_on(self) -> date:
        """The day of the latest thing that happened; the first of all days where nothing did."""
        happened = (
            *(completion.completed_on for completion in self.completions),
            *(explanation.explained_on for explanation in self.explanations),
            *(answer.received_on for answer in self.answers),
            *(reply.replied_on for reply in self.replies),
            *(meeting.held_on for meeting in self.meetings),
            *(decision.decided_on for decision in self.decisions),
        )
        return max(happened, default=date.min)

    def upto(self, as_of: date) -> "Facts":
        """Return what had happened by the end of `as_of`. Events, terms and rolls stay: they look ahead."""
        if self.last_on <= as_of:
            return self
        return replace(
            self,
            completions=tuple(c for c in self.completions if c.completed_on <= as_of),
            explanations=tuple(e for e in self.explanations if e.explained_on <= as_of),
            answers=tuple(a for a in self.answers if a.received_on <= as_of),
            replies=tuple(r for r in self.replies if r.replied_on <= as_of),
            meetings=tuple(m for m in self.meetings if m.held_on <= as_of),
            decisions=tuple(d for d in self.decisions if d.decided_on <= as_of),
        )

    def event(self, kind: str, edition: str) -> Event | None:
        """Return the edition's dates, or None while they are not known: the last word on it counts."""
        found = self._events.get((kind, edition))
        return found if isinstance(found, Event) else None

    def event_range(self, kind: str, edition: str) -> EventRange | None:
        """Return the days an edition lies within, where the last word on it says no more than that."""
        found = self._events.get((kind, edition))
        return found if isinstance(found, EventRange) else None

    def completions_of(self, obligation: str) -> Sequence[Completion]:
        """Return the obligation's completions, the earliest first."""
        return self._completions.get(obligation, ())

    def explanation_of(self, cycle: str) -> Explanation | None:
        """Return the latest explanation of why the cycle was missed."""
        return self._explanations.get(cycle)

    def extension_of(self, cycle: str) -> Extension | None:
        """Return the latest extension granted to the cycle."""
        return self._extensions.get(cycle)

    def answers_to(self, cycle: str) -> Sequence[Answer]:
        """Return what came about a cycle from those who were asked, the earliest first."""
        return self._answers.get(cycle, ())

    def replies_about(self, cycle: str) -> Sequence[Reply]:
        """Return what the secretariat answered about a cycle, the earliest first."""
        return self._replies.get(cycle, ())

    def pauses_of(self, cycle: str) -> Sequence[Pause]:
        """Return the pauses of chasing about a cycle."""
        return self._pauses.get(cycle, ())

    @cached_property
    def _answers(self) -> Mapping[str, Sequence[Answer]]:
        return _by_cycle(sorted(self.answers, key=lambda answer: answer.received_on))

    @cached_property
    def _replies(self) -> Mapping[str, Sequence[Reply]]:
        return _by_cycle(sorted(self.replies, key=lambda reply: reply.replied_on))

    @cached_property
    def _pauses(self) -> Mapping[str, Sequence[Pause]]:
        return _by_cycle(self.pauses)

    @cached_property
    def _explanations(self) -> Mapping[str, Explanation]:
        return {explanation.cycle: explanation for explanation in self.explanations}

    @cached_property
    def _extensions(self) -> Mapping[str, Extension]:
        return {extension.cycle: extension for extension in self.extensions}

    @cached_property
    def _events(self) -> Mapping[tuple[str, str], Event | EventRange]:
        return {(event.kind, event.edition): event for event in self.events}

    @cached_property
    def _completions(self) -> Mapping[str, Sequence[Completion]]:
        found: defaultdict[str, list[Completion]] = defaultdict(list)
        for completion in sorted(self.completions, key=lambda c: c.completed_on):
            found[completion.obligation].append(completion)
        return found


AboutCycle = TypeVar("AboutCycle", Answer, Reply, Pause)


def _by_cycle(facts: Iterable[AboutCycle]) -> Mapping[str, Sequence[AboutCycle]]:
    found: defaultdict[str, list[AboutCycle]] = defaultdict(list)
    for fact in facts:
        found[fact.cycle].append(fact)
    return found
