"""What the entries of a facts file are checked against, and the checks that several of them share."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Annotated, Any

from pydantic import AfterValidator, StringConstraints, ValidationInfo

from policies.facts.facts import Facts
from policies.facts.membership import MembershipFacts
from policies.obligations.instrument import Identifier
from policies.pack.pack import Pack
from policies.people.deriving import directory_on
from policies.people.directory import Directory
from policies.problems import mistake
from policies.recurrence import AfterEvent, OnTerm, PerTrigger, Recurrence, RollingCeiling
from policies.recurrence.cycle_key import CycleKey

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


@dataclass(frozen=True)
class Known:
    """What a file is checked against: the rules, the record, the day, the people, and the file itself.

    `rolls` are those that the record and the file make together (`policies/entries/membership.py`).
    """

    pack: Pack
    facts: Facts
    today: date
    content: Mapping[str, Any]
    people: Collection[str] = ()
    rolls: MembershipFacts = field(default_factory=MembershipFacts)

    def recurrence(self, obligation: str) -> Recurrence:
        """Return the clock of an obligation that is in force today."""
        return self.pack.obligations[obligation].version_on(self.today).recurrence

    def cycles(self, obligation: str) -> list[str]:
        """Return the keys of an obligation's cycles, with those that the file itself begins."""
        turns = self.pack.status(obligation, self.facts, self.today).turns
        derived = [turn.cycle.key for turn in turns if not turn.cycle.standing]
        return [*derived, *(str(CycleKey(obligation, name)) for name in self._begun(obligation))]

    def _begun(self, obligation: str) -> Iterator[str]:
        recurrence = self.recurrence(obligation)
        if isinstance(recurrence, RollingCeiling | AfterEvent):
            for entry in self.entries("completions"):
                if entry.get("obligation") == obligation:
                    yield f"since-{entry.get('completed_on')}"
        if isinstance(recurrence, PerTrigger):
            for entry in self.entries(f"{recurrence.trigger}s"):
                if not recurrence.meetings or entry.get("kind") in recurrence.meetings:
                    yield str(entry.get("id"))
        if isinstance(recurrence, OnTerm):
            for entry in self.entries("terms"):
                if entry.get("body") == recurrence.body:
                    yield f"{entry.get('seat')}-{entry.get('starts_on')}"

    @cached_property
    def recorded_people(self) -> frozenset[str]:
        """The ids of everybody who was ever recorded, and of those whom the file itself records."""
        filed = (str(entry.get("id")) for entry in self.entries("people"))
        return frozenset({*(person.id for person in self.facts.who.people), *filed})

    def directory_on(self, on: date) -> Directory:
        """Return who is who on a day, by the record alone."""
        if on not in self._directories:
            self._directories[on] = directory_on(self.facts.who, on)
        return self._directories[on]

    @cached_property
    def _directories(self) -> dict[date, Directory]:
        return {}  # many entries ask for the same day

    def named(self, kind: str, key: str, name: str = "id") -> dict[str, Any]:
        """Return `key` of each fact of a kind by its `name`: of those on record, and of those in the file."""
        recorded = {getattr(each, name): getattr(each, key) for each in getattr(self.facts, kind)}
        return recorded | {str(each.get(name)): each.get(key) for each in self.entries(kind)}

    def entries(self, kind: str) -> Iterator[dict[str, Any]]:
        """Yield the entries of one kind in the file itself, as they were written."""
        return (entry for entry in self.content.get(kind, ()) if isinstance(entry, dict))


def known_of(info: ValidationInfo) -> Known:
    """Return what the file is checked against.

    Raises:
        TypeError: it was not passed as the context.
    """
    if not isinstance(info.context, Known):
        raise TypeError("a file of facts is checked against what is known: pass Known as the context")
    return info.context


def one_of(value: str, known: Collection[str]) -> str:
    """Return `value`.

    Raises:
        ValueError: it is not among those `known`, which are listed.
    """
    if value not in known:
        raise ValueError(f"one of: {', '.join(sorted(known)) or 'none in this pack'}")
    return value


def not_before(on: date | None, info: ValidationInfo, start: str) -> date | None:
    """Return `on`.

    Raises:
        ValueError: it lies before the entry's own day `start`.
    """
    started_on = info.data.get(start)
    if on and started_on and on < started_on:
        raise ValueError(f"a day not before {start}, {started_on}")
    return on


def once(kind: str, name: str, fact: object, recorded: Iterable[object]) -> None:
    """Let nothing be recorded under a name that stands for something else.

    Raises:
        ValueError: what is `recorded` under that name is another fact.
    """
    if any(each != fact for each in recorded):
        raise mistake(
            f"{kind} {name!r} in other words than on record",
            "the same words, or another name; to mend the one on record: mandates record correction",
        )


def not_after(on: date, today: date) -> date:
    """Return `on`.

    Raises:
        ValueError: it lies after `today`.
    """
    if on > today:
        raise ValueError(f"a day not after {today}")
    return on


def _happened(on: date, info: ValidationInfo) -> date:
    return not_after(on, known_of(info).today)


Past = Annotated[date, AfterValidator(_happened)]
"""A day on which something happened: today at the latest."""


def _among(known: Callable[[Known], Collection[str]]) -> AfterValidator:
    def check(value: str, info: ValidationInfo) -> str:
        return one_of(value, known(known_of(info)))

    return AfterValidator(check)


# What an entry may name, and what it must then be; the check goes with the type.
Person = Annotated[Identifier, _among(lambda known: known.people)]
RecordedPerson = Annotated[Identifier, _among(lambda known: known.recorded_people)]
Actor = Annotated[Identifier, _among(lambda known: known.pack.actors)]
Station = Annotated[Identifier, _among(lambda known: known.pack.instrument.stations)]
OfObligation = Annotated[Identifier, _among(lambda known: known.pack.obligations)]
EventKind = Annotated[Identifier, _among(lambda known: known.pack.instrument.events)]
MeetingKind = Annotated[Identifier, _among(lambda known: known.pack.instrument.meetings)]
HeldMeeting = Annotated[Identifier, _among(lambda known: known.named("meetings", "kind"))]
OfProposal = Annotated[Identifier, _among(lambda known: known.named("proposals", "proposed_on"))]
OfDecision = Annotated[Identifier, _among(lambda known: known.named("decisions", "decided_on"))]


def a_cycle(cycle: str, info: ValidationInfo) -> str:
    """Return `cycle`.

    Raises:
        ValueError: it is no cycle of an obligation in the pack.
    """
    known, obligation = known_of(info), CycleKey.parse(cycle).obligation
    if obligation not in known.pack.obligations:
        raise ValueError("OBLIGATION/CYCLE, as in: mandates status --json")
    return one_of(cycle, known.cycles(obligation))


CycleText = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")]
OfCycle = Annotated[CycleText, AfterValidator(a_cycle)]
