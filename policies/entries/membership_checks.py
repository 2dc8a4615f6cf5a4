"""What an entry about a roll must agree with: the rules of the body, the decision behind it, the other facts.

Each check yields what would be right, in words; nothing where all is well.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from policies.entries.checks import Known
from policies.facts.facts import Completion, Facts
from policies.facts.membership import Joining, Leaving, Role
from policies.facts.terms import Term
from policies.membership.consultations import over_on
from policies.membership.groups import undecided
from policies.membership.rolls import attested_on, contradictions_of, group_ended_on, roll_on
from policies.membership.seats import overlap
from policies.pack.bodies import Body, BodyKind
from policies.recurrence.cycles import Cycle


def groups_body(known: Known) -> Body | None:
    """Return the body of the pack that working groups belong to."""
    return next((body for body in known.pack.bodies.values() if body.kind is BodyKind.GROUPS), None)


def group_names(known: Known) -> set[str]:
    """Return the ids of all groups that were ever described, in the record or in the file."""
    return {group.id for group in known.rolls.groups}


def entered(known: Known) -> set[str]:
    """Return the bodies somebody can enter: those of members, and the working groups."""
    members = {b.actor for b in known.pack.bodies.values() if b.kind is BodyKind.MEMBERS}
    return members | group_names(known)


def life_of_group(known: Known, name: str, on: date) -> Iterator[str]:
    """Yield that a group has not begun on a day, or that it was closed; nothing for what is no group."""
    begun_on = min((g.since_on for g in known.rolls.groups if g.id == name), default=None)
    if begun_on is None:
        return
    ended_on = group_ended_on(known.rolls, name)
    if on < begun_on:
        yield f"a day on which {name} exists: it begins on {begun_on}"
    elif ended_on and on >= ended_on:
        yield f"a group that was not closed or merged: {name} ended on {ended_on}"


def decided_on(known: Known, decision: str) -> date | None:
    """Return the day of a decision, on record or in the file; None where it is in neither."""
    on = known.named("decisions", "decided_on").get(decision)
    return on if isinstance(on, date) else None


def decision_by(known: Known, decision: str | None, on: date, body: str) -> Iterator[str]:
    """Yield what is wrong with the decision behind a change in a body on a day, if one is named."""
    if decision is None:
        return
    taken_on = decided_on(known, decision)
    if taken_on is None:
        yield f"a decision that is on record, or in this file; {decision!r} is neither"
    elif taken_on > on:
        yield f"a day not before its decision {decision!r} was taken, {taken_on}"
    rules = known.pack.bodies.get(body) or groups_body(known)
    issuer, wanted = known.named("decisions", "issued_by").get(decision), rules.decided_by if rules else None
    if issuer and wanted and issuer != wanted:
        yield f"a decision of {wanted}; {decision!r} was issued by {issuer}"


def others_about(known: Known, fact: Joining | Leaving) -> Iterator[str]:
    """Yield how what is said of a member contradicts itself, where the fact is part of that."""
    recorded = known.facts.rolls
    for found in contradictions_of(known.rolls, fact.body, fact.member):
        if found.fact == fact or found.fact in (*recorded.joinings, *recorded.leavings):
            yield found.expected


def admitted(known: Known, joining: Joining) -> Iterator[str]:
    """Yield what the text wants before this member may enter, and is not there.

    Who was only seen in a source needs nothing: nobody decides on history. That ends where somebody vouches
    for the roll: whoever is on it later has entered since.
    """
    body, groups = known.pack.bodies.get(joining.body), groups_body(known)
    if joining.partial:
        yield from _seen_too_late(known, body or groups, joining)
        return
    if body and body.admission and joining.decision is None:
        yield (
            f"decision: the recorded decision to admit {joining.member} ({body.admission}); who was a member "
            "from the beginning is history: seen_on, and the source that shows it"
        )
    if body is None and groups and groups.partners and _is_partner(known, groups, joining):
        yield from _of_partner(known, groups.partners, joining)


def _seen_too_late(known: Known, body: Body | None, joining: Joining) -> Iterator[str]:
    whole_on = attested_on(known.rolls, body.actor, joining.joined_on) if body else None
    if whole_on:
        yield (
            f"joined_on, the day {joining.member} entered: somebody certified that on {whole_on} nobody was "
            "missing from that roll, so it has entered since"
        )


def _is_partner(known: Known, groups: Body, joining: Joining) -> bool:
    """Whether somebody in a group is a partner: so called, or known not to be a member."""
    members = _members_on(known, groups, joining.joined_on)
    return joining.role is Role.PARTNER or (members is not None and joining.member not in members)


def _members_on(known: Known, groups: Body, on: date) -> set[str] | None:
    """Return the members that groups are made of; None while nobody vouches for a roll of them."""
    among = groups.among
    if among is None or attested_on(known.rolls, among, on) is None:
        return None
    return {stay.member for stay in roll_on(known.rolls, among, on)}


def _of_partner(known: Known, provision: str, joining: Joining) -> Iterator[str]:
    who = f"{joining.member}, who is no member"
    if joining.decision is None:
        yield f"decision: the recorded decision that lets {who}, take part ({provision})"
    asked = [
        each
        for each in known.rolls.consultations
        if (each.group, each.partner) == (joining.body, joining.member)
    ]
    if not asked:
        yield f"a consultation of the relevant members about {who} ({provision}), recorded before it enters"
        return
    taken_on = decided_on(known, joining.decision) if joining.decision else None
    closed_on = min(over_on(known.rolls, each) for each in asked)
    if taken_on and taken_on < closed_on:
        yield f"a decision not before {closed_on}, when the consultation about {joining.member} is over"


def members_then(known: Known, chosen: Iterable[str], on: date) -> Iterator[str]:
    """Yield which of those chosen are known not to be members on a day."""
    groups = groups_body(known)
    members = _members_on(known, groups, on) if groups else None
    strangers = [] if members is None else [each for each in chosen if each not in members]
    if groups and strangers:
        yield f"chosen: those on the roll of {groups.among} on {on}; not on it: {', '.join(strangers)}"


def other_holders(known: Known, term: Term) -> Iterator[str]:
    """Yield the terms on record, or in the file, that put another holder on the seat at the same time."""
    for other in [*known.facts.terms, *_terms_in(known)]:
        if overlap(term, other):
            until = other.ends_on or "a day nobody has recorded"
            yield f"one holder of {term.seat} at one time: {other.holder} from {other.starts_on} to {until}"


def _terms_in(known: Known) -> Iterator[Term]:
    for entry in known.entries("terms"):
        starts_on, ends_on = entry.get("starts_on"), entry.get("ends_on")
        if isinstance(starts_on, date) and (ends_on is None or isinstance(ends_on, date)):
            said = {key: str(entry.get(key)).strip() for key in ("body", "seat", "holder", "source")}
            yield Term(**said, starts_on=starts_on, ends_on=ends_on)


def groups_undecided(known: Known, completion: Completion) -> Iterator[str]:
    """Yield which groups have no outcome yet, for the cycle of their review that this would close.

    What was found in public, or is on record already, is not asked for them.
    """
    reviewed_by = {body.reviewed_by for body in known.pack.bodies.values()}
    recorded = (replace(each, partial=False) for each in known.facts.completions)
    if completion.obligation not in reviewed_by or completion in recorded:
        return
    if known.content.get("partial") is True:
        return
    cycle = _closed_by(known, completion)
    missing = undecided(known.rolls, cycle.key, completion.completed_on) if cycle else ()
    if cycle and missing:
        yield (
            f"one outcome for each group, recorded for {cycle.key} before or with the completion: "
            f"{', '.join(missing)} has none (mandates record outcome)"
        )


def _closed_by(known: Known, completion: Completion) -> Cycle | None:
    """Return the cycle that a completion would close."""
    facts = known.facts
    after = Facts(
        events=facts.events,
        completions=[*facts.completions, completion],
        terms=facts.terms,
        went_live_on=facts.went_live_on,
    )
    turns = known.pack.status(completion.obligation, after, known.today).turns
    return next((turn.cycle for turn in turns if turn.cycle.completion == completion), None)
