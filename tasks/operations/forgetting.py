"""Forgetting a person: what is theirs is destroyed, and that is recorded; everybody else stays proved."""

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from policies.facts.people import Departure
from records.database import reading, writing
from records.facts.facts import KINDS, record_fact
from records.facts.people import called
from records.ledger.scrubbing import scrub_notices
from records.personal.forgetting import forget_keys, forget_values, shred
from tasks.inputs.folder.keeping import delete
from tasks.installation.installation import Installation
from tasks.installation.last_good import directories_with
from tasks.installation.who import directory_at, keep_people_copy
from tasks.operations.held import Held, Known, held_about
from tasks.operations.watch.state import forget_told
from tasks.status.forgotten import cause_of, withhold_forgotten

if TYPE_CHECKING:
    from records.database import Session


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was destroyed: keys, letters to others, files; and how many notices were stopped."""

    keys: int
    named: int
    files: int
    withheld: int


def what_would_go(installation: Installation, known: Known) -> Held:
    """Return what is held about somebody, and so what forgetting them destroys.

    Raises:
        UnknownPersonError: there is nothing.
    """
    with reading(installation.engine) as session:
        return held_about(session, installation, known)


def forget(installation: Installation, known: Known, reason: str, by: str, now: datetime) -> Forgotten:
    """Destroy everything that is held about somebody, but what has left the house already.

    First the record, in one transaction; then the files. A kill between the two leaves files, and the same
    command again deletes them.

    Raises:
        UnknownPersonError: there is nothing.
    """
    engine = installation.engine
    with writing(engine) as session:
        held = held_about(session, installation, known)
        today = now.astimezone(ZoneInfo(installation.zone)).date()
        person = known.person if _is_an_id(session, held) else None
        _depart(session, known.person, reason, by, now, today)
        forget_values(
            session, [*held.named, *held.tokens], f"it named somebody who was forgotten: {reason}", by, now
        )
        forget_keys(session, held.keys or [_NOBODYS_KEY], person, reason, by, now)
        waiting = withhold_forgotten(session, now)
        scrub_notices(session, _needles(held), cause_of(now), now, by)
    shred(engine)
    files = [*held.files, *held.drafts]
    for file in files:
        delete(installation.settings, file)
    _forget_in_home(installation, _needles(held))
    keep_people_copy(installation, today)
    return Forgotten(len(held.keys), len(held.named), len(files), len(waiting))


_NOBODYS_KEY = 0  # of somebody who never had a key, and is forgotten so that nothing is sent to them


def _depart(session: "Session", person: str, reason: str, by: str, at: datetime, today: date) -> None:
    """Record that somebody has left, where they are there: what is owed to their place is another's to get.

    It comes before their key goes, and its source with it: why they were forgotten stays beside.
    """
    if directory_at(session, today).find(person):
        record_fact(session, KINDS["departure"].keeping(Departure(person, today, reason), by, at))


def _is_an_id(session: "Session", held: Held) -> bool:
    """Return whether somebody is known by an id, which stays; a name alone is never written down again."""
    known = held.known.person
    of_them = (row for rows in held.rows.values() for row in rows if row.get("person") == known)
    return bool(called(session, known)) or next(of_them, None) is not None


def _needles(held: Held) -> Sequence[str]:
    return [*held.known.names, *map(str.casefold, held.known.names), *_own_name(held)]


def _own_name(held: Held) -> Iterator[str]:
    """Yield the name that somebody was asked to be forgotten by, where it is no id."""
    if " " in held.known.person or "@" in held.known.person:
        yield held.known.person


def _forget_in_home(installation: Installation, needles: Collection[str]) -> None:
    """Take somebody out of the logs, of copies of the directory not in force, of what the watch told."""
    settings = installation.settings
    for file in (settings.home / "logs").rglob("*"):
        if file.is_file():
            _without_lines(file, needles)
    for file in directories_with(settings, needles):
        file.unlink(missing_ok=True)
    forget_told(settings.home, needles)


def _without_lines(file: Path, needles: Collection[str]) -> None:
    """Rewrite a log in its place without the lines that name somebody; whoever writes to it goes on."""
    escaped = {json.dumps(needle)[1:-1] for needle in needles}
    named = [needle.encode() for needle in {*needles, *escaped}]
    with suppress(OSError), file.open("r+b") as stream:
        lines = stream.readlines()
        kept = [line for line in lines if not any(needle in line for needle in named)]
        if kept != lines:
            stream.seek(0)
            stream.writelines(kept)
            stream.truncate()
