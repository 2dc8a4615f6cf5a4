"""Seats whose holders rotate: who holds each on a day, and whether two would hold one at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from policies.facts.membership import Seat
from policies.facts.terms import Term


@dataclass(frozen=True, slots=True)
class SeatOnRoll:
    """A seat on a day: its constituency and its term, each None where nobody has recorded it."""

    seat: str
    constituency: str | None
    term: Term | None


def seats_on(seats: Iterable[Seat], terms: Iterable[Term], body: str, on: date) -> tuple[SeatOnRoll, ...]:
    """Return the seats of a body on a day, by name: those recorded, and those that only a term names."""
    known = {each.seat: each for each in _by_day(seats) if each.body == body and each.since_on <= on}
    held = {term.seat: term for term in sorted(terms, key=repr) if term.body == body and holds(term, on)}
    return tuple(
        SeatOnRoll(name, known[name].constituency if name in known else None, held.get(name))
        for name in sorted({*known, *held})
    )


def holds(term: Term, on: date) -> bool:
    """Return whether a term runs on a day; its last day counts, and an unknown one has not come."""
    return term.starts_on <= on <= (term.ends_on or on)


def overlap(one: Term, other: Term) -> bool:
    """Return whether two terms would put two holders on one seat at one time."""
    same_seat = (one.body, one.seat) == (other.body, other.seat)
    return same_seat and one != other and _begins_in(one, other) | _begins_in(other, one)


def _by_day(seats: Iterable[Seat]) -> list[Seat]:
    return sorted(seats, key=lambda seat: (seat.since_on, repr(seat)))


def _begins_in(one: Term, other: Term) -> bool:
    return other.starts_on <= one.starts_on <= (other.ends_on or date.max)
