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
from policies.facts.kinds import FactKind, kept, kinds_of, on
from policies.facts.meetings import Cancellation, Convening, Meeting, Paper
from policies.facts.membership import MembershipFacts
from policies.facts.people import PeopleFacts
from policies.facts.proposals import Position, Proposal, ProposalStep
from policies.facts.terms import Term

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


@dataclass(frozen=True)
class Facts:
    """Everything known on the day asked about; `went_live_on` is the first day the system kept watch."""

    events: Sequence[Event | EventRange] = kept("event")
    completions: Sequence[Completion] = kept(
        "completion", happened_on="completed_on", rests_on=(on("meeting", meeting="id"),)
    )
    explanations: Sequence[Explanation] = kept("explanation", happened_on="explained_on")
    extensions: Sequence[Extension] = kept("extension")
    answers: Sequence[Answer] = kept(
        "answer", happened_on="received_on", rests_on=(on("person", person="id"),)
    )
    replies: Sequence[Reply] = kept(
        "reply", happened_on="replied_on", rests_on=(on("cycle", "person", answer=("cycle", "person")),)
    )
    pauses: Sequence[Pause] = kept("pause", rests_on=(on("person", person="id"),))
    convenings: Sequence[Convening] = kept("convening")
    cancellations: Sequence[Cancellation] = kept(
        "cancellation", happened_on="cancelled_on", rests_on=(on("meeting", convening="id"),)
    )
    meetings: Sequence[Meeting] = kept("meeting", happened_on="held_on")
    papers: Sequence[Paper] = kept(
        "paper",
        happened_on="issued_on",
        rests_on=(on("meeting", convening="id", meeting="id"), on("written_after", meeting="id")),
    )
    proposals: Sequence[Proposal] = kept("proposal", happened_on="proposed_on")
    positions: Sequence[Position] = kept(
        "position", happened_on="stated_on", rests_on=(on("proposal", proposal="id"),)
    )
    steps: Sequence[ProposalStep] = kept(
        "step",
        happened_on="taken_on",
        rests_on=(on("proposal", proposal="id"), on("proposal", position="proposal")),
        in_order_of="proposal",
    )
    decisions: Sequence[Decision] = kept(
        "decision",
        happened_on="decided_on",
        rests_on=(on("meeting", meeting="id"), on("proposal", proposal="id")),
    )
    progress: Sequence[Progress] = kept(
        "progress", happened_on="noted_on", rests_on=(on("decision", decision="id"),)
    )
    terms: Sequence[Term] = kept("term")
    rolls: MembershipFacts = field(default_factory=MembershipFacts)
    who: PeopleFacts = field(default_factory=PeopleFacts)
    went_live_on: date | None = None

    @cached_property
    def last_on(self) -> date:
        """The day of the latest thing that happened; the first of all days where nothing did."""
        happened = (getattr(fact, day) for kind, day in HAPPENED.items() for fact in getattr(self, kind))
        return max(happened, default=date.min)

    def upto(self, as_of: date) -> "Facts":
        """Return what had happened by the end of `as_of`.

        Events, calls, terms, rolls and who is who stay: they look on.
        """
        if self.last_on <= as_of:
            return self
        happened: dict[str, Any] = {kind: self._upto(kind, day, as_of) for kind, day in HAPPENED.items()}
        return replace(self, **happened)

    def _upto(self, kind: str, day: str, as_of: date) -> tuple[Any, ...]:
        return tuple(fact for fact in getattr(self, kind) if getattr(fact, day) <= as_of)

    def of(self, kind: FactKind) -> Sequence[Any]:
        """Return the facts of a kind, in the order they were recorded."""
        held_by = next((name for name, kinds in HOLDERS.items() if kind.name in kinds), None)
        found: Sequence[Any] = getattr(getattr(self, held_by) if held_by else self, kind.plural)
        return found

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

    def answers_from(self, cycle: str, people: Iterable[str]) -> list[Answer]:
        """Return what came about a cycle from some people, the earliest first."""
        found = [each for person in {*people} for each in self._answers_from.get((cycle, person), ())]
        return [answer for _, answer in sorted(found, key=lambda each: each[0])]

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
    def _answers_from(self) -> Mapping[tuple[str, str], Sequence[tuple[int, Answer]]]:
        placed = (pair for answers in self._answers.values() for pair in enumerate(answers))
        return _by(placed, lambda pair: (pair[1].cycle, pair[1].person))

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


ROLLS: Mapping[str, FactKind] = {kind.name: kind for kind in kinds_of(MembershipFacts)}
WHO: Mapping[str, FactKind] = {kind.name: kind for kind in kinds_of(PeopleFacts)}
HOLDERS: Mapping[str, Mapping[str, FactKind]] = {"rolls": ROLLS, "who": WHO}
"""The kinds that are held apart, by the field that holds them."""
KINDS: Mapping[str, FactKind] = {**{kind.name: kind for kind in kinds_of(Facts)}, **ROLLS, **WHO}
"""Every kind of fact, by its name."""
# What happened on a day, by the field that says on which. Rolls are asked for a day by those who read them.
HAPPENED: Mapping[str, str] = {k.plural: k.happened_on for k in kinds_of(Facts) if k.happened_on}
Fact = TypeVar("Fact")
Name = TypeVar("Name")


def _by(facts: Iterable[Fact], name_of: Callable[[Fact], Name]) -> Mapping[Name, Sequence[Fact]]:
    found: defaultdict[Name, list[Fact]] = defaultdict(list)
    for fact in facts:
        found[name_of(fact)].append(fact)
    return found
