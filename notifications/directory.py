"""The directory: which people stand for which actor, where they are reached and in which language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from policies.clocks.question import Strict
from policies.instrument import Identifier
from policies.problems import Problem, RefusedFileError, parse, read_toml

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
    """Somebody who receives notices, in `language` (ISO 639-1), over each of `channels`."""

    id: Identifier
    name: Line
    address: Address
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] = "en"
    channels: Annotated[tuple[Identifier, ...], Field(min_length=1)] = ("email",)


class Directory(Strict):
    """People, and the actors they stand for. `status` says whether the secretariat confirmed the entries."""

    status: Literal["confirmed", "unconfirmed"]
    sender: Person
    people: tuple[Person, ...]
    actors: Mapping[Identifier, Annotated[tuple[Identifier, ...], Field(min_length=1)]]

    def standing_for(self, actor: str) -> tuple[str, ...]:
        """Return the ids of the people who stand for an actor; nobody where the directory has none."""
        return self.actors.get(actor, ())

    def recipient(self, person: str) -> Recipient | None:
        """Return how a person is reached; None once they have left the directory."""
        found = next((p for p in self.people if p.id == person), None)
        return (
            Recipient(found.id, found.name, found.address, found.language, found.channels) if found else None
        )


def load_directory(file: Path, actors: Iterable[str]) -> Directory:
    """Read the directory for a pack with these actors.

    Raises:
        RefusedFileError: with every mistake; nothing is taken.
    """
    directory = parse(Directory, read_toml(file), file)
    people = [person.id for person in directory.people]
    problems = [
        Problem(file.name, "people.id", repr(twice), "each id once")
        for twice in sorted({p for p in people if people.count(p) > 1})
    ]
    known = sorted(actors)
    for actor, ids in directory.actors.items():
        if actor not in known:
            problems.append(Problem(file.name, f"actors.{actor}", repr(actor), f"one of: {', '.join(known)}"))
        repeated = sorted({p for p in ids if ids.count(p) > 1})
        problems += [Problem(file.name, f"actors.{actor}", repr(p), "each person once") for p in repeated]
        missing = [p for p in ids if p not in people]
        problems += [
            Problem(file.name, f"actors.{actor}", repr(p), "the id of somebody under people") for p in missing
        ]
    if problems:
        raise RefusedFileError(problems)
    return directory
