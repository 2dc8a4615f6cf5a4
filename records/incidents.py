"""Incidents: that nothing was enforced for too long, and that it was over. Told once each, and kept."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from records.schema import Base, Recorded

BEGUN, OVER = "begun", "over"


class Incident(Recorded, Base):
    """That people were told of trouble, or that it was over. `incident` names the trouble for good."""

    __tablename__ = "incidents"

    incident: Mapped[str] = mapped_column(index=True)
    state: Mapped[str]
    what: Mapped[str]


def record_incident(session: Session, incident: str, state: str, what: str, at: datetime, by: str) -> None:
    """Record that people were told."""
    session.add(Incident(recorded_at=at, recorded_by=by, incident=incident, state=state, what=what))
    session.flush()


def open_incident(session: Session) -> str | None:
    """Return the name of the incident that people were told of and that is not over."""
    last = session.scalars(select(Incident).order_by(Incident.id.desc())).first()
    return last.incident if last and last.state == BEGUN else None
