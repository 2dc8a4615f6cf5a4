"""How facts about rolls are written in a file, and the rolls that a file and the record make together.

A form says only what an entry looks like. The rest of what an entry is held against
(`policies/entries/membership.py`) needs the whole file, so the forms are read first, as far as they can be.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import Field, ValidationError

from policies.entries.answers import CycleKey
from policies.entries.checks import Known, Text
from policies.facts.facts import Facts
from policies.facts.membership import (
    Attestation,
    Consultation,
    Group,
    Joining,
    Lead,
    Leaving,
    Outcome,
    Result,
    Role,
    RollFacts,
    Seat,
    View,
    ViewKind,
)
from policies.obligations.instrument import Identifier
from policies.pack.pack import Pack
from policies.recurrence.question import Strict

Form = TypeVar("Form", bound="RollForm")


class RollForm(Strict, ABC):
    """An entry of a facts file about rolls."""

    @abstractmethod
    def fact(self) -> Any:  # noqa: ANN401 (each form has a fact of its own)
        """Return what the entry says."""

    def columns(self) -> dict[str, Any]:
        """Return the entry as the record keeps it."""
        return asdict(self.fact())


class JoiningForm(RollForm):
    """That somebody enters a body: `joined_on`; or that it was seen on the roll by then: `seen_on`."""

    body: Identifier
    member: Identifier
    role: Role = Role.MEMBER
    joined_on: date | None = None
    seen_on: date | None = None
    decision: Identifier | None = None
    source: Text

    def fact(self) -> Joining:
        """Return what the entry says; its day is the last of all where it names none."""
        on, partial = self.joined_on or self.seen_on or date.max, self.seen_on is not None
        return Joining(self.body, self.member, self.role, on, self.source, self.decision, partial)


class LeavingForm(RollForm):
    """That somebody leaves a body; on `left_on` it no longer belongs to it."""

    body: Identifier
    member: Identifier
    left_on: date
    decision: Identifier | None = None
    source: Text

    def fact(self) -> Leaving:
        """Return what the entry says."""
        return Leaving(**self.model_dump())


class GroupForm(RollForm):
    """What a working group is from `since_on` on; the first entry begins it, a later one renews it."""

    id: Identifier
    title: Text
    focus: Text
    since_on: date
    workplan: Text | None = None
    decision: Identifier | None = None
    source: Text

    def fact(self) -> Group:
        """Return what the entry says."""
        return Group(**self.model_dump())

    def columns(self) -> dict[str, Any]:
        """Return the entry as the record keeps it."""
        return {"group": self.id, **self.model_dump(exclude={"id"})}


class OutcomeForm(RollForm):
    """What was decided about a working group; `into` is where a merged one goes."""

    group: Identifier
    result: Result
    decided_on: date
    decision: Identifier
    cycle: CycleKey | None = None
    into: Identifier | None = None
    source: Text

    def fact(self) -> Outcome:
        """Return what the entry says."""
        return Outcome(**self.model_dump())


class SeatForm(RollForm):
    """A seat of a body, and the constituency that fills it."""

    body: Identifier
    seat: Identifier
    constituency: Text
    since_on: date
    source: Text

    def fact(self) -> Seat:
        """Return what the entry says."""
        return Seat(**self.model_dump())


class ConsultationForm(RollForm):
    """That chosen members were asked about a partner for a working group, up to `until`."""

    id: Identifier
    group: Identifier
    partner: Identifier
    chosen: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    chosen_by: Text
    reason: Text
    invited_on: date
    until: date
    source: Text

    def fact(self) -> Consultation:
        """Return what the entry says."""
        return Consultation(**self.model_dump())

    def columns(self) -> dict[str, Any]:
        """Return the entry as the record keeps it."""
        said = self.model_dump(exclude={"id", "chosen"})
        return {"consultation": self.id, "chosen": " ".join(self.chosen), **said}


class ViewForm(RollForm):
    """What one of those consulted answered."""

    consultation: Identifier
    member: Identifier
    kind: ViewKind
    answered_on: date
    reason: Text | None = None
    source: Text

    def fact(self) -> View:
        """Return what the entry says."""
        return View(**self.model_dump())


class LeadForm(RollForm):
    """Who leads the review of a cycle, and who decided that."""

    cycle: CycleKey
    name: Text
    decided_by: Text
    decided_on: date
    source: Text

    def fact(self) -> Lead:
        """Return what the entry says."""
        return Lead(**self.model_dump())


class AttestationForm(RollForm):
    """That somebody vouches that nobody is missing from the roll of a body on a day."""

    body: Identifier
    attested_on: date
    source: Text

    def fact(self) -> Attestation:
        """Return what the entry says."""
        return Attestation(**self.model_dump())


def known_with(
    pack: Pack, facts: Facts, today: date, content: Mapping[str, Any], people: Collection[str] = ()
) -> Known:
    """Return what a file is checked against: what is on record, and the rolls as the file would make them."""
    return Known(pack, facts, today, content, people, _together(facts.rolls, content))


def _together(recorded: RollFacts, content: Mapping[str, Any]) -> RollFacts:
    return RollFacts(
        joinings=[*recorded.joinings, *(f.fact() for f in _read(JoiningForm, content, "joinings"))],
        leavings=[*recorded.leavings, *(f.fact() for f in _read(LeavingForm, content, "leavings"))],
        groups=[*recorded.groups, *(f.fact() for f in _read(GroupForm, content, "groups"))],
        outcomes=[*recorded.outcomes, *(f.fact() for f in _read(OutcomeForm, content, "outcomes"))],
        seats=[*recorded.seats, *(f.fact() for f in _read(SeatForm, content, "seats"))],
        consultations=[
            *recorded.consultations,
            *(form.fact() for form in _read(ConsultationForm, content, "consultations")),
        ],
        views=[*recorded.views, *(form.fact() for form in _read(ViewForm, content, "views"))],
        attestations=[
            *recorded.attestations,
            *(form.fact() for form in _read(AttestationForm, content, "attestations")),
        ],
    )


def _read(form: type[Form], content: Mapping[str, Any], kind: str) -> Iterator[Form]:
    """Yield the entries of one kind that have their form; those that have not are refused later."""
    entries = content.get(kind, ())
    for entry in entries if isinstance(entries, list | tuple) else ():
        try:
            yield form.model_validate(entry)
        except ValidationError:
            continue
