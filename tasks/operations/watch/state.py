"""What the watch told to whom, kept in several places: any of them may be what is broken.

The places are the home, a folder in the machine's memory, and the record. What was kept last
counts. A file that is torn, empty or of another shape is as if it were not there.
"""

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ValidationError

from records.database import DatabaseError, reading, writing
from records.incidents import Incident, last_told_at, open_incidents, record_incidents
from tasks.operations.watch.troubles import Looked

if TYPE_CHECKING:
    from records.database import Engine

BY = "watch"
EVERYBODY = "*"
"""Whom rows of the record name that were made before it was kept who was told."""
_NAME = "watch.json"
_IN_MEMORY = Path("/dev/shm"), Path("/tmp"), Path("/")  # noqa: S108 (what is made in it is checked to be ours)
_RESERVED = 16 * 1024  # bytes; what is there already can be written over on a disk that is full


class Known(BaseModel):
    """A trouble that was told: in which words, and to whom of those who were not told yet that it is over."""

    what: str
    told: list[str]


class State(BaseModel):
    """What is known to be told, by the name of the trouble, as of an aware instant."""

    at: datetime
    incidents: dict[str, Known]


@dataclass(slots=True)
class Memory:
    """What was told, as far as any place knows it, and where it is kept."""

    files: Sequence[Path]
    incidents: dict[str, Known] = field(default_factory=dict)

    def has_told(self, incident: str, target: str) -> bool:
        """Return whether somebody was told of a trouble, and not yet that it is over."""
        known = self.incidents.get(incident)
        return known is not None and bool({target, EVERYBODY} & set(known.told))

    def told(self, incident: str, what: str, target: str) -> None:
        """Remember that somebody was told of a trouble."""
        known = self.incidents.setdefault(incident, Known(what=what, told=[]))
        known.told = sorted({*known.told, target})

    def told_over(self, incident: str, target: str, targets: Iterable[str]) -> None:
        """Remember that somebody was told that a trouble is over; nobody is left but the other `targets`."""
        known = self.incidents[incident]
        left = set(targets) if EVERYBODY in known.told else set(known.told) & set(targets)
        known.told = sorted(left - {target})
        if not known.told:
            del self.incidents[incident]

    def over(self, found: Looked) -> list[str]:
        """Return what was told and is over; what could not be looked for is not over."""
        lasting = {trouble.id for trouble in found.troubles}
        return [
            incident
            for incident in self.incidents
            if incident not in lasting and incident.partition("/")[0] not in found.unseen
        ]

    def keep(self, now: datetime) -> dict[Path, str]:
        """Keep what was told in every file; return those that could not be made anew, with the reason."""
        content = State(at=now, incidents=self.incidents).model_dump_json().encode()
        reasons = {file: _keep(file, content) for file in self.files}
        return {file: reason for file, reason in reasons.items() if reason}


def places(home: Path) -> Sequence[Path]:
    """Return the file in the home, and one in a folder in memory, where there can be one of ours alone."""
    folder = next(filter(Path.is_dir, _IN_MEMORY)) / f"mandates-watch-{os.geteuid()}"
    with suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or not folder.is_dir() or folder.stat().st_uid != os.geteuid():
        return (home / _NAME,)
    return home / _NAME, folder / f"{sha256(str(home.resolve()).encode()).hexdigest()[:16]}.json"


def forget_told(home: Path, needles: Collection[str]) -> None:
    """Forget troubles that named somebody, wherever what was told is kept; one that lasts is told again."""
    for file in places(home):
        if (state := _read(file)) is None:
            continue
        left = {
            name: known
            for name, known in state.incidents.items()
            if not any(needle in f"{name} {known.what} {known.told}" for needle in needles)
        }
        if left != state.incidents:
            _keep(file, state.model_copy(update={"incidents": left}).model_dump_json().encode())


def remembered(files: Sequence[Path], engine: "Engine | None") -> Memory:
    """Return what was told, by the place that kept it last."""
    found = [state for state in (*map(_read, files), _recorded(engine)) if state]
    newest = max(found, key=lambda state: state.at, default=None)
    return Memory(files, dict(newest.incidents) if newest else {})


def record_told(engine: "Engine | None", rows: Sequence[Mapping[str, str]], now: datetime) -> None:
    """Put down in the record what was told; where it cannot be written, the files have it."""
    if engine is None or not rows:
        return
    with suppress(DatabaseError, OSError), writing(engine) as session:
        record_incidents(session, [Incident(recorded_at=now, recorded_by=BY, **row) for row in rows])


def _recorded(engine: "Engine | None") -> State | None:
    if engine is None:
        return None
    with suppress(DatabaseError, OSError), reading(engine) as session:
        at = last_told_at(session)
        incidents = {
            name: Known(what=next(iter(told.values())).what, told=sorted(who or EVERYBODY for who in told))
            for name, told in open_incidents(session).items()
        }
        return State(at=at, incidents=incidents) if at else None
    return None


def _read(file: Path) -> State | None:
    with suppress(OSError, ValidationError, ValueError):
        state = State.model_validate_json(file.read_bytes())
        return state if state.at.tzinfo else None
    return None


def _keep(file: Path, content: bytes) -> str | None:
    """Write a file whole and for good; else over the old one. Returns why it could not be made anew."""
    padded = content.ljust(_RESERVED)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_whole(file, padded)
    except OSError as error:
        with suppress(OSError):
            _write_over(file, padded)
        return error.strerror or str(error)
    return None


def _write_whole(file: Path, content: bytes) -> None:
    """Write a file so that after a power cut the old one or the new one is there, whole."""
    partial = file.with_name(f".{file.name}.partial")
    with partial.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _write_over(file: Path, content: bytes) -> None:
    """Write over a file in the space it has: a full disk has no more."""
    with file.open("r+b") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
