"""Entries of a facts file about rolls, each held against the rules, the record and the rest of the file."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, TypeVar

from pydantic import ValidationInfo, model_validator

from policies.bodies import BodyKind
from policies.clocks.question import Strict
from policies.problems import mistake
from policies.roll_facts import Result, Role, ViewKind
from tasks.answer_entries import a_cycle
from tasks.fact_checks import Known, known_of
from tasks.roll_checks import (
    admitted,
    decision_by,
    entered,
    group_names,
    groups_body,
    life_of_group,
    members_then,
    others_about,
)
from tasks.roll_forms import (
    AttestationForm,
    ConsultationForm,
    GroupForm,
    JoiningForm,
    LeadForm,
    LeavingForm,
    OutcomeForm,
    RollForm,
    SeatForm,
    ViewForm,
)

Entry = TypeVar("Entry", bound=RollForm)
_DESCRIBED = frozenset({Result.NEW, Result.REFOCUS})
_ENDED = frozenset({Result.MERGE, Result.CLOSE})


class JoiningEntry(JoiningForm):
    """That somebody enters a body: `joined_on`; or that it was seen on the roll by then: `seen_on`."""

    @model_validator(mode="after")
    def _agrees(self, info: ValidationInfo) -> "JoiningEntry":
        return _agreeing(self, _of_joining(self, known_of(info)))


class LeavingEntry(LeavingForm):
    """That somebody leaves a body; on `left_on` it no longer belongs to it."""

    @model_validator(mode="after")
    def _agrees(self, info: ValidationInfo) -> "LeavingEntry":
        return _agreeing(self, _of_leaving(self, known_of(info)))


class GroupEntry(GroupForm):
    """What a working group is from `since_on` on; the first entry begins it, a later one renews it."""

    @model_validator(mode="after")
    def _agrees(self, info: ValidationInfo) -> "GroupEntry":
        return _agreeing(self, _of_group(self, known_of(info)))


class OutcomeEntry(OutcomeForm):
    """What was decided about a working group; `into` is where a merged one goes."""

    @model_validator(mode="after")
    def _agrees(self, info: ValidationInfo) -> "OutcomeEntry":
        if self.cycle:
            a_cycle(self.cycle, info)
        return _agreeing(self, _of_outcome(self, known_of(info)))


class SeatEntry(SeatForm):
    """A seat of a body, and the constituency that fills it."""

    @model_validator(mode="after")
    def _agrees(self, info: ValidationInfo) -> "SeatEntry":
        return _agreeing(self, _of_seat(self, known_of(info)))


class ConsultationEntry(ConsultationForm):
    """That chosen members were asked about a partner for a working group, up to `until`."""

    @model_validator(mode="after")
    def _agrees(self, info: ValidationInfo) -> "ConsultationEntry":
        return _agreeing(self, _of_consultation(self, known_of(info)))


class ViewEntry(ViewForm):
    """What one of those consulted answered; an objection gives its reason."""

    @model_validator(mode="after")
    def _agrees(self, info: ValidationInfo) -> "ViewEntry":
        return _agreeing(self, _of_view(self, known_of(info)))


class LeadEntry(LeadForm):
    """Who leads the review of a cycle, and who decided that."""

    @model_validator(mode="after")
    def _agrees(self, info: ValidationInfo) -> "LeadEntry":
        a_cycle(self.cycle, info)
        return _agreeing(self, _not_to_come("decided_on", self.decided_on, known_of(info)))


class AttestationEntry(AttestationForm):
    """That somebody vouches that nobody is missing from the roll of a body on a day."""

    @model_validator(mode="after")
    def _agrees(self, info: ValidationInfo) -> "AttestationEntry":
        known = known_of(info)
        bodies = _one_of("body", self.body, known.pack.bodies)
        return _agreeing(self, [*bodies, *_not_to_come("attested_on", self.attested_on, known)])


class RollEntries(Strict):
    """The tables of a facts file that rolls are derived from."""

    joinings: tuple[JoiningEntry, ...] = ()
    leavings: tuple[LeavingEntry, ...] = ()
    groups: tuple[GroupEntry, ...] = ()
    outcomes: tuple[OutcomeEntry, ...] = ()
    seats: tuple[SeatEntry, ...] = ()
    consultations: tuple[ConsultationEntry, ...] = ()
    views: tuple[ViewEntry, ...] = ()
    leads: tuple[LeadEntry, ...] = ()
    attestations: tuple[AttestationEntry, ...] = ()


def _agreeing(entry: Entry, expected: Iterable[str]) -> Entry:
    if wanted := list(dict.fromkeys(expected)):
        said = entry.model_dump(exclude_none=True, exclude={"source"})
        found = " ".join(f"{key}={value}" for key, value in said.items())
        raise mistake(found[:160], "; ".join(wanted))
    return entry


def _of_joining(entry: JoiningEntry, known: Known) -> Iterator[str]:
    fact = entry.fact()
    yield from _one_of("body", entry.body, entered(known))
    if (entry.joined_on is None) == (entry.seen_on is None):
        yield "joined_on, the day it entered, or else seen_on; one of the two"
        return
    if entry.role is Role.PARTNER and entry.body in known.pack.bodies:
        yield f"role: one of those of {entry.body}; partners take part in working groups alone"
    if fact.partial:
        yield from _not_to_come("seen_on", fact.joined_on, known)
    yield from life_of_group(known, entry.body, fact.joined_on)
    yield from decision_by(known, entry.decision, fact.joined_on)
    yield from admitted(known, fact)
    yield from others_about(known, fact)


def _of_leaving(entry: LeavingEntry, known: Known) -> Iterator[str]:
    yield from _one_of("body", entry.body, entered(known))
    yield from life_of_group(known, entry.body, entry.left_on)
    yield from decision_by(known, entry.decision, entry.left_on)
    yield from others_about(known, entry.fact())


def _of_group(entry: GroupEntry, known: Known) -> Iterator[str]:
    if groups_body(known) is None:
        yield "no groups: rolls.toml of this pack has no body of them"
    if entry.id in known.pack.actors:
        yield f"id: a name of its own; {entry.id} is an actor"
    yield from life_of_group(known, entry.id, entry.since_on)
    yield from decision_by(known, entry.decision, entry.since_on)
    same = (g for g in known.rolls.groups if (g.id, g.since_on) == (entry.id, entry.since_on))
    yield from _said_once("group", f"{entry.id} of {entry.since_on}", same)


def _of_outcome(entry: OutcomeEntry, known: Known) -> Iterator[str]:
    yield from _one_of("group", entry.group, group_names(known))
    before = (o for o in known.rolls.outcomes if o.group == entry.group and o != entry.fact())
    ended_on = min((o.decided_on for o in before if o.result in _ENDED), default=None)
    if ended_on and ended_on <= entry.decided_on:
        yield f"a group that was not closed or merged: {entry.group} ended on {ended_on}"
    described = [g.since_on for g in known.rolls.groups if g.id == entry.group]
    if described and entry.decided_on < min(described):
        yield f"a day on which {entry.group} exists: it begins on {min(described)}"
    if entry.result in _DESCRIBED and entry.decided_on not in described:
        yield f"what {entry.group} is from {entry.decided_on} on: its entry in groups, with the new focus"
    yield from decision_by(known, entry.decision, entry.decided_on)
    yield from _not_to_come("decided_on", entry.decided_on, known)
    yield from _of_merger(entry, known)
    yield from _of_review(entry, known)


def _of_merger(entry: OutcomeEntry, known: Known) -> Iterator[str]:
    if (entry.into is not None) != (entry.result is Result.MERGE):
        yield f"into, the group it goes into, with {Result.MERGE} alone"
    if entry.into is not None:
        if entry.into == entry.group:
            yield "into: another group"
        yield from _one_of("into", entry.into, group_names(known))
        yield from life_of_group(known, entry.into, entry.decided_on)


def _of_review(entry: OutcomeEntry, known: Known) -> Iterator[str]:
    groups = groups_body(known)
    reviewed_by = groups.reviewed_by if groups else None
    if entry.cycle and entry.cycle.partition("/")[0] != reviewed_by:
        yield f"cycle: one of {reviewed_by or 'no obligation'}, which reviews the groups"
    if entry.cycle:
        same = (o for o in known.rolls.outcomes if (o.group, o.cycle) == (entry.group, entry.cycle))
        yield from _said_once("outcome", f"{entry.group} in {entry.cycle}", same)


def _of_seat(entry: SeatEntry, known: Known) -> Iterator[str]:
    bodies = {body.actor for body in known.pack.bodies.values() if body.kind is BodyKind.SEATS}
    yield from _one_of("body", entry.body, bodies)
    same = (s for s in known.rolls.seats if (s.body, s.seat) == (entry.body, entry.seat))
    yield from _said_once("seat", f"{entry.seat} of {entry.body}", same)


def _of_consultation(entry: ConsultationEntry, known: Known) -> Iterator[str]:
    yield from _one_of("group", entry.group, group_names(known))
    yield from life_of_group(known, entry.group, entry.invited_on)
    yield from _not_to_come("invited_on", entry.invited_on, known)
    if entry.until < entry.invited_on:
        yield f"until: a day not before invited_on, {entry.invited_on}"
    if len(set(entry.chosen)) < len(entry.chosen):
        yield "chosen: each member once"
    yield from members_then(known, entry.chosen, entry.invited_on)
    same = (c for c in known.rolls.consultations if c.id == entry.id)
    yield from _said_once("consultation", entry.id, same)


def _of_view(entry: ViewEntry, known: Known) -> Iterator[str]:
    asked = {each.id: each for each in known.rolls.consultations}
    yield from _one_of("consultation", entry.consultation, asked)
    if found := asked.get(entry.consultation):
        yield from _one_of("member", entry.member, found.chosen)
        if entry.answered_on < found.invited_on:
            yield f"answered_on: a day not before they were invited, {found.invited_on}"
    yield from _not_to_come("answered_on", entry.answered_on, known)
    if entry.kind is ViewKind.OBJECTS and entry.reason is None:
        yield f"reason: who {ViewKind.OBJECTS} says why"


def _one_of(key: str, name: str, known: Iterable[str]) -> Iterator[str]:
    names = sorted(known)
    if name not in names:
        yield f"{key}: one of: {', '.join(names) or 'none yet'}"


def _not_to_come(key: str, on: date, known: Known) -> Iterator[str]:
    if on > known.today:
        yield f"{key}: a day not after {known.today}"


def _said_once(kind: str, name: str, same: Iterable[Any]) -> Iterator[str]:
    """Yield that what goes by one name is said in several ways, in the record and the file together."""
    if len(set(same)) > 1:
        yield (
            f"{kind} {name!r} in the words on record, or once in this file; to mend what is on record: "
            "mandates record correction"
        )
