"""What a person should look at about rolls: gaps, contradictions, and where roll and directory differ."""

from collections.abc import Collection, Iterator
from datetime import date

from policies.facts.facts import Facts
from policies.membership.groups import groups_on
from policies.membership.rolls import contradictions_in, roll_on
from policies.membership.seats import seats_on
from policies.pack.bodies import BodyKind
from policies.pack.pack import Pack
from policies.people.directory import Directory
from tasks.status.rosters import on_roll


def membership_findings(pack: Pack, directory: Directory, facts: Facts, as_of: date) -> Iterator[str]:
    """Yield what is not settled about the rolls on a day, body by body."""
    for body in pack.bodies.values():
        yield from _of_directory(pack, directory, facts, body.actor, as_of)
        if body.chairs:
            yield from _of_directory(pack, directory, facts, body.chairs, as_of)
        if body.kind is BodyKind.SEATS:
            yield from _of_seats(facts, body.actor, as_of)
        if body.kind is BodyKind.GROUPS:
            yield from _of_groups(facts, as_of)
        yield from _of_members(facts, body.actor)


def _of_directory(pack: Pack, directory: Directory, facts: Facts, actor: str, as_of: date) -> Iterator[str]:
    members, status = on_roll(pack, facts, actor, as_of), directory.standing_for(actor)
    if members is None:
        recorded = [stay.member for stay in roll_on(facts.rolls, actor, as_of)]
        recorded = [directory.holder_of(member) for member in recorded]
        if recorded and set(recorded) != set(status):
            differ = _differ(recorded, status)
            yield f"{actor}: nobody has certified its roll, so the directory stands: {differ}"
        return
    if lost := [member for member in members if directory.recipient(member) is None]:
        instead = " and ".join(directory.on_duty) or "no one"
        yield f"{actor}: on its roll, and nobody in the directory; {instead} is told: {', '.join(lost)}"
    known = [directory.holder_of(member) for member in members if member not in lost]
    if set(known) != set(status):
        yield f"{actor}: its roll stands, and the directory differs: {_differ(known, status)}"


def _differ(recorded: Collection[str], status: Collection[str]) -> str:
    sides = {
        "on the roll alone": sorted(set(recorded) - set(status)),
        "in the directory alone": sorted(set(status) - set(recorded)),
    }
    return "; ".join(f"{side}: {', '.join(who)}" for side, who in sides.items() if who)


def _of_seats(facts: Facts, body: str, as_of: date) -> Iterator[str]:
    for seat in seats_on(facts.rolls.seats, facts.terms, body, as_of):
        if seat.term is None:
            yield f"{body}: nobody has recorded who holds {seat.seat} ({seat.constituency})"
        if seat.constituency is None:
            yield f"{body}: nobody has recorded which constituency fills {seat.seat}"


def _of_groups(facts: Facts, as_of: date) -> Iterator[str]:
    for group in groups_on(facts.rolls, as_of):
        if not group.stays:
            yield f"{group.group.id}: nobody has recorded who belongs to this working group"
        yield from _of_members(facts, group.group.id)


def _of_members(facts: Facts, body: str) -> Iterator[str]:
    decisions = {decision.id for decision in facts.decisions}
    for joining in facts.rolls.joinings:
        if joining.body == body and joining.decision and joining.decision not in decisions:
            yield f"{body}: {joining.member} entered by {joining.decision}, a decision that is not on record"
    for found in contradictions_in(facts.rolls, body):
        yield f"{body}: a fact about {found.fact.member} is left out of the roll; expected {found.expected}"
