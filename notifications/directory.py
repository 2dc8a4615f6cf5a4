"""The directory: which people stand for which actor, where they are reached and in which language."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationInfo, field_validator

from policies.obligations.instrument import Identifier
from policies.obligations.obligations import SECRETARIAT
from policies.problems import Problem, RefusedFileError, parse, read_toml
from policies.recurrence.question import Strict

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, pattern=r"^[^\r\n]+$")]
Address = Annotated[str, StringConstraints(pattern=r"^[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+$")]


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody a notice goes to; `language` is the one they asked for (ISO 639-1)."""

    id: str
    name: str
    address: str
    language: str
    channels: tuple[str, ...] = ("email",)


class Person(Strict):
    """Somebody who receives notices, in `language` (ISO 639-1), over each of `channels`.

    `station` is their duty station; not named, it is the one at the institution's seat.
    """

    id: Identifier
    name: Line
    address: Address
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] = "en"
    station: Identifier | None = None
    channels: Annotated[tuple[Identifier, ...], Field(min_length=1)] = ("email",)


class Absence(Strict):
    """Days on which somebody is away. What is owed to them goes to `delegate`, with them in copy.

    Without a delegate it waits until they are back.
    """

    person: Identifier
    first: date
    last: date
    delegate: Identifier | None = None

    @field_validator("last")
    @classmethod
    def _after_the_first(cls, last: date, info: ValidationInfo) -> date:
        first = info.data.get("first")
        if first and last < first:
            raise ValueError(f"a day not before first, {first}")
        return last

    def holds(self, on: date) -> bool:
        """Return whether the person is away on a day."""
        return self.first <= on <= self.last


class Quiet(Strict):
    """When nobody at a duty station is written to: before and after these hours, and on its free days."""

    before: time
    after: time
    free_days: bool = True

    @field_validator("after")
    @classmethod
    def _later(cls, after: time, info: ValidationInfo) -> time:
        before = info.data.get("before")
        if before is not None and after <= before:
            raise ValueError(f"an hour later than before, {before}")
        return after


class Directory(Strict):
    """People, and the actors they stand for. `status` says whether the secretariat confirmed the entries.

    `duty_officer` takes over where reminders end, and gets what is meant for actors nobody stands for; not
    named, it is who stands for the secretariat. `quiet` is by duty station of the instrument.
    """

    status: Literal["confirmed", "unconfirmed"]
    duty_officer: Identifier | None = None
    sender: Person
    people: tuple[Person, ...]
    actors: Mapping[Identifier, Annotated[tuple[Identifier, ...], Field(min_length=1)]]
    absences: tuple[Absence, ...] = ()
    quiet: Mapping[Identifier, Quiet] = Field(default_factory=dict)

    @property
    def on_duty(self) -> tuple[str, ...]:
        """The duty officer; nobody where neither one nor a secretariat is named."""
        return (self.duty_officer,) if self.duty_officer else self.standing_for(SECRETARIAT)[:1]

    def channels_of(self, person: str) -> tuple[str, ...]:
        """Return the channels a person is written to by."""
        return next((each.channels for each in self.people if each.id == person), ("email",))

    def absence_of(self, person: str, on: date) -> Absence | None:
        """Return the absence that a person is on, on a day."""
        return next((each for each in self.absences if each.person == person and each.holds(on)), None)

    def standing_for(self, actor: str) -> tuple[str, ...]:
        """Return the ids of the people who stand for an actor; nobody where the directory has none."""
        return self.actors.get(actor, ())

    def station_of(self, person: str) -> str | None:
        """Return the duty station a person is at, where the directory names one."""
        return next((each.station for each in self.people if each.id == person), None)

    def without(self, people: Collection[str]) -> "Directory":
        """Return the directory in which some people cannot be reached, whatever names them still."""
        left = tuple(each for each in self.people if each.id not in people)
        return self.model_copy(update={"people": left})

    def name_of(self, person: str) -> str:
        """Return what a person is called; their id once they have left the directory."""
        return next((each.name for each in self.people if each.id == person), person)

    def recipient(self, person: str) -> Recipient | None:
        """Return how a person is reached; None once they have left the directory."""
        found = next((p for p in self.people if p.id == person), None)
        return (
            Recipient(found.id, found.name, found.address, found.language, found.channels) if found else None
        )


def load_directory(file: Path, actors: Iterable[str], stations: Iterable[str] = ()) -> Directory:
    """Read the directory for a pack with these actors and duty stations.

    Raises:
        RefusedFileError: with every mistake; nothing is taken.
    """
    directory = parse(Directory, read_toml(file), file)
    if problems := [*_problems(directory, file.name, sorted(actors), sorted(stations))]:
        raise RefusedFileError(problems)
    return directory


def _problems(
    directory: Directory, file: str, actors: Sequence[str], stations: Sequence[str]
) -> Iterator[Problem]:
    people = [person.id for person in directory.people]
    for twice in sorted({p for p in people if people.count(p) > 1}):
        yield Problem(file, "people.id", repr(twice), "each id once")
    for actor, ids in directory.actors.items():
        if actor not in actors:
            yield Problem(file, f"actors.{actor}", repr(actor), f"one of: {', '.join(actors)}")
        for repeated in sorted({p for p in ids if ids.count(p) > 1}):
            yield Problem(file, f"actors.{actor}", repr(repeated), "each person once")
    for key, person in _named(directory):
        if person not in people:
            yield Problem(file, key, repr(person), "the id of somebody under people")
    stationed = [(f"people.{person.id}.station", person.station) for person in directory.people]
    for key, station in [*stationed, *((f"quiet.{name}", name) for name in directory.quiet)]:
        if station and station not in stations:
            known = ", ".join(stations) or "none yet"
            yield Problem(file, key, repr(station), f"a station of instrument.toml: {known}")


def _named(directory: Directory) -> Iterator[tuple[str, str]]:
    """Yield everybody the directory names outside its list of people, with the key."""
    yield from ((f"actors.{actor}", person) for actor, ids in directory.actors.items() for person in ids)
    if directory.duty_officer:
        yield "duty_officer", directory.duty_officer
    for index, absence in enumerate(directory.absences):
        yield f"absences.{index}.person", absence.person
        if absence.delegate:
            yield f"absences.{index}.delegate", absence.delegate
