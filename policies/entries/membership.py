"""Entries of a facts file about rolls, each held against the rules, the record and the rest of the file.

What an entry is held against (`policies/entries/membership_agreement.py`) needs the rolls that the whole file
and the record make together. So the entries are first read without it, as far as they have their form.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Self, TypeVar

from pydantic import Field, ValidationError, ValidationInfo, model_validator

from policies.entries.checks import CycleText, Known, Text, a_cycle, known_of
from policies.entries.entry import FactEntry
from policies.facts.facts import ROLLS, Facts
from policies.facts.membership import Joining, MembershipFacts, Result, Role, ViewKind
from policies.obligations.instrument import Identifier
from policies.pack.pack import Pack
from policies.problems import mistake

Entry = TypeVar("Entry", bound="RollEntry")
Check = Callable[[Any, Known], Iterable[str]]
_CHECKS: dict[type["RollEntry"], Check] = {}


def agrees(entry: type[Entry]) -> Callable[[Check], Check]:
    """Hold the entries of a type against what the decorated check expects instead; nothing is well."""

    def attach(check: Check) -> Check:
        _CHECKS[entry] = check
        return check

    return attach


class RollEntry(FactEntry):
    """An entry of a facts file about rolls; it is checked where what is known is given as the context."""

    @model_validator(mode="after")
    def _agrees(self, info: ValidationInfo) -> Self:
        if info.context is None:
            return self
        if cycle := getattr(self, "cycle", None):
            a_cycle(cycle, info)
        if wanted := list(dict.fromkeys(_CHECKS[type(self)](self, known_of(info)))):
            said = self.model_dump(exclude_none=True, exclude={"source"})
            found = " ".join(f"{key}={value}" for key, value in said.items())
            raise mistake(found[:160], "; ".join(wanted))
        return self


class JoiningEntry(RollEntry):
    """That somebody enters a body: `joined_on`; or that it was seen on the roll by then: `seen_on`."""

    fact_kind = "joining"
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

    @classmethod
    def saying(cls, fact: Joining) -> dict[str, Any]:
        """Return the entry that says a fact: the day of one that is partial is the day it was seen on."""
        said = super().saying(fact)
        return said | {"seen_on": said.pop("joined_on")} if fact.partial else said


class LeavingEntry(RollEntry):
    """That somebody leaves a body; on `left_on` it no longer belongs to it."""

    fact_kind = "leaving"
    body: Identifier
    member: Identifier
    left_on: date
    decision: Identifier | None = None
    source: Text


class GroupEntry(RollEntry):
    """What a working group is from `since_on` on; the first entry begins it, a later one renews it."""

    fact_kind = "group"
    id: Identifier
    title: Text
    focus: Text
    since_on: date
    workplan: Text | None = None
    decision: Identifier | None = None
    source: Text


class OutcomeEntry(RollEntry):
    """What was decided about a working group; `into` is where a merged one goes."""

    fact_kind = "outcome"
    group: Identifier
    result: Result
    decided_on: date
    decision: Identifier
    cycle: CycleText | None = None
    into: Identifier | None = None
    source: Text


class SeatEntry(RollEntry):
    """A seat of a body, and the constituency that fills it."""

    fact_kind = "seat"
    body: Identifier
    seat: Identifier
    constituency: Text
    since_on: date
    source: Text


class ConsultationEntry(RollEntry):
    """That chosen members were asked about a partner for a working group, up to `until`."""

    fact_kind = "consultation"
    id: Identifier
    group: Identifier
    partner: Identifier
    chosen: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    chosen_by: Text
    reason: Text
    invited_on: date
    until: date
    source: Text


class ViewEntry(RollEntry):
    """What one of those consulted answered; an objection gives its reason."""

    fact_kind = "view"
    consultation: Identifier
    member: Identifier
    kind: ViewKind
    answered_on: date
    reason: Text | None = None
    source: Text


class LeadEntry(RollEntry):
    """Who leads the review of a cycle, and who decided that."""

    fact_kind = "lead"
    cycle: CycleText
    name: Text
    decided_by: Text
    decided_on: date
    source: Text


class AttestationEntry(RollEntry):
    """That somebody certifies that nobody is missing from the roll of a body on a day."""

    fact_kind = "attestation"
    body: Identifier
    attested_on: date
    source: Text


def known_with(
    pack: Pack, facts: Facts, today: date, content: Mapping[str, Any], people: Collection[str] = ()
) -> Known:
    """Return what a file is checked against: what is on record, and the rolls as the file would make them."""
    return Known(pack, facts, today, content, people, _together(facts.rolls, content))


def _together(recorded: MembershipFacts, content: Mapping[str, Any]) -> MembershipFacts:
    entries = {entry.fact_kind: entry for entry in RollEntry.__subclasses__()}
    return MembershipFacts(
        **{
            kind.plural: [*getattr(recorded, kind.plural), *_read(entries[name], content, kind.plural)]
            for name, kind in ROLLS.items()
        }
    )


def _read(entry: type[RollEntry], content: Mapping[str, Any], kind: str) -> Iterator[Any]:
    """Yield the facts of the entries that have their form; those that have not are refused later."""
    written = content.get(kind, ())
    for each in written if isinstance(written, list | tuple) else ():
        try:
            yield entry.model_validate(each).fact()
        except ValidationError:
            continue
