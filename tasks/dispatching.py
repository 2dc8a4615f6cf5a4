"""Dispatch: what the ledger lets leave is claimed, written, kept, sent, and the answer recorded."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from typing import TYPE_CHECKING, Protocol

from jinja2 import TemplateError
from pydantic import ValidationError

from notifications.channels import Outcome, Takes, Verdict
from policies.problems import RefusedFileError
from records.claims import answer, claim, expire, next_ready
from records.database import writing
from records.letters import keep_letter
from records.notices import Notice, NoticeState
from tasks.channels import open_channels
from tasks.findings import waiting_findings
from tasks.letters import Letter, UnreachableError, as_kept, held_back, letter_about
from tasks.settings import EMAIL
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
# How an attempt ends for a notice: its state, the cause, and when it may be tried again.
Ending = tuple[NoticeState, str, datetime | None]
# What keeps a notice from being written: its template, what the ledger kept of it, its recipient, an address.
FAULTS = (TemplateError, ValidationError, UnreachableError, ValueError)


@dataclass(slots=True)
class Dispatching:
    """What one dispatch did; `letters` is how many messages its notices left in."""

    rows: list[dict[str, str]] = field(default_factory=list)
    letters: int = 0
    findings: list[str] = field(default_factory=list)

    def count(self, outcome: str) -> int:
        """Return how many notices ended in this state."""
        return sum(1 for row in self.rows if row["outcome"] == outcome)

    def counts(self) -> dict[str, int]:
        """Return how many notices ended in each state."""
        return dict(Counter(row["outcome"] for row in self.rows))


class Way(Protocol):
    """A channel: it takes a whole mail or a short text, and says what became of it."""

    @property
    def takes(self) -> Takes:
        """Which of the two it takes."""

    def send(self, message: EmailMessage) -> Verdict:
        """Send one mail."""

    def send_short(self, title: str, body: str) -> Verdict:
        """Send one short text."""


class Outlet(Protocol):
    """The ways out, by the names that the directory calls them."""

    def of(self, name: str) -> Way:
        """Return the channel of this name.

        Raises:
            RefusedFileError: nobody configured it, or nothing can be sent through it.
        """


@contextmanager
def configured(workplace: Workplace) -> Iterator[Outlet]:
    """Open the channels that the settings name, the one for e-mail at once.

    Raises:
        RefusedFileError: no e-mail can be sent.
    """
    with open_channels(workplace.settings) as channels:
        channels.of(EMAIL)
        yield channels


def dispatch(
    workplace: Workplace,
    as_of: date,
    now: datetime,
    outlet: Callable[[Workplace], AbstractContextManager[Outlet]] = configured,
) -> Dispatching:
    """Send everything that may leave, what goes to one person by one channel in one message.

    A kill leaves at most one message of unknown outcome. No session is open while a message is on its way;
    what it says is kept before it goes. What a server refuses for now waits in the ledger.
    """
    done = Dispatching()
    clock = _ticking(now)
    held = held_back(workplace, as_of, now)
    if not _anything(workplace, now, held, done):
        return done
    with outlet(workplace) as ways:
        for sending in _claimed(workplace, ways, as_of, held, clock, done):
            verdict = _sent(sending)
            with writing(workplace.engine) as session:
                _record(session, sending.notices, verdict, clock(), done)
            done.letters += 1
    done.findings += [f"{r['notice_key']}: {r['outcome']}: {r['cause']}" for r in done.rows if _bad(r)]
    return done


@dataclass(frozen=True, slots=True)
class _Sending:
    """A letter that was claimed, written and kept, the notices it carries, and its way out."""

    notices: list[Notice]
    letter: Letter
    way: Way


def _sent(sending: _Sending) -> Verdict:
    letter, way = sending.letter, sending.way
    if isinstance(letter, EmailMessage):
        return way.send(letter)
    return way.send_short(letter.title, letter.body)


def _anything(workplace: Workplace, now: datetime, held: Mapping[str, datetime], done: Dispatching) -> bool:
    """Settle the claims of dispatchers that died, and return whether any notice may leave."""
    with writing(workplace.engine) as session:
        lapsed = expire(session, now)
        done.findings += [f"{key}: whether it was sent is unknown" for key in lapsed]
        done.findings += waiting_findings(session, held)
        return next_ready(session, now, list(held)) is not None


def _claimed(
    workplace: Workplace,
    ways: Outlet,
    as_of: date,
    held: Mapping[str, datetime],
    clock: Callable[[], datetime],
    done: Dispatching,
) -> Iterator[_Sending]:
    """Yield each letter once it is claimed and kept; what cannot be written or has no way out is refused."""
    while True:
        with writing(workplace.engine) as session:
            notices = claim(session, clock(), BY, list(held))
            if not notices:
                return
            try:
                way = ways.of(notices[0].channel)
            except RefusedFileError as refusal:
                verdict = Verdict(Outcome.REFUSED_NOW, str(refusal.problems[0]))
                _record(session, notices, verdict, clock(), done)
                continue
            sending = _written(session, workplace, notices, way, as_of, clock(), done)
            session.expunge_all()
        if sending:
            yield sending


def _written(
    session: "Session",
    workplace: Workplace,
    notices: list[Notice],
    way: Way,
    as_of: date,
    now: datetime,
    done: Dispatching,
) -> _Sending | None:
    """Write a letter and keep it. One notice that cannot be written is refused, and holds up no other."""
    good, letter = notices, None
    try:
        letter = letter_about(workplace, notices, as_of, now, way.takes)
    except FAULTS:
        good = [n for n in notices if not _refused(session, workplace, n, way, as_of, now, done)]
    if not good:
        return None
    letter = letter or letter_about(workplace, good, as_of, now, way.takes)
    keep_letter(session, good, *as_kept(letter, good), now, BY)
    return _Sending(good, letter, way)


def _refused(
    session: "Session",
    workplace: Workplace,
    notice: Notice,
    way: Way,
    as_of: date,
    now: datetime,
    done: Dispatching,
) -> bool:
    """Refuse a notice that cannot be written; return whether it was."""
    try:
        letter_about(workplace, [notice], as_of, now, way.takes)
    except FAULTS as fault:
        verdict = Verdict(Outcome.REFUSED_FOR_GOOD, f"it could not be written: {fault}")
        _record(session, [notice], verdict, now, done)
        return True
    return False


def _record(
    session: "Session", notices: Sequence[Notice], verdict: Verdict, now: datetime, done: Dispatching
) -> None:
    outcomes: defaultdict[Ending, list[Notice]] = defaultdict(list)
    for notice in notices:
        outcomes[_outcome(notice, verdict, now)].append(notice)
    for (state, cause, again_at), same in outcomes.items():
        answer(session, [notice.notice_key for notice in same], state, cause, now, again_at=again_at)
        done.rows += [
            {"notice_key": n.notice_key, "to": n.person, "outcome": state, "cause": verdict.text}
            for n in same
        ]


def _outcome(notice: Notice, verdict: Verdict, now: datetime) -> Ending:
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
