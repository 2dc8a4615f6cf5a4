"""Whom a cycle asks: the roll of the day it opens, where somebody vouches for it; else the directory."""

from collections.abc import Sequence
from datetime import date

from policies.facts.facts import Facts
from policies.membership.groups import chairs_on
from policies.membership.rolls import attested_on, roll_on
from policies.membership.seats import seats_on
from policies.pack.bodies import BodyKind
from policies.pack.pack import Pack
from policies.people.directory import Directory


def people_asked(pack: Pack, directory: Directory, facts: Facts, actor: str, on: date) -> Sequence[str]:
    """Return who is asked as an actor when a cycle opens on a day.

    A roll that nobody vouches for may be short of half its members, and so asks nobody: the directory does.
    """
    members = on_roll(pack, facts, actor, on)
    return directory.standing_for(actor) if members is None else members


def on_roll(pack: Pack, facts: Facts, actor: str, on: date) -> tuple[str, ...] | None:
    """Return who is an actor on a day by a roll; None where none is kept, or nobody vouches for it."""
    rolls = facts.rolls
    groups = next((body.actor for body in pack.bodies.values() if body.chairs == actor), None)
    vouched = attested_on(rolls, groups or actor, on)
    if vouched is None:
        return None
    if groups:
        return chairs_on(rolls, on)
    kind = pack.bodies[actor].kind if actor in pack.bodies else None
    if kind is BodyKind.MEMBERS:
        return tuple(stay.member for stay in roll_on(rolls, actor, on))
    if kind is BodyKind.SEATS:
        held = (seat.term for seat in seats_on(rolls.seats, facts.terms, actor, on))
        return tuple(dict.fromkeys(term.holder for term in held if term))
    return None
