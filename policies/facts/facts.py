"""What has happened, as the clocks need it: facts without a database.

`records` stores these and hands them over; nothing here knows how. All dates are calendar dates at the
institution's seat.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

from policies.facts.answers import Answer, Pause, Reply
from policies.facts.decisions import Decision, Progress
from policies.facts.meetings import Cancellation, Convening, Meeting, Paper
from policies.facts.membership import RollFacts
from policies.facts.proposals import Position, Proposal, ProposalStep

RANGE = "range"
"""How the dates of an event are recorded of which only a range is known; it stands beside the certainties."""


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
    silence around it, so the record of an obligation does not begin with it. `meeting` names the meeting that
    served the duty: one can serve several, and each has its own evidence.
    """

    obligation: str
    completed_on: date
    evidence: str
    counts_for: str | None = None
    partial: bool = False
    meeting: str | None = None


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


# What happened on a day, by the field that says on which.
_HAPPENED: Mapping[str, str] = {
    "completions": "completed_on",
    "explanations": "explained_on",
    "answers": "received_on",
    "replies": "replied_on",
    "meetings": "held_on",
    "cancellations": "cancelled_on",
    "papers": "issued_on",
    "decisions": "decided_on",
    "progress": "noted_on",
    "proposals": "proposed_on",
    "positions": "stated_on",
    "steps": "taken_on",
}


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
    convenings: Sequence[Convening] = field(default_factory=tuple)
    cancellations: Sequence[Cancellation] = field(default_factory=tuple)
    papers: Sequence[Paper] = field(default_factory=tuple)
    progress: Sequence[Progress] = field(default_factory=tuple)
    proposals: Sequence[Proposal] = field(default_factory=tuple)
    positions: Sequence[Position] = field(default_factory=tuple)
    steps: Sequence[ProposalStep] = field(default_factory=tuple)
    rolls: RollFacts = field(default_factory=RollFacts)
    went_live_on: date | None = None

    @cached_property
    def last_on(self) -> date:
        """The day of the latest thing that happened; the first of all days where nothing did."""
        happened = (getattr(fact, day) for kind, day in _HAPPENED.items() for fact in getattr(self, kind))
        return max(happened, default=date.min)

    def upto(self, as_of: date) -> "Facts":
        """Return what had happened by the end of `as_of`. Events, calls, terms, rolls stay: they look on."""
        if self.last_on <= as_of:
            return self
        happened: dict[str, Any] = {kind: self._upto(kind, day, as_of) for kind, day in _HAPPENED.items()}
        return replace(self, **happened)

    def _upto(self, kind: str, day: str, as_of: date) -> tuple[Any, ...]:
        return tuple(fact for fact in getattr(self, kind) if getattr(fact, day) <= as_of)

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

    def papers_of(self, meeting: str) -> Sequence[Paper]:
        """Return the papers of a meeting, in the order they were recorded."""
        return self._papers.get(meeting, ())

    def progress_of(self, decision: str) -> Sequence[Progress]:
        """Return what is known of the carrying out of a decision, the earliest first."""
        return self._progress.get(decision, ())

    def steps_about(self, proposal: str) -> Sequence[ProposalStep]:
        """Return the steps taken about a proposal, in the order they were recorded."""
        return self._steps.get(proposal, ())

    @cached_property
    def _papers(self) -> Mapping[str, Sequence[Paper]]:
        return _by(self.papers, lambda paper: paper.meeting)

    @cached_property
    def _progress(self) -> Mapping[str, Sequence[Progress]]:
        return _by(sorted(self.progress, key=lambda each: each.noted_on), lambda each: each.decision)

    @cached_property
    def _steps(self) -> Mapping[str, Sequence[ProposalStep]]:
        return _by(self.steps, lambda step: step.proposal)

    @cached_property
    def _answers(self) -> Mapping[str, Sequence[Answer]]:
        return _by(sorted(self.answers, key=lambda answer: answer.received_on), lambda answer: answer.cycle)

    @cached_property
    def _replies(self) -> Mapping[str, Sequence[Reply]]:
        return _by(sorted(self.replies, key=lambda reply: reply.replied_on), lambda reply: reply.cycle)

    @cached_property
    def _pauses(self) -> Mapping[str, Sequence[Pause]]:
        return _by(self.pauses, lambda pause: pause.cycle)

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
        return _by(sorted(self.completions, key=lambda c: c.completed_on), lambda c: c.obligation)


Fact = TypeVar("Fact")


def _by(facts: Iterable[Fact], name_of: Callable[[Fact], str]) -> Mapping[str, Sequence[Fact]]:
    found: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        found[name_of(fact)].append(fact)
    return found
