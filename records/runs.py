"""The runs: what each flow did, for which day, when."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from records.schema import Base, Recorded

ENFORCE = "enforce"
DIRECTORY = "directory"
"""That the file of a directory was taken as facts, once: what the record began with."""


class Run(Recorded, Base):
    """A run that did its work. It is recorded in the same transaction, so both exist or neither."""

    __tablename__ = "runs"

    flow: Mapped[str] = mapped_column(index=True)
    as_of: Mapped[date]
    summary: Mapped[dict[str, Any]]


def record_run(
    session: Session, flow: str, as_of: date, at: datetime, summary: dict[str, Any], by: str | None = None
) -> Run:
    """Record that a run of `flow` did its work for `as_of`; `by` is the person who asked for it, if any."""
    run = Run(recorded_at=at, recorded_by=by or flow, flow=flow, as_of=as_of, summary=summary)
    session.add(run)
    session.flush()
    return run


def went_live_on(session: Session, known: ColumnElement[bool] | None = None) -> date | None:
    """Return the first day the system kept watch, as far as that follows from the runs that are `known`.

    It is the earliest day the system was enforced for.
    """
    enforced = select(func.min(Run.as_of)).where(Run.flow == ENFORCE)
    return session.scalar(enforced if known is None else enforced.where(known))


def last_run(session: Session, flow: str) -> Run | None:
    """Return the latest recorded run of a flow."""
    return session.scalars(select(Run).where(Run.flow == flow).order_by(Run.id.desc())).first()


def last_whole_enforcement(session: Session) -> Run | None:
    """Return the latest recorded enforcement of all obligations."""
    whole = select(Run).where(Run.flow == ENFORCE, Run.summary["obligation"].as_string().is_(None))
    return session.scalars(whole.order_by(Run.id.desc()).limit(1)).first()


def last_day_before(session: Session, flow: str, as_of: date) -> date | None:
    """Return the last day before `as_of` that a run of `flow` did its work for."""
    return session.scalar(select(func.max(Run.as_of)).where(Run.flow == flow, Run.as_of < as_of))


def runs_from(session: Session, flows: Collection[str], first: date) -> list[Run]:
    """Return the runs of some flows that did their work for `first` or a later day."""
    return list(session.scalars(select(Run).where(Run.flow.in_(flows), Run.as_of >= first).order_by(Run.id)))


def runs_between(session: Session, flow: str, first: date, last: date) -> list[Run]:
    """Return the runs of a flow that did their work for a day from `first` to `last`."""
    asked = select(Run).where(Run.flow == flow, Run.as_of >= first, Run.as_of <= last)
    return list(session.scalars(asked.order_by(Run.id)))
