"""Dispatch: what the ledger lets leave is claimed, rendered, sent, and the answer recorded."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from typing import Protocol

from jinja2 import TemplateError
from pydantic import ValidationError

from notifications.channels import Outcome, Verdict
from notifications.envelope import Sender, enclose
from notifications.matter import from_json
from notifications.messages import render
from records.database import writing
from records.notices import Notice, NoticeState, answer, claim, expire, next_ready
from tasks.channels import open_channels
from tasks.settings import EMAIL
from tasks.workplace import Workplace

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


@contextmanager
def configured(workplace: Workplace) -> Iterator[Outlet]:
    """Open the channel for e-mail that the settings name.

    Raises:
        RefusedFileError: nothing can be sent through it.
    """
    with open_channels(workplace) as channels:
        yield channels.of(EMAIL)


def dispatch(
    workplace: Workplace,
    as_of: date,
    now: datetime,
    outlet: Callable[[Workplace], AbstractContextManager[Outlet]] = configured,
) -> Dispatching:
    """Send every notice that may leave, one at a time: a kill leaves at most one of unknown outcome.

    The session is closed while a message is on its way. What a server refuses for now waits in the ledger.
    """
    done = Dispatching()
    clock = _ticking(now)
    if not _anything(workplace, now, done):
        return done
    with outlet(workplace) as channel:
        for notice in _claimed(workplace, clock):
            verdict = _attempt(workplace, channel, notice, as_of, clock())
            state = _record(workplace, notice, verdict, clock())
            done.rows.append(
                {
                    "notice_key": notice.notice_key,
                    "to": notice.person,
                    "outcome": state,
                    "cause": verdict.text,
                }
            )
    done.findings += [f"{r['notice_key']}: {r['outcome']}: {r['cause']}" for r in done.rows if _bad(r)]
    return done


def message_of(workplace: Workplace, notice: Notice, as_of: date, now: datetime) -> EmailMessage:
    """Return the exact message of a notice, as it leaves (or would leave) on `as_of`.

    Raises:
        UnreachableError: the person has left the directory.
    """
    recipient = workplace.directory.recipient(notice.person)
    if recipient is None:
        raise UnreachableError(f"{notice.person} is not in the directory; add the address there")
    matter = from_json(notice.matter)
    origin = workplace.directory.sender
    return enclose(
        render(matter, recipient, as_of),
        recipient,
        sender=Sender(origin.name, origin.address),
        notice_keys=[notice.notice_key],
        cycles=[notice.cycle],
        sent_at=now,
    )


class UnreachableError(LookupError):
    """Nobody knows where to send this."""


def _anything(workplace: Workplace, now: datetime, done: Dispatching) -> bool:
    """Settle the claims of dispatchers that died, and return whether any notice may leave."""
    with writing(workplace.engine) as session:
        lapsed = expire(session, now)
        done.findings += [f"{key}: whether it was sent is unknown" for key in lapsed]
        return next_ready(session, now) is not None


def _claimed(workplace: Workplace, clock: Callable[[], datetime]) -> Iterator[Notice]:
    while True:
        with writing(workplace.engine) as session:
            notice = claim(session, clock(), BY)
            if notice is None:
                return
            session.expunge(notice)
        yield notice


def _attempt(workplace: Workplace, channel: Outlet, notice: Notice, as_of: date, now: datetime) -> Verdict:
    try:
        message = message_of(workplace, notice, as_of, now)
    except (TemplateError, ValidationError, UnreachableError, ValueError) as error:
        return Verdict(Outcome.REFUSED_FOR_GOOD, f"it could not be written: {error}")
    return channel.send(message)


def _record(workplace: Workplace, notice: Notice, verdict: Verdict, now: datetime) -> NoticeState:
    with writing(workplace.engine) as session:
        if verdict.outcome is not Outcome.REFUSED_NOW:
            state = STATES[verdict.outcome]
            answer(session, notice.notice_key, state, verdict.text, now)
        elif notice.attempts > len(WAITS):
            state = NoticeState.REFUSED
            answer(
                session,
                notice.notice_key,
                state,
                f"given up after {notice.attempts} attempts: {verdict.text}",
                now,
            )
        else:
            state = NoticeState.ENTERED
            again_at = now + WAITS[notice.attempts - 1]
            answer(
                session, notice.notice_key, state, f"refused for now: {verdict.text}", now, again_at=again_at
            )
    return state


def _bad(row: dict[str, str]) -> bool:
    return row["outcome"] != NoticeState.SENT


def _ticking(now: datetime) -> Callable[[], datetime]:
    started = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - started)
