"""Dispatch: what the ledger lets leave is claimed, written, kept, sent, and the answer recorded."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from jinja2 import TemplateError
from pydantic import ValidationError

from notifications.channels import Outcome, Verdict
from notifications.envelope import Mail
from policies.plans.notices import NoticeState
from policies.problems import RefusedFileError
from records.database import reading, writing
from records.ledger.claims import answer, claim, expire, to_leave
from records.ledger.letters import keep_letter
from records.ledger.notices import Notice
from records.ledger.outages import closed_channels, outages, record_try
from records.published import publish
from tasks.dispatch.attachments import Written, written_about
from tasks.dispatch.channel import Channel, Channels, InTrial, configured
from tasks.dispatch.endings import Ending, ending
from tasks.dispatch.letters import Letter, UnreachableError, as_kept, channel_of, delivery_of, held_back
from tasks.installation.installation import Installation
from tasks.installation.live import Leave, settle_use, still_holds
from tasks.installation.who import Directories
from tasks.status.findings import outage_findings, waiting_findings
from tasks.status.forgotten import withhold_forgotten

if TYPE_CHECKING:
    from records.database import Session

BY = "dispatch"
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


def dispatch(
    installation: Installation,
    as_of: date,
    now: datetime,
    open_channels: Callable[[Installation], AbstractContextManager[Channels]] = configured,
    *,
    by_hand: bool = False,
) -> Dispatching:
    """Send everything that may leave, what goes to one person by one channel in one message.

    A kill leaves at most one message of unknown outcome. No session is open while a message is on its way;
    what it says is kept before it goes. What a server refuses for now waits in the ledger. A channel that
    reaches nobody is not tried again before its wait is over, unless something new is to leave by it or a
    person asks `by_hand`. Where the record is not the live one nothing leaves, and a finding says why.
    """
    done = Dispatching()
    clock = _ticking(now)
    who = Directories(as_of)
    first = _first(installation, who, now, done, by_hand=by_hand)
    leave, letters = first.leave, first.letters
    if leave.nothing:
        return done
    if letters:
        with open_channels(installation) as channels:
            way_out = InTrial(channels) if leave.trial else channels
            dispatcher = _Dispatcher(
                installation, who, way_out, as_of, clock, done, leave, first.closed, first.down
            )
            while letters:
                dispatcher.send(letters)
                with reading(installation.engine) as session:
                    holds = still_holds(session, leave)
                    held = held_back(installation, who.now(session), now)
                    letters = to_leave(session, clock(), list(held), first.closed) if holds else []
    done.findings += [f"{r['notice_key']}: {r['outcome']}: {r['cause']}" for r in done.rows if _bad(r)]
    with reading(installation.engine) as session:
        done.findings += outage_findings(session)
    return done


@dataclass(frozen=True, slots=True)
class _First:
    """What may leave from here at all, and now, by the keys in each letter.

    `closed` are the channels that are not tried yet; `down` those that reached nobody when last tried.
    """

    leave: Leave
    letters: list[list[str]] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)
    down: set[str] = field(default_factory=set)


def _first(
    installation: Installation,
    who: Directories,
    now: datetime,
    done: Dispatching,
    *,
    by_hand: bool,
) -> _First:
    """Settle the claims of dispatchers that died, and return what may leave now."""
    with writing(installation.engine) as session:
        leave = settle_use(session, installation.settings, now)
        if leave.nothing:
            done.findings.append(leave.nothing)
            return _First(leave)
        withhold_forgotten(session, now)
        lapsed = expire(session, now)
        done.findings += [f"{key}: whether it was sent is unknown" for key in lapsed]
        directory = who.now(session)
        held = held_back(installation, directory, now)
        done.findings += waiting_findings(session, directory, held)
        closed = set() if by_hand else set(closed_channels(session, now))
        return _First(leave, to_leave(session, now, list(held), closed), closed, set(outages(session)))


@dataclass(frozen=True, slots=True)
class _Sending:
    """A letter that was claimed, written and kept, the notices it carries, and its way out."""

    notices: list[Notice]
    letter: Letter
    channel: Channel
    why: str

    def sent(self) -> "_Sent":
        """Send it, and return what became of it."""
        if isinstance(self.letter, Mail):
            return _Sent(self.notices, self.channel.send(self.letter), self.why)
        return _Sent(self.notices, self.channel.send_short(self.letter.title, self.letter.body), self.why)


@dataclass(frozen=True, slots=True)
class _Sent:
    """What became of a letter that was on its way, and the notices it carried."""

    notices: list[Notice]
    verdict: Verdict
    why: str


@dataclass(frozen=True, slots=True)
class _Dispatcher:
    """Sends one letter after the other, and puts down in `done` what became of them.

    `who` says to whom each goes when it is written. `closed` are the channels by which nothing leaves for
    now: others are added as they are found to reach nobody. `down` are those that reached nobody before.
    """

    installation: Installation
    who: Directories
    channels: Channels
    as_of: date
    clock: Callable[[], datetime]
    done: Dispatching
    leave: Leave
    closed: set[str]
    down: set[str]

    def send(self, letters: Iterable[Collection[str]]) -> None:
        """Send letters, each given by the keys of what it carries, until one finds that nobody is reached.

        One transaction records the answer to a letter and claims the next: one commit for each.
        """
        sent: _Sent | None = None
        closed_before = len(self.closed)
        for keys in letters:
            sending = self._next(sent, keys)
            sent = sending.sent() if sending else None
            self.done.letters += sent is not None
            if len(self.closed) > closed_before or (sent and sent.verdict.outcome is Outcome.UNREACHED):
                break
        self._answered(sent)

    def _next(self, before: _Sent | None, keys: Collection[str]) -> _Sending | None:
        """Record what became of the letter before, and claim, write and keep the next one."""
        try:
            with writing(self.installation.engine) as session:
                if before:
                    self._record(session, before.notices, before.verdict, before.why)
                claimed = claim(session, keys, self.clock(), BY) if still_holds(session, self.leave) else []
                sending = self._written(session, claimed)
                session.expunge_all()
        except BaseException:
            # Whatever is wrong with the next letter must not make this one's outcome unknown.
            self._answered(before)
            raise
        return sending

    def _answered(self, sent: _Sent | None) -> None:
        """Record by itself what became of a letter."""
        if sent:
            with writing(self.installation.engine) as session:
                self._record(session, sent.notices, sent.verdict, sent.why)

    def _written(self, session: "Session", notices: list[Notice]) -> _Sending | None:
        """Write a letter and keep it; what cannot be written or has no way out is refused.

        One notice that cannot be written holds up no other.
        """
        if not notices:
            return None
        try:
            channel = self.channels.of(channel_of(notices[0]))
        except RefusedFileError as refusal:
            self._record(session, notices, Verdict(Outcome.UNREACHED, str(refusal.problems[0])))
            return None
        good, written = notices, None
        try:
            written = self._letter(session, notices, channel)
        except FAULTS:
            good = [notice for notice in notices if not self._refused(session, notice, channel)]
        if not good:
            return None
        written = written or self._letter(session, good, channel)
        keep_letter(session, good, *as_kept(written.letter, good), self.clock(), BY)
        publish(session, written.entries, self.clock(), BY)
        why = delivery_of(self.who.now(session), good[0]).why
        return _Sending(good, written.letter, channel, why)

    def _letter(self, session: "Session", notices: list[Notice], channel: Channel) -> Written:
        directory = self.who.now(session)
        return written_about(
            session, self.installation, directory, notices, self.as_of, self.clock(), channel.takes
        )

    def _refused(self, session: "Session", notice: Notice, channel: Channel) -> bool:
        """Refuse a notice that cannot be written; return whether it was."""
        try:
            self._letter(session, [notice], channel)
        except FAULTS as fault:
            verdict = Verdict(Outcome.REFUSED_FOR_GOOD, f"it could not be written: {fault}")
            self._record(session, [notice], verdict)
            return True
        return False

    def _record(self, session: "Session", notices: Sequence[Notice], verdict: Verdict, why: str = "") -> None:
        now, named = self.clock(), self.who.now(session).holder_name
        self._reached(session, notices[0].channel, verdict, now)
        outcomes: defaultdict[Ending, list[Notice]] = defaultdict(list)
        for notice in notices:
            outcomes[ending(notice, verdict, now)].append(notice)
        for (state, said, again_at, attempts), same in outcomes.items():
            keys = [notice.notice_key for notice in same]
            cause = f"{said}; {why}" if why else said
            answer(session, keys, state, cause, now, again_at=again_at, attempts=attempts)
            self.done.rows += [
                {"notice_key": n.notice_key, "to": named(n.person), "outcome": state, "cause": verdict.text}
                for n in same
            ]

    def _reached(self, session: "Session", channel: str, verdict: Verdict, now: datetime) -> None:
        """Record that a channel reaches nobody, or that it does again."""
        if verdict.outcome is Outcome.UNREACHED:
            self.closed.add(channel)
            record_try(session, channel, verdict.text, now, BY, reached=False)
        elif channel in self.down and channel in outages(session):
            record_try(session, channel, verdict.text, now, BY, reached=True)


def _bad(row: dict[str, str]) -> bool:
    return row["outcome"] not in (NoticeState.SENT, NoticeState.DRAFTED)


def _ticking(now: datetime) -> Callable[[], datetime]:
    started = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - started)
