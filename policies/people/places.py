"""Places: what somebody was appointed to, and who has had it since."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from policies.facts.people import Departure, Succession

Move = TypeVar("Move", Departure, Succession)


@dataclass(frozen=True, slots=True)
class Place:
    """What somebody was appointed to: who has had it, each from a day on, the last of them now."""

    holders: tuple[tuple[str, date], ...]

    @property
    def holder(self) -> str:
        """Who has it now."""
        return self.holders[-1][0]

    def named_before(self, on: date) -> str:
        """Return who had it on the eve of a day; who was appointed first, if that was later."""
        before = [person for person, since_on in self.holders if since_on < on]
        return (before or [self.holders[0][0]])[-1]


class Moves:
    """Who left, and who took whose place, by a day: what it takes to follow a place."""

    def __init__(self, successions: Iterable[Succession], departures: Iterable[Departure], on: date) -> None:
        self._successions = _by_person(successions, lambda each: (each.since_on, each.successor), on)
        self._departures = _by_person(departures, lambda each: (each.left_on, ""), on)

    @cached_property
    def successors(self) -> Mapping[str, str]:
        """Who has the place of each person who was succeeded."""
        ends = {person: self._followed(person, date.min)[-1][0] for person in self._successions}
        return {person: end for person, end in ends.items() if person != end}

    def place(
        self, person: str, since_on: date, ends: Callable[[Departure], bool], *, passes_on: bool = True
    ) -> Place | None:
        """Return the place that somebody got on a day; None once it is nobody's.

        `ends` says which departures end it. What is not `passes_on` ends with a succession.
        """
        holders = self._followed(person, since_on)
        for (holder, from_on), (_, until_on) in zip(holders, [*holders[1:], ("", date.max)], strict=True):
            left = (each for each in self._departures.get(holder, ()) if ends(each))
            if any(from_on <= each.left_on < until_on for each in left):
                return None
        return Place(tuple(holders)) if passes_on or len(holders) == 1 else None

    def left_on(self, person: str) -> date | None:
        """Return the last day on which somebody left altogether; None where they never did."""
        return max((each.left_on for each in self._departures.get(person, ()) if whole(each)), default=None)

    def took_over_on(self, person: str) -> Sequence[date]:
        """Return the days on which somebody took another's place."""
        everybody = (each for found in self._successions.values() for each in found)
        return [each.since_on for each in everybody if each.successor == person]

    def _followed(self, person: str, since_on: date) -> list[tuple[str, date]]:
        """Return who has had a place, each from which day on, the first from `since_on`."""
        holders, used = [(person, since_on)], set[Succession]()
        while following := self._next(*holders[-1], used):
            used.add(following)
            holders.append((following.successor, following.since_on))
        return holders

    def _next(self, person: str, since_on: date, used: set[Succession]) -> Succession | None:
        found = self._successions.get(person, ())
        return next((each for each in found if each.since_on >= since_on and each not in used), None)


def whole(departure: Departure) -> bool:
    """Say whether somebody left altogether, and not just an actor or a role."""
    return departure.actor is None and departure.role is None


def _by_person(
    facts: Iterable[Move], day: Callable[[Move], tuple[date, str]], on: date
) -> Mapping[str, Sequence[Move]]:
    found: defaultdict[str, list[Move]] = defaultdict(list)
    for fact in sorted(facts, key=day):
        if day(fact)[0] <= on:
            found[fact.person].append(fact)
    return found
