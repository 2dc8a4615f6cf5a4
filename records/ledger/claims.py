"""Claims: who may send a notice, for how long, and what came of it.

A claim whose outcome is not recorded within its lease becomes unknown: it is never sent again by itself.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.orm import Session

from policies.plans.notices import NoticeClass, NoticeState
from records.ledger.moves import MOVED, Move, note
from records.ledger.notices import LEDGER, READY, Notice, move_all

LEASE = timedelta(minutes=15)


def to_leave(
    session: Session, now: datetime, held: Collection[str] = (), closed: Collection[str] = ()
) -> list[list[str]]:
    """Return the keys of all that may leave now: for each message those it carries, in the order they leave.

    Routine notices to one person by one channel travel together, any other alone; nobody of those `held`
    is written to, and nothing leaves by a channel that is `closed`.
    """
    asked = select(Notice.notice_key, Notice.person, Notice.channel, Notice.notice_class)
    messages: dict[tuple[str, ...], list[str]] = {}
    asked = asked.where(*_MAY_LEAVE, Notice.person.not_in(held), Notice.channel.not_in(closed))
    asked = asked.order_by(*_ORDER)
    for key, *to, its_class in session.execute(asked, {"now": now}):
        message = (*to,) if its_class == NoticeClass.ROUTINE else (*to, key)
        messages.setdefault(message, []).append(key)
    return list(messages.values())


def claim(session: Session, keys: Collection[str], now: datetime, by: str) -> list[Notice]:
    """Claim notices for one attempt to send them in one message.

    The update is conditional: what another dispatcher has, or what may not leave any more, is not claimed.

    Returns:
        The notices that were, in the order they are told in.
    """
    asked = {"keys": list(keys), "now": now, "lease": now + LEASE}
    claimed = [Notice(**row) for row in session.connection().execute(_CLAIM, asked).mappings()]
    mine = sorted(claimed, key=lambda notice: (notice.send_on, notice.notice_key))
    made = {n.notice_key: {name: getattr(n, name) for name in MOVED} for n in mine}
    note(session, [Move(n.notice_key, n.state, n.cause, made[n.notice_key]) for n in mine], now, by)
    return mine


def answer(
    session: Session,
    keys: Sequence[str],
    state: NoticeState,
    cause: str,
    at: datetime,
    *,
    again_at: datetime | None = None,
    attempts: int | None = None,
) -> list[str]:
    """Record the outcome of an attempt; `again_at` is when what was refused for now may be tried again.

    `attempts` is how many the notices have had, where that is not one more than before.
    """
    values: dict[str, Any] = {"state": state, "leased_until": None, "not_before_at": again_at}
    if attempts is not None:
        values["attempts"] = attempts
    return move_all(session, keys, {NoticeState.CLAIMED}, values, cause, at, "dispatch")


def expire(session: Session, now: datetime) -> list[str]:
    """Move claims whose lease ran out to unknown, and return their keys."""
    lapsed = select(Notice.notice_key).where(Notice.state == NoticeState.CLAIMED, Notice.leased_until < now)
    cause = "the dispatcher stopped between claiming and recording; whether it was sent is not known"
    values = {"state": NoticeState.UNKNOWN, "leased_until": None}
    keys = list(session.scalars(lapsed))
    return move_all(session, keys, {NoticeState.CLAIMED}, values, cause, now, "dispatch")


_ORDER = (Notice.send_on, Notice.notice_key)
_NOW = bindparam("now", type_=Notice.not_before_at.type)
_MAY_LEAVE = (
    Notice.state.in_([str(state) for state in READY]),
    or_(Notice.not_before_at.is_(None), Notice.not_before_at <= _NOW),
)
_CLAIM = (  # put into words once: it is asked for every letter
    update(LEDGER)
    .where(Notice.notice_key.in_(bindparam("keys", expanding=True)), *_MAY_LEAVE)
    .values(
        state=str(NoticeState.CLAIMED),
        cause="claimed for sending",
        leased_until=bindparam("lease"),
        tried_at=_NOW,
        attempts=Notice.attempts + 1,
    )
    .returning(LEDGER)
)
