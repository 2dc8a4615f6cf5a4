"""Where the file of a directory and the record differ, and which facts take over what the file says."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from policies.facts.facts import WHO
from policies.facts.people import ALWAYS, PeopleFacts, ProgramRole
from policies.people.deriving import directory_on
from policies.people.directory import CONFIRMED, EMAIL, ENGLISH, Directory, Person
from policies.people.directory_file import DirectoryFile, FiledPerson, read_directory

Entry = Mapping[str, Any]
_NOBODY, _NOTHING = "nobody", "nothing"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the file says otherwise than the record, by its `key` in the file.

    `entries` are those of a facts file that take it over, each with the name of its table; none where only
    the withdrawal of a fact would. What `ends` something is taken over with a whole file alone.
    """

    key: str
    recorded: str
    filed: str
    entries: tuple[tuple[str, Entry], ...] = ()
    ends: bool = False

    def __str__(self) -> str:
        return f"{self.key}: {self.recorded} on record, {self.filed} in the file"


@dataclass(frozen=True, slots=True)
class _Comparing:
    """The record, the file, and how what is taken over of it is dated and where it is written."""

    now: Directory
    said: DirectoryFile
    on: date
    source: str
    known: Mapping[str, Person] = field(default_factory=dict)

    def since(self, **said: Any) -> Entry:  # noqa: ANN401 (keys of an entry)
        return {**said, "since_on": self.on, "source": self.source}

    def departure(self, person: str, **more: str) -> tuple[tuple[str, Entry], ...]:
        entry = {"person": person, "left_on": self.on, "source": self.source, **more}
        return (("departures", entry),)


def differences(now: Directory, said: DirectoryFile, on: date, source: str) -> list[Difference]:
    """Return where a file and the record differ; what is taken over holds from the day `on`."""
    asked = _Comparing(now, said, on, source, {person.id: person for person in now.people})
    parts = (_people, _actors, _roles, _days, _house)
    return [difference for part in parts for difference in part(asked)]


def taken_over(found: list[Difference], *, whole: bool) -> dict[str, list[Entry]]:
    """Return the content of the facts file that takes differences over; what ends only with a `whole` one."""
    content: dict[str, list[Entry]] = {}
    for difference in found:
        for table, entry in difference.entries if whole or not difference.ends else ():
            content.setdefault(table, []).append(entry)
    return content


def _people(asked: _Comparing) -> Iterator[Difference]:
    for filed in asked.said.people:
        recorded = asked.known.get(filed.id)
        if recorded is None:
            entries = (("people", _named(asked, filed)), ("contacts", _reached(asked, filed, None)))
            yield Difference(f"people.{filed.id}", _NOBODY, filed.name, entries)
            continue
        if (recorded.name, dict(recorded.names)) != (filed.name, dict(filed.names)):
            names = [", ".join([each.name, *each.names.values()]) for each in (recorded, filed)]
            named = (("people", _named(asked, filed)),)
            yield Difference(f"people.{filed.id}.name", repr(names[0]), repr(names[1]), named)
        if reached := _reached(asked, filed, recorded):
            keys = [key for key in _CONTACT if key in reached]
            words = [" ".join(_worded(getattr(each, key)) for key in keys) for each in (recorded, filed)]
            yield Difference(
                f"people.{filed.id}.{'/'.join(keys)}", words[0], words[1], (("contacts", reached),)
            )
    for person in asked.now.people:
        if person.id not in {filed.id for filed in asked.said.people}:
            left = asked.departure(person.id)
            yield Difference(f"people.{person.id}", person.name, _NOBODY, left, ends=True)


_CONTACT: Mapping[str, object] = {"address": "", "language": ENGLISH, "channels": (EMAIL,), "station": None}


def _named(asked: _Comparing, filed: FiledPerson) -> Entry:
    names = {"names": dict(filed.names)} if filed.names else {}
    return asked.since(id=filed.id, name=filed.name, **names)


def _reached(asked: _Comparing, filed: FiledPerson, recorded: Person | None) -> Entry:
    """Return the entry of what the file says otherwise; nothing where it is the same, or says nothing."""
    before = {key: getattr(recorded, key) if recorded else usual for key, usual in _CONTACT.items()}
    said = {key: getattr(filed, key) for key in _CONTACT}
    other = {key: value for key, value in said.items() if value is not None and value != before[key]}
    return asked.since(person=filed.id, **other) if other else {}


def _worded(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value or _NOTHING)


def _actors(asked: _Comparing) -> Iterator[Difference]:
    for actor in sorted({*asked.now.actors, *asked.said.actors}):
        recorded, filed = asked.now.standing_for(actor), asked.said.actors.get(actor, ())
        for place, person in enumerate(filed):
            if person not in recorded:
                entry = asked.since(person=person, actor=actor, place=place)
                yield Difference(f"actors.{actor}", f"not {person}", person, (("appointments", entry),))
        for person in recorded:
            if person not in filed:
                left = asked.departure(person, actor=actor) if _stays(asked, person) else ()
                yield Difference(f"actors.{actor}", person, f"not {person}", left, ends=True)


def _roles(asked: _Comparing) -> Iterator[Difference]:
    filed = {ProgramRole(role): ids for role, ids in asked.said.roles.items()}
    filed[ProgramRole.DUTY_OFFICER] = (asked.said.duty_officer,) if asked.said.duty_officer else ()
    for role in ProgramRole:
        recorded, wanted = asked.now.roles.get(role, ()), filed.get(role, ())
        for person in wanted:
            if person not in recorded:
                entry = asked.since(person=person, role=role)
                yield Difference(role, f"not {person}", person, (("roles", entry),))
        for person in recorded:
            replaced = role is ProgramRole.DUTY_OFFICER and wanted
            if person not in wanted and not replaced:
                left = asked.departure(person, role=role) if _stays(asked, person) else ()
                yield Difference(role, person, f"not {person}", left, ends=True)


def _stays(asked: _Comparing, person: str) -> bool:
    """Whether somebody is in the file; who is not leaves, and with that all they stand for."""
    return any(filed.id == person for filed in asked.said.people)


def _days(asked: _Comparing) -> Iterator[Difference]:
    """Yield absences and delegations to come, or not over, that the other does not have."""
    absent = {(each.person, each.first, each.last) for each in asked.now.absences}
    filed = {(each.person, each.first, each.last): each.delegate for each in asked.said.absences}
    given = {(each.person, each.first, each.last, each.delegate) for each in asked.now.delegations}
    wanted = {(*key, delegate) for key, delegate in filed.items() if delegate}
    wanted |= {(each.person, each.first, each.last, each.delegate) for each in asked.said.delegations}
    for person, first, last in sorted(key for key in filed.keys() - absent if key[2] >= asked.now.on):
        entry = {"person": person, "first": first, "last": last, "source": asked.source}
        yield Difference("absences", _NOTHING, f"{person} {first} to {last}", (("absences", entry),))
    for person, first, last, delegate in sorted(each for each in wanted - given if each[2] >= asked.now.on):
        days = {"first": first, "last": last, "source": asked.source}
        entry = {"person": person, "delegate": delegate, **days}
        words = f"{delegate} for {person} {first} to {last}"
        yield Difference("delegations", _NOTHING, words, (("delegations", entry),))
    for person, first, last in sorted(absent - filed.keys()):
        yield Difference("absences", f"{person} {first} to {last}", _NOTHING, ends=True)
    for person, first, last, delegate in sorted(given - wanted):
        yield Difference("delegations", f"{delegate} for {person} {first} to {last}", _NOTHING, ends=True)


def _house(asked: _Comparing) -> Iterator[Difference]:
    now, said = asked.now, asked.said
    sender = (said.sender.name, said.sender.address)
    if (now.sender.name, now.sender.address) != sender:
        entry = asked.since(name=sender[0], address=sender[1])
        before = f"{now.sender.name} <{now.sender.address}>"
        yield Difference("sender", before, f"{sender[0]} <{sender[1]}>", (("senders", entry),))
    for station, quiet in said.quiet.items():
        recorded = now.quiet.get(station)
        if recorded is None or (recorded.before, recorded.after, recorded.free_days) != (
            quiet.before,
            quiet.after,
            quiet.free_days,
        ):
            hours = {"before": f"{quiet.before:%H:%M}", "after": f"{quiet.after:%H:%M}"}
            entry = asked.since(station=station, **hours, free_days=quiet.free_days)
            before = f"{recorded.before:%H:%M} to {recorded.after:%H:%M}" if recorded else _NOTHING
            words = f"{quiet.before:%H:%M} to {quiet.after:%H:%M}"
            yield Difference(f"quiet.{station}", before, words, (("quiet_hours", entry),))
    for station in now.quiet.keys() - said.quiet.keys():
        yield Difference(f"quiet.{station}", "quiet hours", _NOTHING, ends=True)
    if now.status != said.status:
        confirmed = {"confirmed_on": asked.on, "source": asked.source}
        entries = (("confirmations", confirmed),) if said.status == CONFIRMED else ()
        yield Difference("status", now.status, said.status, entries)


def load_directory(
    file: Path, actors: Iterable[str], stations: Iterable[str] = (), on: date = ALWAYS
) -> Directory:
    """Return who is who on a day as a file says it, for a pack with these actors and stations.

    Raises:
        RefusedFileError: with every mistake; nothing is taken.
    """
    return directory_of(read_directory(file, actors, stations), file.name, on)


def directory_of(said: DirectoryFile, source: str, on: date) -> Directory:
    """Return who is who on a day as the file of a directory says it, whatever the pack knows of it."""
    content = taken_over(differences(Directory(ALWAYS), said, ALWAYS, source), whole=True)
    facts = {
        kind.plural: [kind.fact(**entry) for entry in content.get(kind.plural, ())] for kind in WHO.values()
    }
    return directory_on(PeopleFacts(**facts), on)
