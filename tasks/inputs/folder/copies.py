"""Copies of strangers' files: only they are read, so that nothing changes while it is judged."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_STILL_WRITTEN_SECONDS = 60
_CHUNK = 1 << 20  # bytes
_LARGEST_STAND_IN = 1 << 40  # bytes; no file system of ours takes a file of any size a stranger may have made


@dataclass(frozen=True, slots=True)
class Copy:
    """A file of ours with what a stranger's file held. `found` is the original as it was when it was copied.

    Of a file that is too large, it is an empty one of the same size.
    """

    name: str
    file: Path
    found: os.stat_result
    whole: bool

    def is_of(self, found: os.stat_result) -> bool:
        """Say whether this is still the original, as it was."""
        return _same(self.found, found)


def is_still_written(found: os.stat_result, now: datetime) -> bool:
    """Say whether a file may not be whole yet. A clock that runs ahead delays nothing."""
    return 0 <= now.timestamp() - found.st_mtime < _STILL_WRITTEN_SECONDS


def copied(handle: int, name: str, file: Path, largest: int) -> Copy | None:
    """Copy an open file of up to `largest` bytes; None where it changed meanwhile.

    Raises:
        OSError: it cannot be read, or there is no room for a copy.
    """
    before = os.fstat(handle)
    with file.open("xb") as ours:
        if before.st_size > largest:
            ours.truncate(min(before.st_size, _LARGEST_STAND_IN))
            return Copy(name, file, before, whole=False)
        size = 0
        while size <= largest and (chunk := os.read(handle, _CHUNK)):
            ours.write(chunk)
            size += len(chunk)
    after = os.fstat(handle)
    unchanged = size == before.st_size and _same(before, after) and before.st_ctime_ns == after.st_ctime_ns
    return Copy(name, file, before, whole=True) if unchanged else None


def _same(one: os.stat_result, other: os.stat_result) -> bool:
    return all(
        getattr(one, each) == getattr(other, each) for each in ("st_dev", "st_ino", "st_size", "st_mtime_ns")
    )
