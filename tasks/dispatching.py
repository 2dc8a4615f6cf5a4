"""Dispatch: what the ledger lets leave is claimed, written, kept, sent, and the answer recorded."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from typing import TYPE_CHECKING, Protocol

from jinja2 import TemplateError
from pydantic import ValidationError

from notifications.channels import Outcome, UnusableChannelError, Verdict, open_channel
from policies.problems import Problem, RefusedFileError
from records.claims import answer, claim, expire, next_ready
from records.database import writing
from records.letters import keep_letter
from records.notices import Notice, NoticeState
from tasks.findings import waiting_findings
from tasks.letters import UnreachableError, held_back, letter_about
from tasks.workplace import Workplace

if TYPE_CHECKING:
    from records.database import Session

# How long a notice that was refused for now waits before each further attempt; after the last it is given up.
WAITS = (
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)
STATES = {
    Outcome.SENT: NoticeState.SENT,
    Outcome.REFUSED_FOR_GOOD: NoticeState.REFUSED,
    Outcome.UNKNOWN: NoticeState.UNKNOWN,
}
BY = "dispatch"
# What keeps a notice from being written: its template, what the ledger kept of it, its recipient, an address.
FAULTS = (TemplateError, ValidationError, UnreachableError, ValueError)


@dataclass(slots=True)
class Dispatching:
    """What one dispatch did."""

    rows: list[dict[str, str]] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)

    def count(self, outcome: str) -> int:
        """Return how many notices ended in this state."""
        return sum(1 for row in self.rows if row["outcome"] == outcome)


class Outlet(Protocol):
    """A way out: it takes a message and says what became of it."""

    def send(self, message: EmailMessage) -> Verdict:
        """Send one message."""


def configured(workplace: Workplace) -> AbstractContextManager[Outlet]:
    """Open the channel that the settings name.

    Raises:
        RefusedFileError: nothing can be sent through it.
    """
    settings = workplace.settings
    try:
        return open_channel(settings.channels_email.get_secret_value(), outbox=settings.outbox)
    except UnusableChannelError as error:
        key, found = "MANDATES_CHANNELS_EMAIL", "a channel that cannot be used"
        raise RefusedFileError([Problem("environment", key, found, str(error))]) from error


def dispatch(
    workplace: Workplace,
    as_of: date,
    now: datetime,
    outlet: Callable[[Workplace], AbstractContextManager[Outlet]] = configured,
) -> Dispatching:
    """Send everything that may leave, what goes to one person in one message.

    A kill leaves at most one message of unknown outcome. No session is open while a message is on its way;
    what it says is kept before it goes. What a server refuses for now waits in the ledger.
    """
    done = Dispatching()
    clock = _ticking(now)
    held = held_back(workplace, as_of, now)
    if not _anything(workplace, now, held, done):
        return done
    with outlet(workplace) as channel:
        for letter in _letters(workplace, as_of, held, clock, done):
            verdict = channel.send(letter.message)
            with writing(workplace.engine) as session:
                _record(session, letter.notices, verdict, clock(), done)
    done.findings += [f"{r['notice_key']}: {r['outcome']}: {r['cause']}" for r in done.rows if _bad(r)]
    return done


@dataclass(frozen=True, slots=True)
class _Letter:
    """A message that was claimed, written and kept, and the notices it carries."""

    notices: list[Notice]
    message: EmailMessage


def _anything(workplace: Workplace, now: datetime, held: Mapping[str, datetime], done: Dispatching) -> bool:
    """Settle the claims of dispatchers that died, and return whether any notice may leave."""
    with writing(workplace.engine) as session:
        lapsed = expire(session, now)
        done.findings += [f"{key}: whether it was sent is unknown" for key in lapsed]
        done.findings += waiting_findings(session, held)
        return next_ready(session, now, list(held)) is not None


def _letters(
    workplace: Workplace,
    as_of: date,
    held: Mapping[str, datetime],
    clock: Callable[[], datetime],
    done: Dispatching,
) -> Iterator[_Letter]:
    """Yield each letter once it is claimed and kept; what cannot be written is refused."""
    while True:
        with writing(workplace.engine) as session:
            notices = claim(session, clock(), BY, list(held))
            if not notices:
                return
            letter = _written(session, workplace, notices, as_of, clock(), done)
            session.expunge_all()
        if letter:
            yield letter


def _written(
    session: "Session",
    workplace: Workplace,
    notices: list[Notice],
    as_of: date,
    now: datetime,
    done: Dispatching,
) -> _Letter | None:
    """Write a letter and keep it. One notice that cannot be written is refused, and holds up no other."""
    good, message = notices, None
    try:
        message = letter_about(workplace, notices, as_of, now)
    except FAULTS:
        good = [n for n in notices if not _refused(session, workplace, n, as_of, now, done)]
    if not good:
        return None
    message = message or letter_about(workplace, good, as_of, now)
    keep_letter(session, good, str(message["Message-ID"]), message.as_bytes(), now, BY)
    return _Letter(good, message)


def _refused(
    session: "Session", workplace: Workplace, notice: Notice, as_of: date, now: datetime, done: Dispatching
) -> bool:
    """Refuse a notice that cannot be written; return whether it was."""
    try:
        letter_about(workplace, [notice], as_of, now)
    except FAULTS as fault:
        verdict = Verdict(Outcome.REFUSED_FOR_GOOD, f"it could not be written: {fault}")
        _record(session, [notice], verdict, now, done)
        return True
    return False


def _record(
    session: "Session", notices: Sequence[Notice], verdict: Verdict, now: datetime, done: Dispatching
) -> None:
    for notice in notices:
        state, cause, again_at = _outcome(notice, verdict, now)
        answer(session, [notice.notice_key], state, cause, now, again_at=again_at)
        done.rows.append(
            {
                "notice_key": notice.notice_key,
                "to": notice.person,
                "outcome": state,
                "cause": verdict.text,
            }
        )


def _outcome(notice: Notice, verdict: Verdict, now: datetime) -> tuple[NoticeState, str, datetime | None]:
    if verdict.outcome is not Outcome.REFUSED_NOW:
        return STATES[verdict.outcome], verdict.text, None
    if notice.attempts > len(WAITS):
        return NoticeState.REFUSED, f"given up after {notice.attempts} attempts: {verdict.text}", None
    return NoticeState.ENTERED, f"refused for now: {verdict.text}", now + WAITS[notice.attempts - 1]


def _bad(row: dict[str, str]) -> bool:
    return row["outcome"] != NoticeState.SENT


def _ticking(now: datetime) -> Callable[[], datetime]:
    started = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - started)
