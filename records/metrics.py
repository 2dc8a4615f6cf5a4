"""Figures of the record: how much there is of what, counted by the database."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from records.cycles import OpenedCycle, RecordedBreach
from records.incidents import open_incidents
from records.ledger.notices import Notice


def notices_by_state(session: Session) -> Mapping[str, int]:
    """Return how many notices are in each state that any is in."""
    counted = select(Notice.state, func.count()).group_by(Notice.state)
    return dict(session.execute(counted).all())


def opened_and_breached(session: Session) -> tuple[int, int]:
    """Return how many cycles were ever opened, and how many breaches are on record."""
    opened = session.scalar(select(func.count()).select_from(OpenedCycle))
    breached = session.scalar(select(func.count()).select_from(RecordedBreach))
    return opened or 0, breached or 0


def trouble(session: Session) -> bool:
    """Return whether people were told of an incident that is not over."""
    return bool(open_incidents(session))
