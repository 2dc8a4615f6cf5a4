"""The drop folder, with a place per cycle and contributor, as a shared drive has. It belongs to strangers.

    incoming/working-group-review/2026/ilo/views.docx
    incoming/working-group-review/2026/secretariat/progress-declaration/declaration.pdf
    incoming/working-group-review/2026/ilo/also/annual-meeting/2026/views.docx

A folder inside that of a contributor is named after an item; one called `also` is followed by a further cycle
that its files are for. What was taken or refused is put away (`tasks/inputs/folder/putting_away.py`). What
belongs to nobody stays where it is and is a finding. Only copies are read, and no link is followed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile
from os.path import lexists
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from input_packages.reading.reader import Reader
from policies.recurrence.cycle_key import CycleKey
from tasks.inputs.collected import Collected
from tasks.inputs.folder.batches import Batches
from tasks.inputs.folder.copies import Copy
from tasks.inputs.folder.items import FileItems
from tasks.inputs.folder.opening import finding, opened_root, why
from tasks.inputs.folder.putting_away import PutAway
from tasks.inputs.folder.walking import LIMITS, Place, Walk, WalkLimits
from tasks.inputs.intake import Intake
from tasks.inputs.outcomes import Outcome
from tasks.inputs.submitting import Sending, UnplacedError, check_place, submit

FOLDER = "folder"
_ALSO = "also"
_MOST_FINDINGS = 200
_MOST_NAMED = 5  # files in one finding
_CLOSED, _FOR_A_GROUP = 0o700, 0o750


def read_folder(
    intake: Intake, reader: Reader, now: datetime, done: Collected, limits: WalkLimits = LIMITS
) -> None:
    """Take everything from the drop folder; whatever lies there is a finding at most, and stops nothing.

    Raises:
        OSError: the drop folder is there but cannot be opened, or our folder beside it cannot be made.
    """
    settings = intake.installation.settings
    if not lexists(settings.incoming):
        return
    settings.collected.mkdir(mode=_FOR_A_GROUP if settings.group else _CLOSED, exist_ok=True)
    here = Collected()
    away, items = PutAway(settings.collected, now), FileItems(intake, now)
    taking = _Taking(intake, reader, now, here, away, items)
    walk = Walk(here.findings, Random(now.isoformat()), limits)  # noqa: S311 (an order, and no secret)
    try:
        with opened_root(settings.incoming) as root:
            for place in walk.places(root):
                taking.take(place)
                if len(here.rows) >= limits.files:
                    said = f"{limits.files} files were read; what is left is for the next run"
                    here.findings.append(finding((), what=said))
                    break
    finally:
        done.rows += here.rows
        done.findings += _some_of(here.findings)


@dataclass(frozen=True, slots=True)
class _Taking:
    """One run over the drop folder."""

    intake: Intake
    reader: Reader
    now: datetime
    done: Collected
    away: PutAway
    items: FileItems

    def take(self, place: Place) -> None:
        """Take the files of one folder."""
        if not place.files:
            return
        try:
            sending = _sending(place.way)
            try:
                check_place(self.intake, sending)
            except UnplacedError as error:
                self._show(place, sending, str(error))
                return
            self.reader.check()
            self._each_batch(place, lambda batch: self._take(place, sending, batch))
        except Exception as error:  # noqa: BLE001 (strangers' folders fail in many ways; the others are still read)
            self._find(place, _listed(place.files), f"left where it is: {why(error)}; look at it")

    def _each_batch(self, place: Place, act: Callable[[Sequence[Copy]], None]) -> None:
        batches = Batches(self.done.findings, self.away, self.now, self.reader.limits.size)
        with TemporaryDirectory() as folder:
            for batch in batches.of(place, Path(folder)):
                act(batch)

    def _show(self, place: Place, sending: Sending, why: str) -> None:
        """Leave files that have no place where they are, and put them into the inbox."""
        self._find(place, _listed(place.files), f"left where it is: {why}")

        def keep(copies: Sequence[Copy]) -> None:
            for copy in copies:
                if copy.whole:
                    self.items.unplaced(place.way, copy, sending)

        self._each_batch(place, keep)

    def _take(self, place: Place, sending: Sending, copies: Sequence[Copy]) -> None:
        """Hand in files together; where that fails, each alone, so that a bad one stops no other."""
        if not copies:
            return
        try:
            pairs = [(copy.file, copy.name) for copy in copies]
            outcomes = submit(self.intake, self.reader, replace(sending, files=pairs), FOLDER, self.now)
        except Exception as error:  # noqa: BLE001 (as above)
            if len(copies) == 1:
                self._find(place, copies[0].name, f"left where it is: {why(error)}; look at it")
            for copy in copies if len(copies) > 1 else ():
                self._take(place, sending, [copy])
            return
        for copy, outcome in zip(copies, outcomes, strict=True):
            self.done.add(sending.cycles, sending.person, outcome)
            if copy.whole:
                self.items.read(place.way, copy, sending, outcome)
            self._put_away(place, copy, outcome)

    def _put_away(self, place: Place, copy: Copy, outcome: Outcome) -> None:
        try:
            for said in self.away.put(place, copy, outcome):
                self._find(place, copy.name, said)
        except Exception as error:  # noqa: BLE001 (it is read and on record; the others are still put away)
            self._find(
                place, copy.name, f"read, but no copy can be put away: {why(error)}; it is in the vault"
            )

    def _find(self, place: Place, name: str, what: str) -> None:
        self.done.findings.append(finding(place.way, name, what=what))


def _some_of(findings: Sequence[str]) -> Sequence[str]:
    """Return as many findings as a person may read; who fills the folder must not fill every report."""
    if len(findings) <= _MOST_FINDINGS:
        return findings
    rest = f"{len(findings) - _MOST_FINDINGS} more findings; look at these first"
    return [*findings[:_MOST_FINDINGS], finding((), what=rest)]


def _listed(files: Sequence[str]) -> str:
    more = f" and {len(files) - _MOST_NAMED} more" if len(files) > _MOST_NAMED else ""
    return f"{', '.join(files[:_MOST_NAMED])}{more}"


def _sending(folders: Sequence[str]) -> Sending:
    """Return what lies in a folder as sent by whom it is named after, for the cycles that it names."""
    obligation, name, person, *inner = (*folders, *[""] * (3 - len(folders)))
    own = list(takewhile(lambda each: each != _ALSO, inner))
    also = [_named(inner[at : at + 3]) for at in range(len(own), len(inner), 3)]
    return Sending(str(CycleKey(obligation, name)), person, (), FOLDER, next(iter(own), None), also=also)


def _named(folders: Sequence[str]) -> str:
    """Return the cycle that `also/annual-meeting/2026` names; other folders name none that there is."""
    return "/".join(folders[1:] if folders[0] == _ALSO else folders) or "/"
