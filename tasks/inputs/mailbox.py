"""The mailbox: every mail that came to it since the system keeps watch is taken in, whoever opened it first.

What a mail becomes is decided elsewhere (`tasks/inputs/judging.py`). Here it is fetched, once: it is known by
what the server calls it, and stays where it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from input_packages.reading.reader import Reader
from records.database import reading
from records.inbox import Fate, kept_since, places_known
from records.ledger.deliveries import reports_read
from records.runs import went_live_on
from records.submissions import messages_read
from tasks.inputs.arriving import Arrivals
from tasks.inputs.collected import Collected
from tasks.inputs.mail_server import OpenMailbox, WithheldMessageError, opened_mailbox
from tasks.inputs.mail_troubles import NEXT
from tasks.installation.installation import Installation
from tasks.installation.tokens import tokens_of
from tasks.status.findings import inbox_findings

_LARGEST = 60 * 1024 * 1024  # bytes of a whole message; attachments are a third larger on their way
_MOST, _MOST_BYTES = 2000, 1024 * 1024 * 1024  # messages and bytes of one round; the rest comes with the next
_DAYS_BEFORE = 30  # of mail that came before the inbox was kept
_DONE_WITH = frozenset({Fate.TAKEN, Fate.AUTOMATIC})


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
            done.findings += inbox_findings(session)


def _take_all(installation: Installation, arrivals: Arrivals, address: str, since: date) -> None:
    with opened_mailbox(address, tokens_of(installation.settings)) as box:
        for new in _new(installation, box, since, arrivals.done):
            content = _content(box, new.uid, arrivals.done)
            if content and arrivals.take(new.place, content) in _DONE_WITH:
                box.mark_read(new.uid)


def _content(box: OpenMailbox, uid: str, done: Collected) -> bytes:
    """Return a message; nothing where somebody deletes it meanwhile, or the server does not give it."""
    try:
        return box.content(uid)
    except WithheldMessageError as error:
        done.findings.append(f"message {uid} of the mailbox: the server does not give it: {error}; {NEXT}")
        return b""


def _new(installation: Installation, box: OpenMailbox, since: date, done: Collected) -> Iterator[_New]:
    """Yield the messages that are not on record, as many as one round takes."""
    prefix = box.prefix()
    with reading(installation.engine) as session:
        known = places_known(session, prefix)
    # A server counts days in a zone of its own.
    uids = [uid for uid in box.uids_since(since - timedelta(days=1)) if f"{prefix}{uid}" not in known]
    total = 0
    for uid, size in box.sizes(uids[:_MOST]):
        total += size
        if size > _LARGEST:
            done.findings.append(f"message {uid} of the mailbox: {size} bytes; too large to be read")
        elif total <= _MOST_BYTES:
            yield _New(uid, f"{prefix}{uid}")
    if len(uids) > _MOST or total > _MOST_BYTES:
        done.findings.append("the mailbox holds more than one round takes; the rest comes with the next")
