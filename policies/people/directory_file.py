"""The file of a directory: who is who on a day, to begin a record with, to change many, and to take along."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, time
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationInfo, field_validator

from policies.facts.people import ProgramRole
from policies.obligations.instrument import Identifier
from policies.people.directory import EMAIL, ENGLISH, Directory
from policies.problems import Problem, RefusedFileError, parse, read_toml
from policies.recurrence.question import Strict
from policies.toml_text import toml_value

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, pattern=r"^[^\r\n]+$")]
Address = Annotated[str, StringConstraints(pattern=r"^[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Channels = Annotated[tuple[Identifier, ...], Field(min_length=1)]
SENDER = "mandate-keeper"


class FiledPerson(Strict):
    """Somebody who receives notices, in `language` (ISO 639-1), over each of `channels`.

    `station` is their duty station; not named, it is the one at the institution's seat. `names` are those in
    other languages.
    """

    id: Identifier
    name: Line
    names: Mapping[Language, Line] = Field(default_factory=dict)
    address: Address
    language: Language = ENGLISH
    station: Identifier | None = None
    channels: Channels = (EMAIL,)


class FiledAbsence(Strict):
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


class FiledDelegation(FiledAbsence):
    """Days on which `delegate` gets what is owed to somebody who is not away, with them in copy."""

    delegate: Identifier


class FiledQuiet(Strict):
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


class DirectoryFile(Strict):
    """People, and the actors they stand for. `status` says whether the secretariat confirmed the entries.

    `duty_officer` takes over where reminders end, and gets what is meant for actors nobody stands for; not
    named, it is who stands for the secretariat. `quiet` is by duty station of the instrument. `roles` are
    those in the program, of which only the duty officer's is acted by.
    """

    status: Literal["confirmed", "unconfirmed"]
    duty_officer: Identifier | None = None
    sender: FiledPerson
    people: tuple[FiledPerson, ...]
    actors: Mapping[Identifier, Annotated[tuple[Identifier, ...], Field(min_length=1)]]
    absences: tuple[FiledAbsence, ...] = ()
    delegations: tuple[FiledDelegation, ...] = ()
    roles: Mapping[Literal["officer", "releaser", "auditor"], tuple[Identifier, ...]] = Field(
        default_factory=dict
    )
    quiet: Mapping[Identifier, FiledQuiet] = Field(default_factory=dict)


def read_directory(file: Path, actors: Iterable[str], stations: Iterable[str] = ()) -> DirectoryFile:
    """Read the file of a directory for a pack with these actors and duty stations.

    Raises:
        RefusedFileError: with every mistake; nothing is taken.
    """
    said = parse(DirectoryFile, read_toml(file), file)
    if problems := [*directory_problems(said, file.name, sorted(actors), sorted(stations))]:
        raise RefusedFileError(problems)
    return said


def directory_problems(
    said: DirectoryFile,
    file: str,
    actors: Sequence[str],
    stations: Sequence[str],
    besides: Iterable[str] = (),
) -> Iterator[Problem]:
    """Yield what is named and not there: people (of the file or `besides`), actors, stations."""
    people = [person.id for person in said.people]
    known = {*people, *besides}
    for twice in sorted({p for p in people if people.count(p) > 1}):
        yield Problem(file, "people.id", repr(twice), "each id once")
    for actor, ids in said.actors.items():
        if actor not in actors:
            yield Problem(file, f"actors.{actor}", repr(actor), f"one of: {', '.join(actors)}")
        for repeated in sorted({p for p in ids if ids.count(p) > 1}):
            yield Problem(file, f"actors.{actor}", repr(repeated), "each person once")
    for key, person in _named(said):
        if person not in known:
            yield Problem(file, key, repr(person), "the id of somebody under people")
    stationed = [(f"people.{person.id}.station", person.station) for person in said.people]
    for key, station in [*stationed, *((f"quiet.{name}", name) for name in said.quiet)]:
        if station and station not in stations:
            there = ", ".join(stations) or "none yet"
            yield Problem(file, key, repr(station), f"a station of instrument.toml: {there}")


def _named(said: DirectoryFile) -> Iterator[tuple[str, str]]:
    """Yield everybody the file names outside its list of people, with the key."""
    yield from ((f"actors.{actor}", person) for actor, ids in said.actors.items() for person in ids)
    yield from ((f"roles.{role}", person) for role, ids in said.roles.items() for person in ids)
    if said.duty_officer:
        yield "duty_officer", said.duty_officer
    for name, days in (("absences", said.absences), ("delegations", said.delegations)):
        for index, each in enumerate(days):
            yield f"{name}.{index}.person", each.person
            if each.delegate:
                yield f"{name}.{index}.delegate", each.delegate


def filed(directory: Directory) -> DirectoryFile:
    """Return a directory as a file says it: those who can be reached, and what is not over."""
    people = [person for person in directory.people if person.address]
    reached = {person.id for person in people}
    given = [each for each in directory.delegations if {each.person, each.delegate} <= reached]
    stand_in = {(each.person, each.first, each.last): each.delegate for each in given}
    absences = [*dict.fromkeys((each.person, each.first, each.last) for each in directory.absences)]
    others = directory.roles.items()
    roles = {str(role): ids for role, ids in others if role is not ProgramRole.DUTY_OFFICER}
    return DirectoryFile.model_validate(
        {
            "status": directory.status,
            "duty_officer": directory.duty_officer if directory.duty_officer in reached else None,
            "sender": {"id": SENDER, "name": directory.sender.name, "address": directory.sender.address},
            "people": [{key: getattr(person, key) for key in FiledPerson.model_fields} for person in people],
            "actors": _among(directory.actors, reached),
            "absences": [
                {"person": each[0], "first": each[1], "last": each[2], "delegate": stand_in.get(each)}
                for each in absences
                if each[0] in reached
            ],
            "delegations": [
                {"person": each.person, "first": each.first, "last": each.last, "delegate": each.delegate}
                for each in given
                if (each.person, each.first, each.last) not in absences
            ],
            "roles": _among(roles, reached),
            "quiet": {
                station: {"before": each.before, "after": each.after, "free_days": each.free_days}
                for station, each in directory.quiet.items()
            },
        }
    )


def _among(named: Mapping[str, Sequence[str]], reached: set[str]) -> dict[str, tuple[str, ...]]:
    found = {name: tuple(each for each in ids if each in reached) for name, ids in named.items()}
    return {str(name): ids for name, ids in found.items() if ids}


def written(said: DirectoryFile) -> str:
    """Return the file (TOML) of a directory."""
    lines = [f'status = "{said.status}"']
    if said.duty_officer:
        lines.append(f'duty_officer = "{said.duty_officer}"')
    tables: list[tuple[str, Mapping[str, object]]] = [
        ("[sender]", {"id": said.sender.id, "name": said.sender.name, "address": said.sender.address}),
        ("[actors]", dict(said.actors)),
        ("[roles]", {str(role): ids for role, ids in said.roles.items()}),
        *((f"[quiet.{station}]", dict(each)) for station, each in said.quiet.items()),
        *(("[[people]]", dict(person)) for person in said.people),
        *(("[[absences]]", dict(each)) for each in said.absences),
        *(("[[delegations]]", dict(each)) for each in said.delegations),
    ]
    for head, table in tables:
        kept = {key: value for key, value in table.items() if value not in (None, {}, ())}
        if kept:
            lines += ["", head, *(f"{key} = {toml_value(value)}" for key, value in kept.items())]
    return "\n".join(lines) + "\n"
