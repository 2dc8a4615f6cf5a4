"""The mailbox: every mail that came to it since the system keeps watch is taken in, whoever opened it first.

What a mail becomes is decided elsewhere (`tasks/inputs/judging.py`). Here it is fetched, once: it is known by
what the server calls it, and stays where it is.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from time import monotonic

from input_packages.reading.reader import Reader
from records.database import reading
from records.inbox import Fate, kept_since, places_known
from records.ledger.deliveries import reports_read
from records.runs import went_live_on
from records.submissions import messages_read
from tasks.inputs.arriving import BY, Arrivals
from tasks.inputs.collected import Collected
from tasks.inputs.intake import Intake
from tasks.inputs.mail.fair_shares import BUDGET, Budget, Shares, Waiting
from tasks.inputs.mail.reading import sender_in
from tasks.inputs.mail.server import OpenMailbox, WithheldMessageError, opened_mailbox
from tasks.inputs.mail.troubles import NEXT
from tasks.installation.tokens import tokens_of

_LARGEST = 60 * 1024 * 1024  # bytes of a whole message; attachments are a third larger on their way
_DAYS_BEFORE = 30  # of mail that came before the inbox was kept
_DONE_WITH = frozenset({Fate.TAKEN, Fate.AUTOMATIC})


def read_mailbox(
    intake: Intake,
    reader: Reader,
    now: datetime,
    done: Collected,
    budget: Budget = BUDGET,
    clock: Callable[[], float] = monotonic,
) -> None:
    """Take in every mail that came to the mailbox in the settings; none set, nothing to do.

    What is more than the `budget` of a run waits for the next one; `clock` gives the seconds it counts.

    Raises:
        UnreachableMailboxError: the server did not answer, or went away; what is left comes next time.
    """
    installation = intake.installation
    address = installation.settings.mailbox
    if address is None:
        return
    with reading(installation.engine) as session:
        kept_at = kept_since(session, BY) or now
        first = max(went_live_on(session) or intake.as_of, kept_at.date() - timedelta(days=_DAYS_BEFORE))
        known = messages_read(session, kept_at) | reports_read(session, kept_at)
    arrivals = Arrivals(intake, reader, now, done, known)
    arrivals.go_on()
    shares = Shares(budget, clock)
    try:
        _take_all(arrivals, address.get_secret_value(), first, shares)
    finally:
        done.findings += shares.findings()


def _take_all(arrivals: Arrivals, address: str, since: date, shares: Shares) -> None:
    installation = arrivals.intake.installation
    with opened_mailbox(address, tokens_of(installation.settings)) as box:
        prefix = box.prefix()
        with reading(installation.engine) as session:
            directory = arrivals.intake.directory(session)
            before = places_known(session, prefix)
        known = {each.address.casefold() for each in directory.people if each.address}
        # A server counts days in a zone of its own.
        there = box.uids_since(since - timedelta(days=1))
        new_ones = [uid for uid in there if f"{prefix}{uid}" not in before]
        waiting = _waiting(box, new_ones, prefix, arrivals)
        for new in shares.taken(waiting, known):
            content = _content(box, new.uid, arrivals.done)
            if content and arrivals.take(f"{prefix}{new.uid}", content) in _DONE_WITH:
                box.mark_read(new.uid)


def _content(box: OpenMailbox, uid: str, done: Collected) -> bytes:
    """Return a message; nothing where somebody deletes it meanwhile, or the server does not give it."""
    try:
        return box.content(uid)
    except WithheldMessageError as error:
        done.findings.append(f"message {uid} of the mailbox: the server does not give it: {error}; {NEXT}")
        return b""


def _waiting(box: OpenMailbox, uids: Sequence[str], prefix: str, arrivals: Arrivals) -> list[Waiting]:
    """Return the messages that can be read; one that is too large is left to a person, unread."""
    found = [Waiting(uid, size, sender_in(header)) for uid, size, header in box.listed(uids)]
    for each in found:
        if each.size > _LARGEST:
            arrivals.leave(f"{prefix}{each.uid}", each.size, each.sender)
    return [each for each in found if each.size <= _LARGEST]
