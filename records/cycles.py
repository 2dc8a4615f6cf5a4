"""Opened cycles: when each was opened, for whom, which dates were announced and which were breached."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from records.schema import Base, Recorded


class OpenedCycle(Recorded, Base):
    """A cycle exists once it is opened, and is opened once."""

    __tablename__ = "opened_cycles"

    cycle: Mapped[str] = mapped_column(unique=True)
    obligation: Mapped[str] = mapped_column(index=True)
    opened_on: Mapped[date]


class RosterEntry(Recorded, Base):
    """Who stood for an actor on the day the cycle was opened. Later joiners are no gaps."""

    __tablename__ = "roster_entries"
    __table_args__ = (UniqueConstraint("cycle", "actor", "person"),)

    cycle: Mapped[str] = mapped_column(ForeignKey("opened_cycles.cycle"))
    actor: Mapped[str]
    person: Mapped[str]


class AnnouncedDate(Recorded, Base):
    """The dates of an opened cycle as people were told them; the latest row is what they know."""

    __tablename__ = "announced_dates"

    cycle: Mapped[str] = mapped_column(ForeignKey("opened_cycles.cycle"), index=True)
    due_on: Mapped[date | None]
    target_on: Mapped[date | None]


class RecordedBreach(Recorded, Base):
    """That a cycle went past its due date. It stays, whatever happens later."""

    __tablename__ = "breaches"
    __table_args__ = (UniqueConstraint("cycle", "due_on"),)

    cycle: Mapped[str] = mapped_column(ForeignKey("opened_cycles.cycle"))
    due_on: Mapped[date]


@dataclass(frozen=True, slots=True)
class Opened:
    """An opened cycle: its roster by actor, the dates last announced, and how often dates were."""

    cycle: str
    opened_on: date
    roster: Mapping[str, list[str]]
    announced: tuple[date | None, date | None]
    times_announced: int


def open_cycle(
    session: Session,
    row: OpenedCycle,
    roster: Mapping[str, Iterable[str]],
    dates: tuple[date | None, date | None],
) -> None:
    """Open a cycle: the roster is a snapshot of today, the dates are announced."""
    at, by, cycle = row.recorded_at, row.recorded_by, row.cycle
    session.add(row)
    session.flush()
    for actor, people in roster.items():
        session.add_all(
            [
                RosterEntry(recorded_at=at, recorded_by=by, cycle=cycle, actor=actor, person=person)
                for person in people
            ]
        )
    announce(session, cycle, dates, at, by)


def announce(
    session: Session, cycle: str, dates: tuple[date | None, date | None], at: datetime, by: str
) -> None:
    """Record the due date and target that people are told from now on."""
    due_on, target_on = dates
    session.add(
        AnnouncedDate(recorded_at=at, recorded_by=by, cycle=cycle, due_on=due_on, target_on=target_on)
    )
    session.flush()


def opened_cycles(session: Session) -> dict[str, Opened]:
    """Return every opened cycle by its key."""
    rosters: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for entry in session.scalars(select(RosterEntry).order_by(RosterEntry.id)):
        rosters[entry.cycle][entry.actor].append(entry.person)
    told: defaultdict[str, list[AnnouncedDate]] = defaultdict(list)
    for row in session.scalars(select(AnnouncedDate).order_by(AnnouncedDate.id)):
        told[row.cycle].append(row)
    return {
        row.cycle: _opened(row, rosters[row.cycle], told[row.cycle])
        for row in session.scalars(select(OpenedCycle).order_by(OpenedCycle.id))
    }


def announcements(session: Session) -> dict[str, list[AnnouncedDate]]:
    """Return what people were told about each opened cycle's dates, the earliest first."""
    told: defaultdict[str, list[AnnouncedDate]] = defaultdict(list)
    for row in session.scalars(select(AnnouncedDate).order_by(AnnouncedDate.id)):
        told[row.cycle].append(row)
    return dict(told)


def _opened(row: OpenedCycle, roster: Mapping[str, list[str]], told: Sequence[AnnouncedDate]) -> Opened:
    last = told[-1]
    return Opened(row.cycle, row.opened_on, roster, (last.due_on, last.target_on), len(told))


def record_breach(session: Session, cycle: str, due_on: date, at: datetime, by: str) -> bool:
    """Record a breach once.

    Returns:
        Whether it was new.
    """
    same = select(RecordedBreach.id).where(RecordedBreach.cycle == cycle, RecordedBreach.due_on == due_on)
    if session.scalar(same):
        return False
    session.add(RecordedBreach(recorded_at=at, recorded_by=by, cycle=cycle, due_on=due_on))
    session.flush()
    return True
