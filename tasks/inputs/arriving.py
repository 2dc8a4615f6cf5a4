"""Mail that arrives: kept as it came, judged, and acted upon; whatever one of them does, the others go on."""

import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from input_packages.reading.reader import Reader, UnopenedError
from policies.problems import visible
from records.database import DatabaseError, reading, writing
from records.inbox import (
    Fate,
    Grade,
    IncomingItem,
    ItemFate,
    came_before,
    interrupted,
    keep_item,
    record_fate,
)
from records.ledger.deliveries import reports_read
from tasks.inputs.being_read import hold
from tasks.inputs.collected import Collected
from tasks.inputs.intake import Intake
from tasks.inputs.judging import Judged, by_sender, judge
from tasks.inputs.mail.answered import with_letters
from tasks.inputs.mail.parts import Document, Parts
from tasks.inputs.mail.reading import Mail, read_mail, sender_in
from tasks.inputs.mail.returned import note_arrival, take_report
from tasks.inputs.mail.winmail import unpacked
from tasks.inputs.outcomes import Outcome
from tasks.inputs.submitting import Sending, UnplacedError, submit

if TYPE_CHECKING:
    from records.database import Session

BY = "mailbox"
MAIL = "mail"
_UNREADABLE = "unreadable"
_STRANGERS = frozenset({Grade.NOBODY})
_KNOWN = frozenset({Grade.AUTHENTICATED, Grade.SECRET})
_FOR_A_PERSON = frozenset({Fate.NEEDS_A_PERSON, Fate.SET_ASIDE})
_AT_ONCE = frozenset({Fate.DUPLICATE, Fate.REFUSED, Fate.AUTOMATIC})


@dataclass(slots=True)
class Arrivals:
    """One round of taking in what arrives; `known` are Message-IDs of mail from before it was kept."""

    intake: Intake
    reader: Reader
    now: datetime
    done: Collected
    known: Collection[str] = ()

    def take(self, place: str, content: bytes) -> Fate | None:
        """Take in one mail; return what became of it, None where it is read again in the next round."""
        try:
            return self._take(place, content)
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001 (parsers of mail fail in many ways; the others are still read)
            return self._set_aside(place, content, str(error) or type(error).__name__)

    def leave(self, place: str, size: int, sender: str) -> None:
        """Leave a mail that is too large to be fetched to a person: whom it may be from is not silent."""
        with reading(self.intake.installation.engine) as session:
            why = f"{size / 1024 / 1024:.0f} megabytes, too large to be fetched"
            judged = by_sender(self.intake.directory(session), sender, why)
        self._keep(self._row(place, None, size, sender, judged), judged)

    def go_on(self) -> None:
        """Do again what was interrupted: items that were kept and not yet acted upon."""
        with reading(self.intake.installation.engine) as session:
            items = [(item.id, item.content) for item in interrupted(session)]
        for number, content in items:
            if content is None:
                continue
            try:
                mail = self._read(zlib.decompress(content))
                parts = self._parts(mail)
                with reading(self.intake.installation.engine) as session:
                    judged = judge(session, self.intake, mail, parts)
                self._act(number, mail, parts, judged)
            except DatabaseError:
                raise
            except Exception as error:  # noqa: BLE001 (as above)
                self._end(number, self._unread(zlib.decompress(content), str(error))[1])

    def _take(self, place: str, content: bytes) -> Fate | None:
        mail = self._read(content)
        if mail.report:
            return self._take_report(place, content, mail)
        parts = self._parts(mail)
        with writing(self.intake.installation.engine) as session:
            judged = self._judged(session, mail, parts, content)
            item = keep_item(session, self._item(place, content, mail, judged))
            if item is None:
                return None
            if judged.fate in _AT_ONCE:
                record_fate(session, fate_row(item.id, judged, self.now, BY))
                return judged.fate
            number = item.id
        return self._act(number, mail, parts, judged)

    def _read(self, content: bytes) -> Mail:
        with reading(self.intake.installation.engine) as session:
            return with_letters(session, read_mail(content))

    def _parts(self, mail: Mail) -> Parts:
        """Return what a mail holds; it is unpacked only if it is known whom it is from."""
        parts = mail.parts()
        if not parts.packed:
            return parts
        with reading(self.intake.installation.engine) as session:
            judged = judge(session, self.intake, mail, parts)
        if judged.grade not in _KNOWN:
            return parts
        return unpacked(parts, self.reader.kernel, only_confined=self.reader.only_confined)

    def _judged(self, session: "Session", mail: Mail, parts: Parts, content: bytes) -> Judged:
        if came_before(session, sha256(content).hexdigest()):
            return Judged(Fate.DUPLICATE, Grade.NOBODY, "the very same mail came before")
        if mail.id in self.known:
            return Judged(Fate.DUPLICATE, Grade.NOBODY, "it was taken before the inbox was kept")
        return judge(session, self.intake, mail, parts)

    def _act(self, number: int, mail: Mail, parts: Parts, judged: Judged) -> Fate | None:
        """Do what follows. The fate comes last: after a kill, it is done again."""
        if judged.grade not in _STRANGERS:
            note_arrival(self.intake.installation, mail.answers, mail.sender, mail.id, self.now)
        if judged.fate is Fate.TAKEN:
            judged = self._submitted(mail, parts, judged)
        return self._end(number, judged)

    def _submitted(self, mail: Mail, parts: Parts, judged: Judged) -> Judged:
        cycle, *others = judged.cycles
        assert judged.person is not None  # noqa: S101 (only what is somebody's is taken)
        sending = Sending(cycle, judged.person, (), MAIL, message=mail.id or None, also=others)
        try:
            outcomes = submit_documents(self.intake, self.reader, sending, parts.documents, MAIL, self.now)
        except UnplacedError as error:
            return replace(judged, fate=Fate.NEEDS_A_PERSON, why=str(error))
        except UnopenedError as error:
            return replace(judged, fate=Fate.NEEDS_A_PERSON, why=str(error.strerror))
        for outcome in outcomes:
            self.done.add(sending.cycles, sending.person, outcome)
        if parts.closed:
            named, left = visible(mail.sender), visible(", ".join(parts.closed))
            self.done.findings.append(f"mail from {named}: left in it for a person to open: {left}")
        taken = sum(outcome.accepted for outcome in outcomes)
        fate = Fate.TAKEN if taken else Fate.REFUSED
        return replace(judged, fate=fate, why=f"documents taken: {taken} of {len(outcomes)}")

    def _take_report(self, place: str, content: bytes, mail: Mail) -> Fate | None:
        with reading(self.intake.installation.engine) as session:
            read = mail.id in reports_read(session)
        found = [] if read else take_report(self.intake.installation, mail.message, mail.id, self.now)
        if found is None:
            why = "a report of a letter that is not one of ours"
            self.done.findings.append(f"mail from {visible(mail.sender)}: {why}")
            judged = Judged(Fate.REFUSED, Grade.NOBODY, why)
        else:
            self.done.findings += found
            judged = Judged(Fate.AUTOMATIC, Grade.NOBODY, "a report of what became of a letter")
        return self._keep(self._item(place, content, mail, judged), judged)

    def _set_aside(self, place: str, content: bytes, why: str) -> Fate | None:
        sender, judged = self._unread(content, why)
        fate = self._keep(self._row(place, content, len(content), sender, judged), judged)
        if fate is None:
            self.done.findings.append(f"{place}: kept, and read again next time: {visible(why)}")
        return fate

    def _unread(self, content: bytes, why: str) -> tuple[str, Judged]:
        """Return whom a mail that cannot be read is from, and whose answer it may be, by its headers."""
        sender = sender_in(content)
        with reading(self.intake.installation.engine) as session:
            try:
                judged = judge(session, self.intake, with_letters(session, read_mail(content)), Parts())
            except DatabaseError:
                raise
            except Exception:  # noqa: BLE001 (its headers cannot be read either)
                judged = by_sender(self.intake.directory(session), sender, "")
        person = None if judged.fate is Fate.AUTOMATIC else judged.person
        return sender, replace(judged, fate=Fate.SET_ASIDE, person=person, why=f"it cannot be read: {why}")

    def _keep(self, item: IncomingItem, judged: Judged) -> Fate | None:
        with writing(self.intake.installation.engine) as session:
            if (kept := keep_item(session, item)) is None:
                return None
            self._decide(session, kept.id, judged)
        return judged.fate

    def _decide(self, session: "Session", number: int, judged: Judged) -> None:
        """Record what became of an item; where a person has to look at it, whose answer it may be is held."""
        if judged.fate in _FOR_A_PERSON:
            hold(session, self.intake, number, judged, self.now)
        record_fate(session, fate_row(number, judged, self.now, BY))

    def _end(self, number: int, judged: Judged) -> Fate:
        with writing(self.intake.installation.engine) as session:
            self._decide(session, number, judged)
        return judged.fate

    def _item(self, place: str, content: bytes, mail: Mail, judged: Judged) -> IncomingItem:
        return self._row(place, content, len(content), mail.sender, judged, mail.subject)

    def _row(
        self,
        place: str,
        content: bytes | None,
        size: int,
        sender: str,
        judged: Judged,
        subject: str | None = None,
    ) -> IncomingItem:
        """Return what is kept of a mail; `content` is None where it was not fetched."""
        known = judged.grade not in _STRANGERS
        sender = sender or _UNREADABLE
        return IncomingItem(
            recorded_at=self.now,
            recorded_by=BY,
            place=place,
            sha256="" if content is None else sha256(content).hexdigest(),
            size=size,
            sender=sender if known else None,
            stranger=None if known else sender,
            subject=subject if known else None,
            content=zlib.compress(content, 6) if known and content is not None else None,
            received_on=self.intake.as_of,
        )


def fate_row(number: int, judged: Judged, at: datetime, by: str) -> ItemFate:
    """Return the row that says what became of an item."""
    return ItemFate(
        recorded_at=at,
        recorded_by=by,
        item=number,
        fate=judged.fate,
        grade=judged.grade,
        person=judged.person,
        cycles=list(judged.cycles),
        why=judged.why,
    )


def submit_documents(
    intake: Intake,
    reader: Reader,
    sending: Sending,
    documents: Sequence[Document],
    by: str,
    now: datetime,
) -> list[Outcome]:
    """Take the documents of a mail as `submit` takes files; raises as it does."""
    with TemporaryDirectory() as folder:
        files = []
        for number, document in enumerate(documents):
            file = Path(folder, str(number))
            file.write_bytes(document.content)
            files.append((file, document.name))
        return submit(intake, reader, replace(sending, files=files), by, now)
