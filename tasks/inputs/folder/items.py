"""Items of the inbox for files of the drop folder: what was read there, and what has no place there.

A file that was read is kept in the vault, so its item has no bytes of its own. One that has no place is kept
with its item if the folders above it name a person or an open cycle; else only its hash and its folder are.
"""

import zlib
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from os import fsencode
from typing import TYPE_CHECKING

from policies.problems import visible
from records.cycles import opened_cycles
from records.database import writing
from records.inbox import Fate, Grade, IncomingItem, keep_item, record_fate
from tasks.inputs.arriving import fate_row
from tasks.inputs.being_read import hold
from tasks.inputs.folder.copies import Copy
from tasks.inputs.folder.opening import Way
from tasks.inputs.intake import Intake
from tasks.inputs.judging import Judged
from tasks.inputs.outcomes import Outcome
from tasks.inputs.submitting import Sending

if TYPE_CHECKING:
    from records.database import Session

PLACE = "folder:"
"""How the places of these items begin."""
_BY = "folder"
_NO_PLACE = "its folder names no input that was asked for"


@dataclass(frozen=True, slots=True)
class FileItems:
    """The items of one run over the drop folder."""

    intake: Intake
    now: datetime

    def read(self, way: Way, copy: Copy, sending: Sending, outcome: Outcome) -> None:
        """Record that a file came which was taken or refused, and why."""
        fate = Fate.TAKEN if outcome.accepted else Fate.REFUSED
        why = ", ".join(outcome.refusals) or "its document was taken"  # no name: the vault's row has it
        judged = Judged(fate, Grade.FOLDER, why, sending.person, sending.cycles)
        summed = sha256(copy.file.read_bytes()).hexdigest()
        self._keep(self._item(way, copy, summed, sending.person, None), judged)

    def unplaced(self, way: Way, copy: Copy, sending: Sending) -> None:
        """Record that a file came which has no place; it waits for a person if it names one or a cycle."""
        content = copy.file.read_bytes()
        summed = sha256(content).hexdigest()
        with writing(self.intake.installation.engine) as session:
            directory = self.intake.directory(session)
            known = next((each for each in directory.people if each.id == sending.person), None)
            if known is None and sending.cycle not in opened_cycles(session):
                judged = Judged(Fate.REFUSED, Grade.NOBODY, _NO_PLACE)
                self._record(session, self._item(way, copy, summed, None, None), judged)
                return
            judged = Judged(Fate.NEEDS_A_PERSON, Grade.FOLDER, _NO_PLACE, known.id if known else None)
            sender = (known.address or known.id) if known else sending.person
            item = self._record(session, self._item(way, copy, summed, sender, content), judged)
            if item is not None:
                hold(session, self.intake, item, judged, self.now)

    def _keep(self, item: IncomingItem, judged: Judged) -> None:
        with writing(self.intake.installation.engine) as session:
            self._record(session, item, judged)

    def _record(self, session: "Session", item: IncomingItem, judged: Judged) -> int | None:
        """Record an item with its fate, and return its number; None where it is on record."""
        if (kept := keep_item(session, item)) is None:
            return None
        record_fate(session, fate_row(kept.id, judged, self.now, _BY))
        return kept.id

    def _item(
        self, way: Way, copy: Copy, summed: str, sender: str | None, content: bytes | None
    ) -> IncomingItem:
        path = "/".join((*way, copy.name))
        return IncomingItem(
            recorded_at=self.now,
            recorded_by=_BY,
            place=f"{PLACE}{sha256(fsencode(path)).hexdigest()}/{summed}",
            sha256=summed,
            size=copy.found.st_size,
            sender=sender,
            stranger=None if sender else visible("/".join(way)) or PLACE,
            subject=visible(path) if sender else None,
            content=None if content is None else zlib.compress(content, 6),
            received_on=self.intake.as_of,
        )
