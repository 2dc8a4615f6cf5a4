"""Facts about who is who: people and offices, how they are reached, whom they stand for, when they are away.

Who fills which place on a day is derived from them (`policies/people/directory.py`), in whatever order they
were recorded. A person is named by a short id that says nothing of them. All days are calendar dates at the
institution's seat. What somebody is called or reached by holds from `since_on` until a later fact says
otherwise; days from `first` to `last` count whole, and on the day somebody departs or is succeeded they have
their place no longer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from policies.facts.kinds import kept, on

ALWAYS = date(1900, 1, 1)
"""The day from which facts hold of which nobody said since when: before any day that is asked about."""


class ProgramRole(StrEnum):
    """What somebody does in the program. Only the duty officer's is acted by; the others are shown."""

    OFFICER = "officer"
    RELEASER = "releaser"
    AUDITOR = "auditor"
    DUTY_OFFICER = "duty-officer"


@dataclass(frozen=True, slots=True)
class PersonFact:
    """That a person or an office goes by `id`, and what it is called; `names` are in other languages."""

    id: str
    name: str
    since_on: date
    source: str
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contact:
    """How somebody is written to from a day on. What is None stays as it was.

    `language` is ISO 639-1, `channels` are named as in the settings, `station` is the duty station.
    """

    person: str
    since_on: date
    source: str
    address: str | None = None
    language: str | None = None
    channels: tuple[str, ...] | None = None
    station: str | None = None


@dataclass(frozen=True, slots=True)
class Appointment:
    """That somebody stands for an actor; `until` is the last day, where one is known.

    Who stand for the same actor are named in the order of `place`, then of the day, then of their ids.
    """

    person: str
    actor: str
    since_on: date
    source: str
    until: date | None = None
    place: int = 0


@dataclass(frozen=True, slots=True)
class Departure:
    """That somebody stands for an actor no longer, has a role no longer, or (neither named) has left."""

    person: str
    left_on: date
    source: str
    actor: str | None = None
    role: ProgramRole | None = None


@dataclass(frozen=True, slots=True)
class Succession:
    """That another takes somebody's place: for every actor, and in whatever is open."""

    person: str
    successor: str
    since_on: date
    source: str


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on which somebody is away."""

    person: str
    first: date
    last: date
    source: str


@dataclass(frozen=True, slots=True)
class Delegation:
    """Days on which another gets what is owed to somebody, who stays in copy."""

    person: str
    delegate: str
    first: date
    last: date
    source: str


@dataclass(frozen=True, slots=True)
class RoleFact:
    """That somebody has a role in the program; `until` is the last day, where one is known."""

    person: str
    role: ProgramRole
    since_on: date
    source: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class SenderFact:
    """What the program calls itself from a day on, and the address it writes from."""

    name: str
    address: str
    since_on: date
    source: str


@dataclass(frozen=True, slots=True)
class QuietFact:
    """When nobody at a duty station is written to: before and after these hours (HH:MM, local time).

    With `free_days` not on its free days either.
    """

    station: str
    before: str
    after: str
    since_on: date
    source: str
    free_days: bool = True


@dataclass(frozen=True, slots=True)
class Confirmation:
    """That the secretariat vouches for what is recorded about who is who."""

    confirmed_on: date
    source: str


_PERSON = on("person", person="id")


@dataclass(frozen=True)
class PeopleFacts:
    """Everything recorded about who is who."""

    people: Sequence[PersonFact] = kept("person")
    contacts: Sequence[Contact] = kept("contact", rests_on=(_PERSON,))
    appointments: Sequence[Appointment] = kept("appointment", rests_on=(_PERSON,))
    departures: Sequence[Departure] = kept(
        "departure",
        rests_on=(
            _PERSON,
            on("person", "actor", appointment=("person", "actor")),
            on("person", "role", role=("person", "role")),
        ),
    )
    successions: Sequence[Succession] = kept("succession", rests_on=(_PERSON, on("successor", person="id")))
    absences: Sequence[Absence] = kept("absence", rests_on=(_PERSON,))
    delegations: Sequence[Delegation] = kept("delegation", rests_on=(_PERSON, on("delegate", person="id")))
    roles: Sequence[RoleFact] = kept("role", rests_on=(_PERSON,))
    senders: Sequence[SenderFact] = kept("sender")
    quiet_hours: Sequence[QuietFact] = kept("quiet")
    confirmations: Sequence[Confirmation] = kept("confirmation")
