"""Deriving the directory as of a day from the facts about people."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from functools import partial
from typing import Any, TypeVar

from policies.facts.people import Contact, Departure, PeopleFacts, ProgramRole, RoleFact
from policies.people.directory import (
    CONFIRMED,
    EMAIL,
    ENGLISH,
    UNCONFIRMED,
    Directory,
    Person,
    Quiet,
    Writer,
)
from policies.people.places import Moves, Place, whole

Dated = TypeVar("Dated")


def directory_on(who: PeopleFacts, on: date) -> Directory:
    """Return who is who at the end of a day; facts recorded in another order give the same."""
    moves = Moves(who.successions, who.departures, on)
    people = _people(who, on)
    gone = {*moves.successors, *(person.id for person in people if _has_left(who, moves, person.id, on))}
    sender = _last(who.senders, on)
    return Directory(
        on=on,
        status=CONFIRMED if any(each.confirmed_on <= on for each in who.confirmations) else UNCONFIRMED,
        sender=Writer(sender.name, sender.address) if sender else Writer(),
        people=tuple(person for person in people if person.id not in gone),
        gone=tuple(person for person in people if person.id in gone),
        places=_places(who, moves, on),
        successors=moves.successors,
        duty=_duty(who, moves, on),
        roles=_roles(who, moves, on),
        absences=_in_order(each for each in who.absences if each.last >= on),
        delegations=_in_order(each for each in who.delegations if each.last >= on),
        quiet=_quiet(who, on),
    )


def _people(who: PeopleFacts, on: date) -> list[Person]:
    names, contacts = _by(who.people, lambda each: each.id), _by(who.contacts, lambda each: each.person)
    named = {person: _last(facts, on) for person, facts in sorted(names.items())}
    return [
        Person(
            id=fact.id,
            name=fact.name,
            names=fact.names,
            address=_said(contacts[person], "address", on) or "",
            language=_said(contacts[person], "language", on) or ENGLISH,
            channels=_said(contacts[person], "channels", on) or (EMAIL,),
            station=_said(contacts[person], "station", on),
        )
        for person, fact in named.items()
        if fact
    ]


def _said(contacts: Iterable[Contact], key: str, on: date) -> Any:  # noqa: ANN401 (each key has a type of its own)
    """Return what was said last, by a day, of one thing; None where nothing was."""
    found = _last((each for each in contacts if getattr(each, key) is not None), on)
    return getattr(found, key) if found else None


def _has_left(who: PeopleFacts, moves: Moves, person: str, on: date) -> bool:
    """Whether somebody left altogether, and has neither taken a place nor been recorded again since."""
    left_on = moves.left_on(person)
    if left_on is None:
        return False
    recorded = (each.since_on for each in who.people if each.id == person and each.since_on <= on)
    return not any(each > left_on for each in (*moves.took_over_on(person), *recorded))


def _places(who: PeopleFacts, moves: Moves, on: date) -> dict[str, tuple[Place, ...]]:
    found: defaultdict[str, list[Place]] = defaultdict(list)
    for each in sorted(
        who.appointments, key=lambda each: (each.place, each.since_on, each.person, each.actor)
    ):
        if each.since_on <= on <= (each.until or on):
            place = moves.place(each.person, each.since_on, partial(_ends, actor=each.actor))
            if place:
                found[each.actor].append(place)
    return {actor: tuple(places) for actor, places in sorted(found.items())}


def _ends(left: Departure, actor: str | None = None, role: ProgramRole | None = None) -> bool:
    """Whether a departure ends the place of an actor, or the holding of a role."""
    return (
        whole(left) or (actor is not None and left.actor == actor) or (role is not None and left.role is role)
    )


def _held(who: PeopleFacts, moves: Moves, on: date, *, duty: bool) -> list[tuple[RoleFact, Place]]:
    """Return the roles that are held, the latest given last; of these only a duty officer's passes on."""
    given = (each for each in who.roles if (each.role is ProgramRole.DUTY_OFFICER) == duty)
    found = []
    for each in sorted(given, key=lambda each: (each.since_on, each.person, each.role)):
        if each.since_on <= on <= (each.until or on):
            place = moves.place(
                each.person,
                each.since_on,
                partial(_ends, role=each.role),
                passes_on=duty,
            )
            if place:
                found.append((each, place))
    return found


def _duty(who: PeopleFacts, moves: Moves, on: date) -> tuple[Place, ...]:
    """Return the place of the duty officer: there is one, whoever was named last."""
    return tuple(place for _, place in _held(who, moves, on, duty=True)[-1:])


def _roles(who: PeopleFacts, moves: Moves, on: date) -> Mapping[ProgramRole, tuple[str, ...]]:
    found: defaultdict[ProgramRole, list[str]] = defaultdict(list)
    for fact, place in _held(who, moves, on, duty=False):
        found[fact.role].append(place.holder)
    found[ProgramRole.DUTY_OFFICER] += [place.holder for place in _duty(who, moves, on)]
    return {role: tuple(dict.fromkeys(found[role])) for role in ProgramRole if found[role]}


def _quiet(who: PeopleFacts, on: date) -> dict[str, Quiet]:
    by_station = _by(who.quiet_hours, lambda each: each.station)
    found = {station: _last(facts, on) for station, facts in sorted(by_station.items())}
    return {
        station: Quiet(time.fromisoformat(fact.before), time.fromisoformat(fact.after), fact.free_days)
        for station, fact in found.items()
        if fact
    }


def _last(facts: Iterable[Any], on: date) -> Any:  # noqa: ANN401 (a fact of the kind that is given)
    """Return the fact in force on a day, by its `since_on`; None where none is.

    Of two from the same day, which entries do not allow, it is the same one in whatever order they come.
    """
    found = (each for each in facts if each.since_on <= on)
    return max(found, key=lambda each: (each.since_on, repr(each)), default=None)


def _by(facts: Iterable[Dated], name_of: Callable[[Dated], str]) -> defaultdict[str, list[Dated]]:
    found: defaultdict[str, list[Dated]] = defaultdict(list)
    for fact in facts:
        found[name_of(fact)].append(fact)
    return found


def _in_order(facts: Iterable[Dated]) -> tuple[Dated, ...]:
    return tuple(sorted(facts, key=repr))
