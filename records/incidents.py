"""Incidents: that people were told of trouble, and that it was over. Told once to each, and kept."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from records.personal.columns import WITHIN, Personal
from records.schema import ADDED_LATER, Base, Recorded

BEGUN, OVER = "begun", "over"


class Incident(Recorded, Base):
    """That somebody was told of trouble, or that it was over. `incident` names the trouble for good.

    `told` is who was, as the watch calls them; in rows from before 0011 it is null, and everybody was.
    """

    __tablename__ = "incidents"

    incident: Mapped[str] = mapped_column(Personal(WITHIN), index=True)
    state: Mapped[str]
    what: Mapped[str] = mapped_column(Personal(WITHIN))
    told: Mapped[str | None] = mapped_column(Personal(WITHIN), default=None, info=ADDED_LATER)


def record_incidents(session: Session, rows: Iterable[Incident]) -> None:
    """Record that people were told."""
    session.add_all(rows)
    session.flush()


def open_incidents(session: Session) -> dict[str, dict[str | None, Incident]]:
    """Return the incidents people were told of and not that they were over: by name, then by who was told."""
    found: dict[str, dict[str | None, Incident]] = {}
    for row in session.scalars(select(Incident).order_by(Incident.id)):
        told = found.setdefault(row.incident, {})
        if row.state == BEGUN:
            told[row.told] = row
        else:
            told.pop(row.told, None)
    return {incident: told for incident, told in found.items() if told}


def last_told_at(session: Session) -> datetime | None:
    """Return when anybody was last told of anything."""
    return session.scalars(select(Incident.recorded_at).order_by(Incident.id.desc()).limit(1)).first()
