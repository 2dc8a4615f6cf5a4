"""The mailbox: every mail that came to it since the system keeps watch is taken in, whoever opened it first.

What a mail becomes is decided elsewhere (`tasks/inputs/judging.py`). Here it is fetched, once: it is known by
what the server calls it, and stays where it is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from imaplib import IMAP4
from urllib.parse import SplitResult, unquote, urlsplit

from imap_tools import A, BaseMailBox, MailBox, MailBoxUnencrypted, MailMessageFlags
from imap_tools.errors import ImapToolsError

from input_packages.reading.reader import Reader
from records.database import reading
from records.inbox import Fate, kept_since, places_known
from records.ledger.deliveries import reports_read
from records.runs import went_live_on
from records.submissions import messages_read
from tasks.inputs.arriving import Arrivals
from tasks.inputs.being_read import waiting
from tasks.inputs.collected import Collected
from tasks.installation.installation import Installation

_LARGEST = 60 * 1024 * 1024  # bytes of a whole message; attachments are a third larger on their way
_MOST, _MOST_BYTES = 2000, 1024 * 1024 * 1024  # messages and bytes of one round; the rest comes with the next
_AT_ONCE = 500  # sizes asked for at once
_SECONDS = 60.0
_DAYS_BEFORE = 30  # of mail that came before the inbox was kept
_SIZE = re.compile(rb"UID (\d+) RFC822\.SIZE (\d+)|RFC822\.SIZE (\d+) UID (\d+)")
_NO_ADDRESS = (
    "MANDATES_MAILBOX: found an address that is not shown here; expected imaps://user:password@host/INBOX, "
    "with / in a password written as %2F and # as %23"
)
_LOST = (ImapToolsError, IMAP4.error, OSError, UnicodeError)
_DONE_WITH = frozenset({Fate.TAKEN, Fate.AUTOMATIC})


class UnreachableMailboxError(OSError):
    """The mailbox could not be opened or read."""


@dataclass(frozen=True, slots=True)
class _New:
    """A message that was not fetched yet: its UID, and what it is called in the record."""

    uid: str
    place: str


def read_mailbox(
    installation: Installation, reader: Reader, as_of: date, now: datetime, done: Collected
) -> None:
    """Take in every mail that came to the mailbox in the settings; none set, nothing to do.

    Raises:
        UnreachableMailboxError: the server did not answer, or went away; what is left comes next time.
    """
    address = installation.settings.mailbox
    if address is None:
        return
    with reading(installation.engine) as session:
        kept_at = kept_since(session) or now
        first = max(went_live_on(session) or as_of, kept_at.date() - timedelta(days=_DAYS_BEFORE))
        known = messages_read(session, kept_at) | reports_read(session, kept_at)
    arrivals = Arrivals(installation, reader, as_of, now, done, known)
    arrivals.go_on()
    try:
        _take_all(installation, arrivals, address.get_secret_value(), first)
    finally:
        with reading(installation.engine) as session:
            done.findings += waiting(session)


def _take_all(installation: Installation, arrivals: Arrivals, address: str, since: date) -> None:
    try:
        with _opened(address) as box:
            for new in _new(installation, box, since, arrivals.done):
                content = _fetched(box, new.uid)  # nothing where somebody deletes it meanwhile
                if content and arrivals.take(new.place, content) in _DONE_WITH:
                    box.flag(new.uid, MailMessageFlags.SEEN, True)  # noqa: FBT003 (the library's own form)
    except UnreachableMailboxError:
        raise
    except _LOST as error:
        raise UnreachableMailboxError(0, f"the mailbox could not be read: {error}") from error


def _new(installation: Installation, box: BaseMailBox, since: date, done: Collected) -> Iterator[_New]:
    """Yield the messages that are not on record, as many as one round takes."""
    folder = str(box.folder.get())
    prefix = f"mail {folder} {box.folder.status(folder, ['UIDVALIDITY'])['UIDVALIDITY']}/"
    with reading(installation.engine) as session:
        known = places_known(session, prefix)
    # A server counts days in a zone of its own.
    uids = [uid for uid in box.uids(A(date_gte=since - timedelta(days=1))) if f"{prefix}{uid}" not in known]
    total = 0
    for uid, size in _sizes(box, uids[:_MOST]):
        total += size
        if size > _LARGEST:
            done.findings.append(f"message {uid} of the mailbox: {size} bytes; too large to be read")
        elif total <= _MOST_BYTES:
            yield _New(uid, f"{prefix}{uid}")
    if len(uids) > _MOST or total > _MOST_BYTES:
        done.findings.append("the mailbox holds more than one round takes; the rest comes with the next")


def _sizes(box: BaseMailBox, uids: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield each message's UID and size in bytes."""
    for first in range(0, len(uids), _AT_ONCE):
        some = ",".join(uids[first : first + _AT_ONCE])
        _, answers = box.client.uid("FETCH", some, "(UID RFC822.SIZE)")
        for answer in answers:
            if found := _SIZE.search(answer if isinstance(answer, bytes) else b""):
                uid, size = (found[1] or found[4], found[2] or found[3])
                yield uid.decode(), int(size)


def _fetched(box: BaseMailBox, uid: str) -> bytes:
    """Return a message as it lies there, without marking it as read."""
    _, answers = box.client.uid("FETCH", uid, "(BODY.PEEK[])")
    found = next((each[1] for each in answers if isinstance(each, tuple)), b"")
    return bytes(found)


def mailbox_in_words(address: str) -> str:
    """Return which mailbox an address names, for people: no user and no password."""
    where = urlsplit(address)
    secure = "with" if where.scheme == "imaps" else "without"
    return f"{_folder(where)} at {where.hostname or 'no host'}:{_port(where)}, {secure} TLS"


def _folder(where: SplitResult) -> str:
    return unquote(where.path.strip("/")) or "INBOX"


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
    user, password = unquote(where.username or ""), unquote(where.password or "")
    enter = box.login if f"{user}{password}".isascii() else box.login_utf8
    return enter(user, password, _folder(where))
