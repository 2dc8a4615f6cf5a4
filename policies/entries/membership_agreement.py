"""What each entry about a roll must agree with: the rules, the record and the rest of the file.

Everything that is wrong is said, in words that say what would be right; nothing where all is well.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from policies.entries.checks import Known
from policies.entries.membership import (
    AttestationEntry,
    ConsultationEntry,
    GroupEntry,
    JoiningEntry,
    LeadEntry,
    LeavingEntry,
    OutcomeEntry,
    SeatEntry,
    ViewEntry,
    agrees,
)
from policies.entries.membership_checks import (
    admitted,
    decision_by,
    entered,
    group_names,
    groups_body,
    life_of_group,
    members_then,
    others_about,
)
from policies.facts.membership import Result, Role, ViewKind
from policies.membership.rolls import ENDING
from policies.pack.bodies import BodyKind
from policies.recurrence.cycle_key import CycleKey

_DESCRIBED = frozenset({Result.NEW, Result.REFOCUS})


@agrees(JoiningEntry)
def of_joining(entry: JoiningEntry, known: Known) -> Iterator[str]:
    """Yield what would be right instead, in an entry on somebody who enters a body."""
    fact = entry.fact()
    yield from listed("body", entry.body, entered(known))
    if (entry.joined_on is None) == (entry.seen_on is None):
        yield "joined_on, the day it entered, or else seen_on; one of the two"
        return
    if entry.role is Role.PARTNER and entry.body in known.pack.bodies:
        yield f"role: one of those of {entry.body}; partners take part in working groups alone"
    if fact.partial:
        yield from not_to_come("seen_on", fact.joined_on, known)
    yield from life_of_group(known, entry.body, fact.joined_on)
    yield from decision_by(known, entry.decision, fact.joined_on, entry.body)
    yield from admitted(known, fact)
    yield from others_about(known, fact)


@agrees(LeavingEntry)
def of_leaving(entry: LeavingEntry, known: Known) -> Iterator[str]:
    """Yield what would be right instead, in an entry on somebody who leaves a body."""
    yield from listed("body", entry.body, entered(known))
    yield from life_of_group(known, entry.body, entry.left_on)
    yield from decision_by(known, entry.decision, entry.left_on, entry.body)
    yield from others_about(known, entry.fact())


@agrees(GroupEntry)
def of_group(entry: GroupEntry, known: Known) -> Iterator[str]:
    """Yield what would be right instead, in an entry on what a working group is."""
    if groups_body(known) is None:
        yield "no groups: rolls.toml of this pack has no body of them"
    if entry.id in known.pack.actors:
        yield f"id: a name of its own; {entry.id} is an actor"
    yield from life_of_group(known, entry.id, entry.since_on)
    yield from decision_by(known, entry.decision, entry.since_on, entry.id)
    same = (g for g in known.rolls.groups if (g.id, g.since_on) == (entry.id, entry.since_on))
    yield from _said_once("group", f"{entry.id} of {entry.since_on}", same)


@agrees(OutcomeEntry)
def of_outcome(entry: OutcomeEntry, known: Known) -> Iterator[str]:
    """Yield what would be right instead, in an entry on what was decided about a group."""
    yield from listed("group", entry.group, group_names(known))
    before = (o for o in known.rolls.outcomes if o.group == entry.group and o != entry.fact())
    ended_on = min((o.decided_on for o in before if o.result in ENDING), default=None)
    if ended_on and ended_on <= entry.decided_on:
        yield f"a group that was not closed or merged: {entry.group} ended on {ended_on}"
    described = [g.since_on for g in known.rolls.groups if g.id == entry.group]
    if described and entry.decided_on < min(described):
        yield f"a day on which {entry.group} exists: it begins on {min(described)}"
    if entry.result in _DESCRIBED and entry.decided_on not in described:
        yield f"what {entry.group} is from {entry.decided_on} on: its entry in groups, with the new focus"
    yield from decision_by(known, entry.decision, entry.decided_on, entry.group)
    yield from not_to_come("decided_on", entry.decided_on, known)
    yield from _of_merger(entry, known)
    yield from _of_review(entry, known)


def _of_merger(entry: OutcomeEntry, known: Known) -> Iterator[str]:
    if (entry.into is not None) != (entry.result is Result.MERGE):
        yield f"into, the group it goes into, with {Result.MERGE} alone"
    if entry.into is not None:
        if entry.into == entry.group:
            yield "into: another group"
        yield from listed("into", entry.into, group_names(known))
        yield from life_of_group(known, entry.into, entry.decided_on)


def _of_review(entry: OutcomeEntry, known: Known) -> Iterator[str]:
    groups = groups_body(known)
    reviewed_by = groups.reviewed_by if groups else None
    if entry.cycle and CycleKey.parse(entry.cycle).obligation != reviewed_by:
        yield f"cycle: one of {reviewed_by or 'no obligation'}, which reviews the groups"
    if entry.cycle:
        same = (o for o in known.rolls.outcomes if (o.group, o.cycle) == (entry.group, entry.cycle))
        yield from _said_once("outcome", f"{entry.group} in {entry.cycle}", same)


@agrees(SeatEntry)
def of_seat(entry: SeatEntry, known: Known) -> Iterator[str]:
    """Yield what would be right instead, in an entry on a seat."""
    bodies = {body.actor for body in known.pack.bodies.values() if body.kind is BodyKind.SEATS}
    yield from listed("body", entry.body, bodies)
    same = (s for s in known.rolls.seats if (s.body, s.seat) == (entry.body, entry.seat))
    yield from _said_once("seat", f"{entry.seat} of {entry.body}", same)


@agrees(ConsultationEntry)
def of_consultation(entry: ConsultationEntry, known: Known) -> Iterator[str]:
    """Yield what would be right instead, in an entry on a consultation about a partner."""
    yield from listed("group", entry.group, group_names(known))
    yield from life_of_group(known, entry.group, entry.invited_on)
    yield from not_to_come("invited_on", entry.invited_on, known)
    if entry.until < entry.invited_on:
        yield f"until: a day not before invited_on, {entry.invited_on}"
    if len(set(entry.chosen)) < len(entry.chosen):
        yield "chosen: each member once"
    yield from members_then(known, entry.chosen, entry.invited_on)
    same = (c for c in known.rolls.consultations if c.id == entry.id)
    yield from _said_once("consultation", entry.id, same)


@agrees(ViewEntry)
def of_view(entry: ViewEntry, known: Known) -> Iterator[str]:
    """Yield what would be right instead, in an entry on what somebody consulted answered."""
    asked = {each.id: each for each in known.rolls.consultations}
    yield from listed("consultation", entry.consultation, asked)
    if found := asked.get(entry.consultation):
        yield from listed("member", entry.member, found.chosen)
        if entry.answered_on < found.invited_on:
            yield f"answered_on: a day not before they were invited, {found.invited_on}"
    yield from not_to_come("answered_on", entry.answered_on, known)
    if entry.kind is ViewKind.OBJECTS and entry.reason is None:
        yield f"reason: who {ViewKind.OBJECTS} says why"


@agrees(LeadEntry)
def of_lead(entry: LeadEntry, known: Known) -> Iterator[str]:
    """Yield what would be right instead, in an entry on who leads a review."""
    yield from not_to_come("decided_on", entry.decided_on, known)


@agrees(AttestationEntry)
def of_attestation(entry: AttestationEntry, known: Known) -> Iterator[str]:
    """Yield what would be right instead, in an entry by which somebody vouches for a roll."""
    yield from listed("body", entry.body, known.pack.bodies)
    yield from not_to_come("attested_on", entry.attested_on, known)


def listed(key: str, name: str, known: Iterable[str]) -> Iterator[str]:
    """Yield the names that a key may have, where it has none of them."""
    names = sorted(known)
    if name not in names:
        yield f"{key}: one of: {', '.join(names) or 'none yet'}"


def not_to_come(key: str, on: date, known: Known) -> Iterator[str]:
    """Yield that a day has not come yet, of something that must have happened."""
    if on > known.today:
        yield f"{key}: a day not after {known.today}"


def _said_once(kind: str, name: str, same: Iterable[Any]) -> Iterator[str]:
    """Yield that what goes by one name is said in several ways, in the record and the file together."""
    if len(set(same)) > 1:
        yield (
            f"{kind} {name!r} in the words on record, or once in this file; to mend what is on record: "
            "mandates record correction"
        )
