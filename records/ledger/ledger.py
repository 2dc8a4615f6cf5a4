"""Questions about the ledger of notices: what it has about a cycle, and how many, now and on a past day."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from policies.plans.notices import NoticeState
from records.ledger.moves import NoticeTransition
from records.ledger.notices import READY, Notice


def notices_about(session: Session, cycle: str) -> list[Notice]:
    """Return every notice about a cycle, by the day it is to leave."""
    asked = select(Notice).where(Notice.cycle == cycle).order_by(Notice.send_on, Notice.notice_key)
    return list(session.scalars(asked))


def count_by_state(session: Session) -> dict[str, int]:
    """Return how many notices the ledger has in each state."""
    asked = select(Notice.state, func.count()).group_by(Notice.state).order_by(Notice.state)
    return dict(session.execute(asked).all())


def count_ready_for(session: Session, people: Collection[str]) -> dict[str, int]:
    """Return how many notices are ready to leave for each of these people, where any is."""
    asked = select(Notice.person, func.count()).where(_in(READY), Notice.person.in_(people))
    return dict(session.execute(asked.group_by(Notice.person)).all())


def count_ready_by_channel(session: Session) -> dict[str, int]:
    """Return how many notices are ready to leave by each channel, where any is."""
    asked = select(Notice.channel, func.count()).where(_in(READY)).group_by(Notice.channel)
    return dict(session.execute(asked).all())


def causes(session: Session, states: Collection[NoticeState]) -> list[tuple[str, NoticeState, str]]:
    """Return key, state and cause of the notices in these states, by the day they are to leave."""
    asked = select(Notice.notice_key, Notice.state, Notice.cause).where(_in(states))
    found = session.execute(asked.order_by(Notice.send_on, Notice.notice_key))
    return [(key, NoticeState(state), cause) for key, state, cause in found]


def count_moved_to(session: Session, state: NoticeState, first: date, last: date) -> int:
    """Return how many notices moved to a state from the day `first` to the day `last`, both in UTC."""
    since = datetime.combine(first, time(), UTC)
    moved = NoticeTransition.recorded_at
    asked = select(func.count()).where(NoticeTransition.state == state, moved >= since, moved < _end(last))
    return session.scalar(asked) or 0


def count_in(session: Session, states: Collection[str], last: date) -> int:
    """Return how many notices were in one of these states at the end of a day (UTC), by their moves."""
    newest = select(func.max(NoticeTransition.id)).where(NoticeTransition.recorded_at < _end(last))
    newest = newest.group_by(NoticeTransition.notice_key)
    asked = select(func.count()).where(NoticeTransition.id.in_(newest), NoticeTransition.state.in_(states))
    return session.scalar(asked) or 0


def times_sent(session: Session) -> dict[str, int]:
    """Return how often each notice was sent, by key: once, or the ledger has failed."""
    counted = select(NoticeTransition.notice_key, func.count()).where(
        NoticeTransition.state == NoticeState.SENT
    )
    rows = session.execute(counted.group_by(NoticeTransition.notice_key))
    return dict(rows.all())


def _in(states: Collection[NoticeState]) -> ColumnElement[bool]:
    return Notice.state.in_([str(state) for state in states])


def _end(on: date) -> datetime:
    return datetime.combine(on, time(), UTC) + timedelta(days=1)
