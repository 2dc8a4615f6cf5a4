"""What waits to leave although its time has come: since when, and when anything last left."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from policies.plans.notices import NoticeState
from records.ledger.moves import NoticeTransition
from records.ledger.notices import READY, Notice


class Waiting(NamedTuple):
    """A notice that is ready to leave, and the instant since which it has been."""

    notice_key: str
    cycle: str
    kind: str
    person: str
    since_at: datetime


def waiting_since(session: Session, until: datetime, held: Collection[str]) -> list[Waiting]:
    """Return what was ready to leave by `until` and has not left, the longest first; not to those `held`.

    What must not leave before an instant after `until`, because a server refused it for now, is not among it.
    """
    ready = [str(state) for state in READY]
    since = func.min(NoticeTransition.recorded_at)
    asked = (
        select(Notice.notice_key, Notice.cycle, Notice.kind, Notice.person, since)
        .join(NoticeTransition, NoticeTransition.notice_key == Notice.notice_key)
        .where(Notice.state.in_(ready), NoticeTransition.state.in_(ready), Notice.person.not_in(held))
        .where(or_(Notice.not_before_at.is_(None), Notice.not_before_at <= until))
        .group_by(Notice.notice_key, Notice.cycle, Notice.kind, Notice.person)
        .having(since <= until)
        .order_by(since, Notice.notice_key)
    )
    return [Waiting(*row) for row in session.execute(asked)]


def last_sent_at(session: Session) -> datetime | None:
    """Return when any notice was last sent."""
    asked = select(func.max(NoticeTransition.recorded_at)).where(NoticeTransition.state == NoticeState.SENT)
    return session.scalar(asked)
