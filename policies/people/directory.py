"""The directory as of a day: who fills which place, how they are reached, who is away and who stands in.

It is derived from the facts about people alone, whatever the order in which they were recorded.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from typing import TypeVar

from policies.facts.people import Absence, Delegation, ProgramRole
from policies.obligations.obligations import SECRETARIAT
from policies.people.places import Place

CONFIRMED, UNCONFIRMED = "confirmed", "unconfirmed"
EMAIL, ENGLISH = "email", "en"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody a notice goes to; `language` is the one they asked for (ISO 639-1)."""

    id: str
    name: str
    address: str
    language: str
    channels: tuple[str, ...] = (EMAIL,)


@dataclass(frozen=True, slots=True)
class Person:
    """A person or an office on a day; `address` is empty while none is recorded.

    `station` is their duty station; not named, it is the one at the institution's seat. `names` are those in
    other languages.
    """

    id: str
    name: str
    address: str = ""
    language: str = ENGLISH
    channels: tuple[str, ...] = (EMAIL,)
    station: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)

    def called(self, language: str) -> str:
        """Return the name in a language, where there is one in it."""
        return self.names.get(language, self.name)


@dataclass(frozen=True, slots=True)
class Writer:
    """What the program calls itself, and the address it writes from."""

    name: str = "Mandate Keeper"
    address: str = "nobody@mandates.invalid"


@dataclass(frozen=True, slots=True)
class Quiet:
    """When nobody at a duty station is written to: before and after these hours, and on its free days."""

    before: time
    after: time
    free_days: bool = True


@dataclass(frozen=True)
class Directory:
    """Who is who on the day `on`. `status` says whether the secretariat confirmed what is recorded.

    `people` are those who are there; `gone` those who had a name and are not any more. `places` are what each
    actor's people fill, `successors` who has the place of somebody who was succeeded. Absences and
    delegations are all that are not over; `quiet` is by duty station.
    """

    on: date
    status: str = UNCONFIRMED
    sender: Writer = field(default_factory=Writer)
    people: tuple[Person, ...] = ()
    gone: tuple[Person, ...] = ()
    places: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    successors: Mapping[str, str] = field(default_factory=dict)
    duty: tuple[Place, ...] = ()
    roles: Mapping[ProgramRole, tuple[str, ...]] = field(default_factory=dict)
    absences: tuple[Absence, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    quiet: Mapping[str, Quiet] = field(default_factory=dict)

    @cached_property
    def _present(self) -> Mapping[str, Person]:
        return {person.id: person for person in self.people}

    @cached_property
    def _ever(self) -> Mapping[str, Person]:
        return {person.id: person for person in (*self.gone, *self.people)}

    @cached_property
    def actors(self) -> Mapping[str, tuple[str, ...]]:
        """The people who stand for each actor that anybody stands for."""
        found = {actor: self.standing_for(actor) for actor in self.places}
        return {actor: people for actor, people in found.items() if people}

    @property
    def duty_officer(self) -> str | None:
        """The duty officer, where one is named."""
        return next((place.holder for place in self.duty), None)

    @property
    def on_duty(self) -> tuple[str, ...]:
        """The duty officer; nobody where neither one nor a secretariat is named."""
        return (self.duty_officer,) if self.duty_officer else self.standing_for(SECRETARIAT)[:1]

    def on_duty_since(self, opened_on: date) -> tuple[str, ...]:
        """Return under whose id the duty officer is told about what was opened on a day."""
        return self._named_since(self.duty or self.places.get(SECRETARIAT, ()), opened_on)[:1]

    def standing_for(self, actor: str) -> tuple[str, ...]:
        """Return the ids of the people who stand for an actor; nobody where nobody is recorded."""
        return tuple(dict.fromkeys(place.holder for place in self.places.get(actor, ())))

    def standing_since(self, actor: str, opened_on: date) -> tuple[str, ...]:
        """Return under whose ids an actor is told about what was opened on a day.

        Who took somebody's place since then is told under the predecessor's: so nothing is said twice.
        """
        return self._named_since(self.places.get(actor, ()), opened_on)

    def _named_since(self, places: Iterable[Place], opened_on: date) -> tuple[str, ...]:
        """Return an id for each person, their own where they had a place themselves."""
        found: dict[str, str] = {}
        for place in places:
            named = place.named_before(opened_on)
            found[place.holder] = (
                named if place.holder not in found or named == place.holder else found[place.holder]
            )
        return tuple(found.values())

    def holder_of(self, person: str) -> str:
        """Return who has the place of somebody: mostly themselves."""
        return self.successors.get(person, person)

    @cached_property
    def lines(self) -> Mapping[str, frozenset[str]]:
        """All who have, or had, the same place, for each of them; nobody whose place only they ever had."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for person, holder in self.successors.items():
            found[holder] |= {person, holder}
        return {person: frozenset(line) for line in found.values() for person in line}

    def everybody(self) -> Iterator[str]:
        """Yield every id under which something may be owed: of those who are there, and were succeeded."""
        yield from dict.fromkeys((*self._present, *self.successors))

    def find(self, person: str) -> Person | None:
        """Return who has the place of somebody; None where nobody has."""
        return self._present.get(self.holder_of(person))

    def channels_of(self, person: str) -> tuple[str, ...]:
        """Return the channels that whoever has this place is written to by."""
        found = self.find(person)
        return found.channels if found else (EMAIL,)

    def station_of(self, person: str) -> str | None:
        """Return the duty station that whoever has this place is at, where one is recorded."""
        found = self.find(person)
        return found.station if found else None

    def name_of(self, person: str, language: str = ENGLISH) -> str:
        """Return what a person is called, or was when they left; their id where nobody recorded a name."""
        return self._ever[person].called(language) if person in self._ever else person

    def holder_name(self, person: str) -> str:
        """Return what whoever has this place is called."""
        return self.name_of(self.holder_of(person))

    def recipient(self, person: str) -> Recipient | None:
        """Return how whoever has this place is reached; None where nobody is."""
        found = self.find(person)
        if found is None or not found.address:
            return None
        name = found.called(found.language)
        return Recipient(found.id, name, found.address, found.language, found.channels)

    def absence_of(self, person: str) -> Absence | None:
        """Return the absence that whoever has this place is on; the longest of several."""
        return _longest(
            each for each in self.absences if each.person == self.holder_of(person) and self._now(each)
        )

    def delegation_of(self, person: str) -> Delegation | None:
        """Return the delegation by which another gets what is owed to whoever has this place."""
        return _longest(
            each for each in self.delegations if each.person == self.holder_of(person) and self._now(each)
        )

    def _now(self, days: Absence | Delegation) -> bool:
        return days.first <= self.on <= days.last

    def actors_of(self, person: str) -> Sequence[str]:
        """Return the actors that a person stands for."""
        return [actor for actor in self.places if person in self.standing_for(actor)]

    def roles_of(self, person: str) -> Sequence[ProgramRole]:
        """Return the roles that a person has in the program."""
        return [role for role, people in self.roles.items() if person in people]


Days = TypeVar("Days", Absence, Delegation)


def _longest(found: Iterator[Days]) -> Days | None:
    return max(found, key=lambda each: (each.last, each.first, repr(each)), default=None)
