"""The input packages that were assembled: which file, with which hash, for which cycle."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from records.cycles import OpenedCycle
from records.facts import Completion, EventDate
from records.notices import Notice, NoticeState, NoticeTransition
from records.schema import Base, Recorded


class AssembledPackage(Recorded, Base):
    """One version of a cycle's package. `file` is its name in the folder of packages."""

    __tablename__ = "packages"

    cycle: Mapped[str] = mapped_column(ForeignKey("opened_cycles.cycle"), index=True)
    version: Mapped[int]
    file: Mapped[str]
    sha256: Mapped[str]


def latest_package(session: Session, cycle: str) -> AssembledPackage | None:
    """Return the last version of a cycle's package."""
    asked = select(AssembledPackage).where(AssembledPackage.cycle == cycle)
    return session.scalars(asked.order_by(AssembledPackage.version.desc())).first()


def packages_of(session: Session, cycle: str) -> list[AssembledPackage]:
    """Return every version of a cycle's package, the latest first."""
    asked = select(AssembledPackage).where(AssembledPackage.cycle == cycle)
    return list(session.scalars(asked.order_by(AssembledPackage.id.desc())))


def packages_by(session: Session, last: date) -> list[AssembledPackage]:
    """Return every version assembled by the end of a day (UTC), the earliest first."""
    until = datetime.combine(last, time(), UTC) + timedelta(days=1)
    asked = select(AssembledPackage).where(AssembledPackage.recorded_at < until)
    return list(session.scalars(asked.order_by(AssembledPackage.id)))


def package_in(session: Session, file: str) -> AssembledPackage | None:
    """Return the package that is in a file of this name."""
    return session.scalars(select(AssembledPackage).where(AssembledPackage.file == file)).first()


def record_package(session: Session, cycle: str, version: int, file: str, sha256: str, at: datetime) -> None:
    """Record a new version of a cycle's package."""
    row = AssembledPackage(
        recorded_at=at, recorded_by="assemble", cycle=cycle, version=version, file=file, sha256=sha256
    )
    session.add(row)
    session.flush()


def newest_fact_at(session: Session, cycle: str, obligation: str, events: Collection[str]) -> datetime | None:
    """Return when the newest fact that a cycle's package rests on was recorded.

    `events` names the editions its dates are counted from, as explanations do: kind and edition.
    """
    edition = EventDate.kind + " " + EventDate.edition
    called = (
        select(func.max(NoticeTransition.recorded_at))
        .join(Notice, Notice.notice_key == NoticeTransition.notice_key)
        .where(Notice.cycle == cycle, Notice.kind == "call-for-inputs")
        .where(NoticeTransition.state == NoticeState.SENT)
    )
    sources = (
        select(func.max(EventDate.recorded_at)).where(edition.in_(events)),
        select(func.max(Completion.recorded_at)).where(Completion.obligation == obligation),
        select(func.max(OpenedCycle.recorded_at)).where(OpenedCycle.cycle == cycle),
        called,
    )
    return max((at for source in sources if (at := session.scalar(source))), default=None)
