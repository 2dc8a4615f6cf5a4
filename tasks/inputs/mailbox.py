"""The mailbox: replies to our letters, with what contributors attach to them.

A reply names the letter it answers, and the record knows whom that letter went to and about which cycle.
Only a reply from that very person is placed without asking; where the letter asked for several inputs, the
subject has to name the cycle, or the cycles. What cannot be placed stays unread and is a finding.
A report that a letter came back is put on record (`tasks/inputs/returned.py`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast
from urllib.parse import SplitResult, unquote, urlsplit

from imap_tools import A, BaseMailBox, MailBox, MailBoxUnencrypted, MailMessage, MailMessageFlags
from imap_tools.errors import ImapToolsError

from input_packages.reading.reader import Reader
from records.database import DatabaseError, reading
from records.ledger.deliveries import reports_read
from records.ledger.notices import letters_to
from records.submissions import messages_read
from tasks.inputs.collected import Collected
from tasks.inputs.delivery_reports import is_report
from tasks.inputs.returned import note_arrival, take_report
from tasks.inputs.submitting import Sending, UnplacedError, submit
from tasks.installation.installation import Installation
from tasks.installation.who import directory_at
from tasks.status.open_cycles import ASKING

if TYPE_CHECKING:
    from records.database import Session

MAIL = "mail"
_LARGEST = 60 * 1024 * 1024  # bytes of a whole message; attachments are a third larger on their way
_SECONDS = 60.0
_NO_ADDRESS = (
    "MANDATES_MAILBOX: found an address that is not shown here; expected imaps://user:password@host/INBOX, "
    "with / in a password written as %2F and # as %23"
)


class UnreachableMailboxError(OSError):
    """The mailbox could not be opened or read."""


@dataclass(frozen=True, slots=True)
class _Mail:
    id: str
    sender: str
    subject: str
    answers: Sequence[str]
    size: int
    report: bool


def read_mailbox(
    installation: Installation, reader: Reader, as_of: date, now: datetime, done: Collected
) -> None:
    """Take what is attached to every unread message of the mailbox in the settings; none set, nothing to do.

    Raises:
        UnreachableMailboxError: the server did not answer, or refused.
    """
    address = installation.settings.mailbox
    if address is None:
        return
    try:
        with _opened(address.get_secret_value()) as box:
            for uid in box.uids(A(seen=False)):
                if _read(installation, reader, box, uid, as_of, now, done):
                    box.flag(uid, MailMessageFlags.SEEN, True)  # noqa: FBT003 (the library's own form)
    except UnreachableMailboxError:
        raise
    except (ImapToolsError, OSError) as error:
        raise UnreachableMailboxError(0, f"the mailbox could not be read: {error}") from error


def mailbox_in_words(address: str) -> str:
    """Return which mailbox an address names, for people: no user and no password."""
    where = urlsplit(address)
    secure = "with" if where.scheme == "imaps" else "without"
    return f"{_folder(where)} at {where.hostname or 'no host'}:{_port(where)}, {secure} TLS"


def _folder(where: SplitResult) -> str:
    return where.path.strip("/") or "INBOX"


def _port(where: SplitResult) -> int:
    return where.port or (993 if where.scheme == "imaps" else 143)


def _opened(address: str) -> BaseMailBox:
    try:
        where = urlsplit(address)
        port = _port(where)
    except ValueError:  # what it says would show a part of the password
        raise UnreachableMailboxError(0, _NO_ADDRESS) from None
    kind = MailBox if where.scheme == "imaps" else MailBoxUnencrypted
    box = kind(where.hostname or "", port, timeout=_SECONDS)
    return box.login(unquote(where.username or ""), unquote(where.password or ""), _folder(where))


def _read(
    installation: Installation,
    reader: Reader,
    box: BaseMailBox,
    uid: str,
    as_of: date,
    now: datetime,
    done: Collected,
) -> bool:
    """Read one message; return whether it is done with. One that cannot be read is set aside."""
    try:
        mail = next(_headed(box, uid))
        if mail.size > _LARGEST:
            done.findings.append(f"mail from {mail.sender}: {mail.size} bytes; too large to be read")
            return False
        if mail.report:
            return _reported(installation, box, uid, mail, now, done)
        return _taken(installation, reader, box, uid, mail, as_of, now, done)
    except (ImapToolsError, OSError, DatabaseError):
        raise
    except Exception as error:  # noqa: BLE001 (parsers of mail fail in many ways; the others are still read)
        why = str(error) or type(error).__name__
        done.findings.append(f"message {uid} of the mailbox: left unread: it cannot be read: {why}")
        return False


def _headed(box: BaseMailBox, uid: str) -> Iterator[_Mail]:
    for message in box.fetch(A(uid=uid), mark_seen=False, headers_only=True):
        headers = cast("Mapping[str, tuple[str, ...]]", message.headers)
        names = " ".join((*headers.get("in-reply-to", ()), *headers.get("references", ()))).split()
        own = (*headers.get("message-id", ()), f"uid {message.uid}")[0].strip()
        sender, subject = message.from_.casefold(), message.subject.casefold()
        yield _Mail(own, sender, subject, names, message.size_rfc822, is_report(headers))


def _reported(
    installation: Installation, box: BaseMailBox, uid: str, mail: _Mail, now: datetime, done: Collected
) -> bool:
    """Take a delivery report; return whether it is done with."""
    with reading(installation.engine) as session:
        if mail.id in reports_read(session):
            return True
    [message] = box.fetch(A(uid=uid), mark_seen=False)
    found = take_report(installation, message.obj, mail.id, now)
    if found is None:
        done.findings.append(
            f"mail from {mail.sender}: left unread: a report of a letter that is not one of ours"
        )
        return False
    done.findings += found
    return True


def _taken(
    installation: Installation,
    reader: Reader,
    box: BaseMailBox,
    uid: str,
    mail: _Mail,
    as_of: date,
    now: datetime,
    done: Collected,
) -> bool:
    """Take one message; return whether it is done with."""
    with reading(installation.engine) as session:
        if mail.id in messages_read(session):
            return True
        placed = _place(session, mail, as_of)
    if isinstance(placed, str):
        done.findings.append(f"mail from {mail.sender}: left unread: {placed}")
        return False
    [message] = box.fetch(A(uid=uid), mark_seen=False)
    if not message.attachments:
        about = ", ".join(placed.cycles)
        done.findings.append(f"mail from {mail.sender} about {about}: no file attached; please read it")
        return False
    note_arrival(installation, mail.answers, mail.sender, mail.id, now)
    with TemporaryDirectory() as folder:
        sending = replace(placed, files=_written(message, Path(folder)))
        try:
            outcomes = submit(installation, reader, sending, MAIL, as_of, now)
        except UnplacedError as error:
            done.findings.append(f"mail from {mail.sender}: left unread: {error}")
            return False
    for outcome in outcomes:
        done.add(placed.cycles, placed.person, outcome)
    return True


def _place(session: "Session", mail: _Mail, as_of: date) -> Sending | str:
    """Return who sent a message and for what, still without its files; where it cannot be told, why."""
    directory = directory_at(session, as_of)
    people = {each.id for each in directory.people if each.address.casefold() == mail.sender != ""}
    if not people:
        return "nobody in the directory has this address"
    asked = letters_to(session, mail.answers, ASKING)
    holders = ((cycle, directory.holder_of(person)) for cycle, person in asked)
    found = sorted({(cycle, person) for cycle, person in holders if person in people})
    if not found:
        return "it answers no request that was sent to this address"
    named = [(cycle, person) for cycle, person in found if cycle.casefold() in mail.subject]
    meant = named or (found if len(found) == 1 else [])
    if len({person for _, person in meant}) != 1:
        cycles = ", ".join(cycle for cycle, _ in found)
        return f"the letter it answers asks for several inputs ({cycles}); to take it: mandates submit"
    (cycle, person), *others = meant
    return Sending(cycle, person, (), MAIL, message=mail.id, also=[other for other, _ in others])


def _written(message: MailMessage, folder: Path) -> list[tuple[Path, str]]:
    files = []
    for number, attachment in enumerate(message.attachments):
        file = folder / str(number)
        file.write_bytes(attachment.payload)
        files.append((file, attachment.filename or "unnamed"))
    return files
