"""Claims: who may send a notice, for how long, and what came of it.

A claim whose outcome is not recorded within its lease becomes unknown: it is never sent again by itself.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from policies.notices import NoticeClass
from records.notices import READY, Notice, NoticeState, move_all

LEASE = timedelta(minutes=15)


def next_ready(session: Session, now: datetime, held: Collection[str] = ()) -> Notice | None:
    """Return the next notice that may leave, without claiming it; nobody of those `held` is written to."""
    return session.scalars(select(Notice).where(*_may_leave(now, held)).order_by(*_ORDER).limit(1)).first()


def claim(session: Session, now: datetime, by: str, held: Collection[str] = ()) -> list[Notice]:
    """Claim what goes to the next person in one message, for one attempt; nothing when there is none.

    Routine notices to one person by one channel travel together, a formal one alone.
    """
    lease = {"leased_until": now + LEASE, "tried_at": now, "attempts": Notice.attempts + 1}
    values = {"state": NoticeState.CLAIMED, **lease}
    while first := next_ready(session, now, held):
        keys = [first.notice_key] if first.notice_class == NoticeClass.FORMAL else _with(session, first, now)
        if mine := move_all(session, keys, READY, values, "claimed for sending", now, by):
            asked = select(Notice).where(Notice.notice_key.in_(mine)).order_by(*_ORDER)
            return list(session.scalars(asked.execution_options(populate_existing=True)))
        session.expire_all()
    return []


def answer(
    session: Session,
    keys: Sequence[str],
    state: NoticeState,
    cause: str,
    at: datetime,
    *,
    again_at: datetime | None = None,
) -> list[str]:
    """Record the outcome of an attempt; `again_at` is when what was refused for now may be tried again."""
    values = {"state": state, "leased_until": None, "not_before_at": again_at}
    return move_all(session, keys, {NoticeState.CLAIMED}, values, cause, at, "dispatch")


def expire(session: Session, now: datetime) -> list[str]:
    """Move claims whose lease ran out to unknown, and return their keys."""
    lapsed = select(Notice.notice_key).where(Notice.state == NoticeState.CLAIMED, Notice.leased_until < now)
    cause = "the dispatcher stopped between claiming and recording; whether it was sent is not known"
    values = {"state": NoticeState.UNKNOWN, "leased_until": None}
    keys = list(session.scalars(lapsed))
    return move_all(session, keys, {NoticeState.CLAIMED}, values, cause, now, "dispatch")


_ORDER = (Notice.send_on, Notice.notice_key)


def _with(session: Session, first: Notice, now: datetime) -> list[str]:
    """Return the keys of everything that may travel in one message with `first`."""
    together = (
        Notice.person == first.person,
        Notice.channel == first.channel,
        Notice.notice_class == NoticeClass.ROUTINE,
    )
    return list(session.scalars(select(Notice.notice_key).where(*_may_leave(now), *together)))


def _may_leave(now: datetime, held: Collection[str] = ()) -> tuple[ColumnElement[bool], ...]:
    due = or_(Notice.not_before_at.is_(None), Notice.not_before_at <= now)
    ready = Notice.state.in_([str(state) for state in READY])
    return (ready, due, *([Notice.person.not_in(held)] if held else []))
