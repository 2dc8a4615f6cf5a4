"""What a named person decides about a notice: release it, withhold it, settle it, send it again."""

from datetime import datetime

from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm import Session

from policies.plans.notice_key import NoticeKey
from policies.plans.notices import NoticeClass, NoticeKind, NoticeState
from records.ledger.notices import READY, UNSENT, Notice, enter_all, move_all

# What may be sent again: it left or may have, or was turned away; what still waits goes by itself.
ENDED = frozenset(NoticeState) - UNSENT - {NoticeState.CLAIMED}


class UnknownNoticeError(LookupError):
    """The ledger has no such notice, or it is not in a state for what was asked."""


def notice_named(session: Session, key: str) -> Notice:
    """Return the notice of that key.

    Raises:
        UnknownNoticeError: the ledger has none.
    """
    found = session.get(Notice, key)
    if found is None:
        raise UnknownNoticeError(f"the ledger has no notice {key}; see: mandates notices --json")
    return found


def release(session: Session, key: str, by: str, at: datetime) -> None:
    """Let a formal notice leave, or one that is held after a gap or an upgrade.

    Raises:
        UnknownNoticeError: no notice of that key awaits release, or an earlier escalation still does.
    """
    notice = notice_named(session, key)
    if earlier := _earlier_escalation(session, notice):
        raise UnknownNoticeError(
            f"{key} comes after {earlier}, which still awaits release: release or withhold that one first"
        )
    values = {"state": NoticeState.RELEASED, "not_before_at": None}
    held = READY if notice.not_before_at else frozenset[NoticeState]()
    if not move_all(
        session, [key], held | {NoticeState.AWAITING_RELEASE}, values, f"released by {by}", at, by
    ):
        raise UnknownNoticeError(
            f"no notice {key} awaits release; see: mandates notices --state awaiting-release"
        )


def withhold(session: Session, key: str, reason: str, by: str, at: datetime) -> None:
    """Decide that a notice does not leave, and why.

    Raises:
        UnknownNoticeError: no notice of that key waits to leave.
    """
    values = {"state": NoticeState.WITHHELD, "not_before_at": None}
    if not move_all(session, [key], UNSENT, values, f"withheld by {by}: {reason}", at, by):
        raise UnknownNoticeError(f"no notice {key} waits to leave; see: mandates notices")


def sign(session: Session, key: str, sent_at: datetime, cause: str, by: str, at: datetime) -> None:
    """Record that a person signed what was drafted, and sent it at an instant.

    A draft that is no longer required may have been sent all the same.

    Raises:
        UnknownNoticeError: no notice of that key was drafted for signature.
    """
    notice = notice_named(session, key)
    drafted = notice.notice_class == NoticeClass.SIGNED and notice.letter is not None
    states = {NoticeState.DRAFTED, NoticeState.SUPERSEDED} if drafted else {NoticeState.DRAFTED}
    values = {"state": NoticeState.SENT, "tried_at": sent_at}
    if not move_all(session, [key], states, values, cause, at, by):
        raise UnknownNoticeError(
            f"{key} is {notice.state}, and no draft for signature; see: mandates notices --state drafted"
        )


def settle(session: Session, key: str, cause: str, by: str, at: datetime) -> None:
    """Settle a notice of unknown outcome: a person found out whether it arrived.

    Raises:
        UnknownNoticeError: no notice of that key is unknown.
    """
    values = {"state": NoticeState.SETTLED}
    if not move_all(session, [key], {NoticeState.UNKNOWN}, values, cause, at, by):
        raise UnknownNoticeError(f"no notice {key} is unknown; see: mandates notices --state unknown")


def resend(session: Session, key: str, reason: str, by: str, at: datetime) -> str:
    """Enter a notice once more, under a new key that names the old one; return that key.

    Raises:
        UnknownNoticeError: the ledger has no such notice, or it still waits to leave by itself.
    """
    old = notice_named(session, key)
    if NoticeState(old.state) not in ENDED:
        raise UnknownNoticeError(
            f"{key} is {old.state}: it still leaves by itself; nothing is to be repeated"
        )
    first = old.again or key
    times = len(session.scalars(select(Notice.notice_key).where(Notice.again == first)).all()) + 1
    again = str(NoticeKey(old.cycle, old.kind, old.rung, old.person, old.channel, again=times))
    columns = ("cycle", "kind", "rung", "person", "channel", "notice_class", "send_on")
    copied = {column: getattr(old, column) for column in columns}
    # As it is kept: what is personal in it stays where it can be forgotten.
    content = session.scalar(select(type_coerce(Notice.matter, String)).where(Notice.notice_key == key))
    cause = f"{by} sends {key} again: {reason}"
    state = NoticeState.RELEASED if old.notice_class == NoticeClass.FORMAL else NoticeState.ENTERED
    notice = Notice(**copied, matter=content or "", notice_key=again, again=first, state=state, cause=cause)
    enter_all(session, [notice], at, by)
    return again


def _earlier_escalation(session: Session, notice: Notice) -> str | None:
    if notice.kind != NoticeKind.ESCALATION:
        return None
    asked = select(Notice.notice_key).where(
        Notice.cycle == notice.cycle,
        Notice.kind == NoticeKind.ESCALATION,
        Notice.state == NoticeState.AWAITING_RELEASE,
        Notice.send_on < notice.send_on,
    )
    return session.scalar(asked.order_by(Notice.send_on, Notice.notice_key).limit(1))
