"""What of a folder is read at once: copies of its files, as many as there is room for."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tasks.inputs.folder.copies import Copy, copied, is_still_written
from tasks.inputs.folder.opening import OddFileError, finding, opened_file, why
from tasks.inputs.folder.putting_away import PutAway
from tasks.inputs.folder.walking import Place

_MOST = 100  # files of one folder in one run
_ROOM = 10  # times the largest file: what lies in our temporary folder at once


@dataclass(frozen=True, slots=True)
class Batches:
    """How files are copied in this run: up to `largest` bytes each; what is not copied is a finding."""

    findings: list[str]
    away: PutAway
    now: datetime
    largest: int

    def of(self, place: Place, ours: Path) -> Iterator[Sequence[Copy]]:
        """Yield copies of the files of a place in a folder of ours; each batch is gone with the next one."""
        batch: list[Copy] = []
        for copy in self._copies(place, ours):
            batch.append(copy)
            if sum(each.found.st_size for each in batch if each.whole) > _ROOM * self.largest:
                yield batch
                for each in batch:
                    each.file.unlink()
                batch = []
        yield batch

    def _copies(self, place: Place, ours: Path) -> Iterator[Copy]:
        """Yield a copy of each file that is whole; what still grows waits for the next time."""
        count = 0
        for number, name in enumerate(place.files):
            if count == _MOST:
                said = f"more than {_MOST} files; the rest is for the next run, and replaces these"
                self.findings.append(finding(place.way, what=said))
                return
            if copy := self._guarded(place, name, ours / str(number)):
                count += 1
                yield copy

    def _guarded(self, place: Place, name: str, ours: Path) -> Copy | None:
        try:
            return self._copy(place, name, ours)
        except OddFileError as error:
            said = f"{error}; left where it is"
        except Exception as error:  # noqa: BLE001 (whatever one file has, the others are still read)
            said = f"cannot be read ({why(error)}); left where it is: let us read it"
        self.findings.append(finding(place.way, name, what=said))
        return None

    def _copy(self, place: Place, name: str, ours: Path) -> Copy | None:
        with opened_file(name, place.folder) as handle:
            found = os.fstat(handle)
            if is_still_written(found, self.now):
                return None
            if self.away.left_before(place.way, name, found):
                said = "read before; left where it is: remove it"
                self.findings.append(finding(place.way, name, what=said))
                return None
            return copied(handle, name, ours, self.largest)
