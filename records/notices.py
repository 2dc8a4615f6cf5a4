"""The ledger of notices: one row per key, and the database decides who may send it.

entered -> claimed -> sent | refused | unknown; refused for now goes back to entered, to be tried later. A
formal notice awaits its release before it is entered for sending. A claim whose outcome is not recorded
within its lease becomes unknown: it is never sent again by itself.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, func, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from records.schema import Base, Recorded

LEASE = timedelta(minutes=15)


class NoticeState(StrEnum):
    """Where a notice stands in the ledger."""

    AWAITING_RELEASE = "awaiting-release"
    ENTERED = "entered"
    CLAIMED = "claimed"
    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"
    SUPERSEDED = "superseded"


UNSENT = frozenset({NoticeState.AWAITING_RELEASE, NoticeState.ENTERED})


class Notice(Base):
    """A message owed to one person about one cycle. The key never changes; the state moves."""

    __tablename__ = "notices"

    notice_key: Mapped[str] = mapped_column(primary_key=True)
    cycle: Mapped[str] = mapped_column(ForeignKey("opened_cycles.cycle"), index=True)
    kind: Mapped[str]
    rung: Mapped[str]
    person: Mapped[str]
    channel: Mapped[str]
    notice_class: Mapped[str]
    send_on: Mapped[date]
    matter: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    cause: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None] = mapped_column(default=None)
    not_before_at: Mapped[datetime | None] = mapped_column(default=None)


class NoticeTransition(Recorded, Base):
    """One move of a notice to a state, with its cause: what the channel answered, who released it."""

    __tablename__ = "notice_transitions"

    notice_key: Mapped[str] = mapped_column(ForeignKey("notices.notice_key"), index=True)
    state: Mapped[str]
    cause: Mapped[str]


class UnknownNoticeError(LookupError):
    """The ledger has no such notice, or it is not in a state for what was asked."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger already has under a key."""

    cycle: str
    kind: str
    state: NoticeState


def enter(session: Session, notice: Notice, at: datetime, by: str) -> None:
    """Enter a notice in the ledger.

    Raises:
        sqlalchemy.exc.IntegrityError: the key is taken; the transaction cannot go on.
    """
    session.add(notice)
    session.flush()
    _note(session, notice.notice_key, NoticeState(notice.state), notice.cause, at, by)


def entries(session: Session) -> dict[str, Entry]:
    """Return what the ledger has, by key."""
    asked = select(Notice.notice_key, Notice.cycle, Notice.kind, Notice.state)
    return {key: Entry(cycle, kind, NoticeState(state)) for key, cycle, kind, state in session.execute(asked)}


def notices_of(session: Session, *, states: Iterable[NoticeState] = NoticeState) -> list[Notice]:
    """Return the notices in some states, by the day they are to leave."""
    wanted = [str(state) for state in states]
    asked = select(Notice).where(Notice.state.in_(wanted)).order_by(Notice.send_on, Notice.notice_key)
    return list(session.scalars(asked))


def notices_about(session: Session, cycle: str) -> list[Notice]:
    """Return every notice about a cycle, by the day it is to leave."""
    asked = select(Notice).where(Notice.cycle == cycle).order_by(Notice.send_on, Notice.notice_key)
    return list(session.scalars(asked))


def count_by_state(session: Session) -> dict[str, int]:
    """Return how many notices the ledger has in each state."""
    asked = select(Notice.state, func.count()).group_by(Notice.state).order_by(Notice.state)
    return dict(session.execute(asked).tuples().all())


def count_moved_to(session: Session, state: NoticeState, first: date, last: date) -> int:
    """Return how many notices moved to a state from the day `first` to the day `last`, both in UTC."""
    since = datetime.combine(first, time(), UTC)
    until = datetime.combine(last, time(), UTC) + timedelta(days=1)
    moved = NoticeTransition.recorded_at
    asked = select(func.count()).where(NoticeTransition.state == state, moved >= since, moved < until)
    return session.scalar(asked) or 0


def count_in(session: Session, states: Collection[str], last: date) -> int:
    """Return how many notices were in one of these states at the end of a day (UTC), by their moves."""
    until = datetime.combine(last, time(), UTC) + timedelta(days=1)
    newest = select(func.max(NoticeTransition.id)).where(NoticeTransition.recorded_at < until)
    newest = newest.group_by(NoticeTransition.notice_key)
    asked = select(func.count()).where(NoticeTransition.id.in_(newest), NoticeTransition.state.in_(states))
    return session.scalar(asked) or 0


def next_ready(session: Session, now: datetime) -> str | None:
    """Return the key of the next notice that may leave, without claiming it."""
    due = or_(Notice.not_before_at.is_(None), Notice.not_before_at <= now)
    ready = select(Notice.notice_key).where(Notice.state == NoticeState.ENTERED, due)
    return session.scalar(ready.order_by(Notice.send_on, Notice.notice_key).limit(1))


def claim(session: Session, now: datetime, by: str) -> Notice | None:
    """Claim the next notice that may leave, for one attempt; None when there is none.

    The claim is a conditional update: of several dispatchers, one gets each notice.
    """
    while key := next_ready(session, now):
        held = {"state": NoticeState.CLAIMED, "leased_until": now + LEASE, "attempts": Notice.attempts + 1}
        if move(session, key, NoticeState.ENTERED, held, "claimed for sending", now, by):
            return session.get_one(Notice, key, populate_existing=True)
    return None


def move(
    session: Session, key: str, old: NoticeState, values: dict[str, Any], cause: str, at: datetime, by: str
) -> bool:
    """Move a notice on from state `old`, if it is still in it.

    Returns:
        Whether it was.
    """
    change = (
        update(Notice).where(Notice.notice_key == key, Notice.state == old).values(values | {"cause": cause})
    )
    moved = session.connection().execute(change).rowcount == 1
    if moved:
        _note(session, key, NoticeState(values["state"]), cause, at, by)
    return moved


def answer(
    session: Session,
    key: str,
    state: NoticeState,
    cause: str,
    at: datetime,
    *,
    again_at: datetime | None = None,
) -> bool:
    """Record the outcome of an attempt; `again_at` is when a notice refused for now may be tried again."""
    values = {"state": state, "leased_until": None, "not_before_at": again_at}
    return move(session, key, NoticeState.CLAIMED, values, cause, at, "dispatch")


def expire(session: Session, now: datetime) -> list[str]:
    """Move claims whose lease ran out to unknown, and return their keys."""
    lapsed = select(Notice.notice_key).where(Notice.state == NoticeState.CLAIMED, Notice.leased_until < now)
    cause = "the dispatcher stopped between claiming and recording; whether it was sent is not known"
    unknown = {"state": NoticeState.UNKNOWN, "leased_until": None}
    keys = list(session.scalars(lapsed.order_by(Notice.notice_key)))
    return [k for k in keys if move(session, k, NoticeState.CLAIMED, unknown, cause, now, "dispatch")]


def release(session: Session, key: str, by: str, at: datetime) -> None:
    """Let a formal notice leave.

    Raises:
        UnknownNoticeError: no notice of that key awaits release.
    """
    entered = {"state": NoticeState.ENTERED}
    if not move(session, key, NoticeState.AWAITING_RELEASE, entered, f"released by {by}", at, by):
        raise UnknownNoticeError(
            f"no notice {key} awaits release; see: mandates notices --state awaiting-release"
        )


def settle(session: Session, key: str, state: NoticeState, cause: str, by: str, at: datetime) -> None:
    """Settle a notice of unknown outcome: a person found out that it arrived, or that it did not.

    Raises:
        UnknownNoticeError: no notice of that key is unknown.
    """
    if not move(session, key, NoticeState.UNKNOWN, {"state": state}, cause, at, by):
        raise UnknownNoticeError(f"no notice {key} is unknown; see: mandates notices --state unknown")


def transitions(session: Session, key: str) -> list[NoticeTransition]:
    """Return a notice's history, the earliest first."""
    asked = select(NoticeTransition).where(NoticeTransition.notice_key == key)
    return list(session.scalars(asked.order_by(NoticeTransition.id)))


def _note(session: Session, key: str, state: NoticeState, cause: str, at: datetime, by: str) -> None:
    session.add(NoticeTransition(recorded_at=at, recorded_by=by, notice_key=key, state=state, cause=cause))
    session.flush()


def sent_on(session: Session, cycle: str, kind: str) -> dict[str, date]:
    """Return the day (UTC) each person was first sent a notice of `kind` about a cycle."""
    asked = (
        select(Notice.person, NoticeTransition.recorded_at)
        .join(NoticeTransition, NoticeTransition.notice_key == Notice.notice_key)
        .where(Notice.cycle == cycle, Notice.kind == kind, NoticeTransition.state == NoticeState.SENT)
        .order_by(NoticeTransition.id.desc())
    )
    return {person: at.date() for person, at in session.execute(asked)}
