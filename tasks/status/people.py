"""Who is who as people see it: a row for each person on a day, and what is on record about one of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from policies.facts.facts import WHO
from policies.people.directory import Directory, Person
from records.facts.facts import KINDS, in_force

if TYPE_CHECKING:
    from records.database import Session


class UnknownPersonError(LookupError):
    """Nobody of that id was ever recorded."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Somebody on a day; `away_until`, `stands_in` and its last day are of the day asked about."""

    person: Person
    actors: Sequence[str]
    roles: Sequence[str]
    away_until: date | None
    stands_in: str | None
    stands_in_until: date | None

    def as_json(self) -> dict[str, Any]:
        """Return the row of `mandates people list --json`; the shape is a contract (docs/command-line.md)."""
        person = self.person
        return {
            "id": person.id,
            "name": person.name,
            "names": [{"language": each, "name": name} for each, name in sorted(person.names.items())],
            "address": person.address or None,
            "language": person.language,
            "channels": list(person.channels),
            "station": person.station,
            "actors": list(self.actors),
            "roles": [str(role) for role in self.roles],
            "away_until": self.away_until.isoformat() if self.away_until else None,
            "stands_in": self.stands_in,
            "stands_in_until": self.stands_in_until.isoformat() if self.stands_in_until else None,
        }


@dataclass(frozen=True, slots=True)
class Told:
    """One fact on record about somebody, with the number that a correction names."""

    kind: str
    number: int
    recorded_at: datetime
    recorded_by: str
    says: str

    def as_json(self) -> dict[str, Any]:
        """Return the row of `facts` in `mandates people show --json`, a contract (docs/command-line.md)."""
        return {
            "fact": self.kind,
            "number": self.number,
            "recorded_at": self.recorded_at.isoformat(),
            "recorded_by": self.recorded_by,
            "says": self.says,
        }


def shown(directory: Directory) -> list[Shown]:
    """Return everybody who is there on the day of a directory, by their ids."""
    return [_shown(directory, person) for person in directory.people]


def _shown(directory: Directory, person: Person) -> Shown:
    absence, delegation = directory.absence_of(person.id), directory.delegation_of(person.id)
    return Shown(
        person,
        directory.actors_of(person.id),
        directory.roles_of(person.id),
        absence.last if absence else None,
        delegation.delegate if delegation else None,
        delegation.last if delegation else None,
    )


def told_of(session: "Session", person: str, known_at: datetime | None = None) -> list[Told]:
    """Return every fact in force about somebody: their own, and those that name them.

    Raises:
        UnknownPersonError: there is none.
    """
    found = [*_naming(session, person, known_at)]
    if not found:
        raise UnknownPersonError(f"nobody goes by {person!r}; who does: mandates people list")
    return found


def _naming(session: "Session", person: str, known_at: datetime | None) -> Iterator[Told]:
    for name in WHO:
        for row in in_force(session, KINDS[name], known_at):
            fact = row.fact_of(row)
            named = {getattr(fact, key, None) for key in ("person", "successor", "delegate")}
            if person in named or (name == "person" and fact.id == person):
                yield Told(name, row.id, row.recorded_at, row.recorded_by, _says(fact))


def _says(fact: Any) -> str:  # noqa: ANN401 (a fact of any kind about people)
    said = {key: getattr(fact, key) for key in fact.__slots__}
    kept = {key: value for key, value in said.items() if value not in (None, {}, ()) and key not in _WHOSE}
    return " ".join(f"{key}={_worded(value)}" for key, value in kept.items())


_WHOSE = ("id",)


def _worded(value: Any) -> str:  # noqa: ANN401 (a value of any field)
    return ",".join(value) if isinstance(value, tuple) else str(value)
