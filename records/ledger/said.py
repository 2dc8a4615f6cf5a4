"""What people were told by the ledger's notices, and since when it was to be told."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from records.ledger.moves import NoticeTransition
from records.ledger.notices import SPOKEN, Notice


def entered_at(session: Session, keys: Collection[str]) -> dict[str, datetime]:
    """Return when each of some notices was entered, by its key."""
    asked = select(NoticeTransition.notice_key, func.min(NoticeTransition.recorded_at))
    asked = asked.where(NoticeTransition.notice_key.in_(keys)).group_by(NoticeTransition.notice_key)
    return dict(session.execute(asked).all())


def last_said(session: Session, cycle: str) -> dict[str, str]:
    """Return what each person was told last about a cycle, or may have been: the matter of the notice."""
    said = [str(state) for state in SPOKEN]
    asked = select(Notice.person, Notice.matter).where(Notice.cycle == cycle, Notice.state.in_(said))
    return dict(session.execute(asked.order_by(Notice.tried_at, Notice.send_on, Notice.notice_key)).all())


def mailed_before(
    session: Session, person: str, cycle: str, kinds: Collection[str], besides: Collection[str]
) -> str | None:
    """Return the matter of the last mail of some kinds to somebody about a cycle, `besides` some notices."""
    asked = select(Notice.matter).where(Notice.person == person, Notice.cycle == cycle)
    asked = asked.where(Notice.kind.in_(kinds), Notice.state.in_([str(state) for state in SPOKEN]))
    asked = asked.where(Notice.letter.startswith("<"), Notice.notice_key.not_in(besides))
    return session.scalars(asked.order_by(Notice.tried_at.desc()).limit(1)).first()


def days_given(session: Session, cycle: str, kind: str) -> dict[str, date]:
    """Return the day of their own that people were given in a notice of `kind`; few are."""
    spoken = [str(state) for state in SPOKEN]
    asked = select(Notice.person, Notice.rung).where(
        Notice.cycle == cycle, Notice.kind == kind, Notice.state.in_(spoken), Notice.rung.contains("@")
    )
    found = session.execute(asked.order_by(Notice.tried_at))
    return {person: date.fromisoformat(rung.partition("@")[2][:10]) for person, rung in found}
