"""Putting away what was read: out of its sender's folder, into one of ours that has the same names.

    collected/taken/working-group-review/2026/ilo/views.docx

What we keep is our own copy, so that nobody can write into it any more. What was refused leaves a note where
its sender sees it. What stays in its place is marked, so that it is not read again while it is the same.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import count
from pathlib import Path
from secrets import token_hex

from input_packages.reading.refusals import sentence_for
from tasks.inputs.folder.copies import Copy
from tasks.inputs.folder.opening import Way, why
from tasks.inputs.folder.walking import WHY, Place
from tasks.inputs.outcomes import Outcome

_MOST_OF_A_NAME = 99
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_READ_BY_OTHERS = 0o044


@dataclass(frozen=True, slots=True)
class PutAway:
    """Our folder of what was put away, and the instant of this run."""

    root: Path
    now: datetime

    def put(self, place: Place, copy: Copy, outcome: Outcome) -> Iterator[str]:
        """Put away a file that was read; yield what a person has to do. Each step goes on without the others.

        Raises:
            OSError: our own folder cannot be written.
        """
        if outcome.refusals:
            yield from _noted(place.folder, copy.name, outcome)
        if not copy.whole:
            self._mark(place.way, copy)
            yield "too large to be taken; left where it is: ask its sender for a smaller one"
            return
        try:
            _take_out(place.folder, copy)
        except OSError as error:
            self._mark(place.way, copy)
            said = f"read, but cannot be moved ({why(error)})"
            yield f"{said}; left where it is: remove it, and let us write there"
        self._keep(place.way, copy, "taken" if outcome.accepted else "refused")

    def left_before(self, way: Way, name: str, found: os.stat_result) -> bool:
        """Say whether this very file was read before and stayed in its place."""
        mark = self._mark_of(way, name)
        try:
            left = mark.read_text(encoding="utf-8") == _told_by(found)
        except FileNotFoundError:
            return False
        if left:
            self._date(mark)
        return left

    def _keep(self, way: Way, copy: Copy, fate: str) -> None:
        folder = self.root.joinpath(fate, *way)
        folder.mkdir(parents=True, exist_ok=True)
        there = {each.name for each in folder.iterdir()}
        file = folder / next(name for name in _numbered(copy.name) if name not in there)
        shutil.copyfile(copy.file, file)  # made anew, it has the group and the rights of our folder
        self._date(file)

    def _mark(self, way: Way, copy: Copy) -> None:
        mark = self._mark_of(way, copy.name)
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.write_text(_told_by(copy.found), encoding="utf-8")
        self._date(mark)

    def _mark_of(self, way: Way, name: str) -> Path:
        return self.root / "left" / sha256(os.fsencode("/".join((*way, name)))).hexdigest()

    def _date(self, file: Path) -> None:
        """Count how long a file is kept from this run on, whatever its sender's clock said."""
        os.utime(file, (self.now.timestamp(),) * 2)


def _take_out(folder: int, copy: Copy) -> None:
    """Remove the file that was copied; one that its sender put in its place or changed meanwhile stays."""
    aside = f".{token_hex(8)}.collected"
    try:
        if not _is_there(folder, copy.name, copy):
            return
        os.rename(copy.name, aside, src_dir_fd=folder, dst_dir_fd=folder)
        if _is_there(folder, aside, copy):
            os.unlink(aside, dir_fd=folder)
            return
    except FileNotFoundError:  # its sender has taken it back
        return
    there = set(os.listdir(folder))
    free = next(name for name in _numbered(copy.name) if name not in there)
    os.rename(aside, free, src_dir_fd=folder, dst_dir_fd=folder)


def _is_there(folder: int, name: str, copy: Copy) -> bool:
    return copy.is_of(os.stat(name, dir_fd=folder, follow_symlinks=False))


def _noted(folder: int, name: str, outcome: Outcome) -> Iterator[str]:
    """Leave a note of why a file was refused beside it; yield why that cannot be, if it cannot."""
    said = "\n".join(sentence_for(refusal, "en") for refusal in outcome.refusals)
    try:
        with os.fdopen(_new_note(folder, name), "w", encoding="utf-8") as note:
            _let_read(note.fileno(), os.fstat(folder))
            note.write(f"{said}\n")
    except OSError as error:
        yield f"refused, and no note of it can be left beside it ({why(error)}); tell its sender: {said}"


def _new_note(folder: int, name: str) -> int:
    """Make the note under a name that nothing has; what has the name by then, a link too, is left alone."""
    for number in range(1, _MOST_OF_A_NAME + 1):
        try:
            return os.open(f"{name}{f'-{number}' if number > 1 else ''}{WHY}", _NEW, 0o600, dir_fd=folder)
        except FileExistsError:
            continue
    raise FileExistsError(17, f"there are {_MOST_OF_A_NAME} of that name already")


def _let_read(note: int, folder: os.stat_result) -> None:
    """Let everybody read a note who may read the folder it is in, whatever our own files are like."""
    with suppress(OSError):  # where we are not in the group, the others' rights still count
        os.fchown(note, -1, folder.st_gid)
    os.fchmod(note, 0o600 | folder.st_mode & _READ_BY_OTHERS)


def _numbered(name: str) -> Iterator[str]:
    """Yield a name and, where it is used up, the same one with a number."""
    yield name
    whole = Path(name)
    yield from (f"{whole.stem}-{number}{whole.suffix}" for number in count(2))


def _told_by(found: os.stat_result) -> str:
    return f"{found.st_ino} {found.st_size} {found.st_mtime_ns}"
