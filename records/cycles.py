"""Opened cycles: when each was opened, for whom, which dates were announced and which were breached."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from policies.notices import Announced
from records.audit import add_all
from records.schema import ADDED_LATER, Base, Recorded


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
    announced_on: Mapped[date | None] = mapped_column(info=ADDED_LATER)


class RecordedBreach(Recorded, Base):
    """That a cycle went past its due date. It stays, whatever happens later."""

    __tablename__ = "breaches"
    __table_args__ = (UniqueConstraint("cycle", "due_on"),)

    cycle: Mapped[str] = mapped_column(ForeignKey("opened_cycles.cycle"))
    due_on: Mapped[date]


_ALWAYS = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Opened:
    """An opened cycle: its roster by actor, and the dates that were announced for it last."""

    cycle: str
    opened_on: date
    roster: Mapping[str, list[str]]
    announced: Announced


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
    stamp = {"recorded_at": at, "recorded_by": by, "cycle": cycle}
    entries = [{**stamp, "actor": actor, "person": one} for actor, people in roster.items() for one in people]
    add_all(session, RosterEntry, entries)
    announce(session, cycle, dates, row.opened_on, at, by)


def announce(
    session: Session,
    cycle: str,
    dates: tuple[date | None, date | None],
    announced_on: date,
    at: datetime,
    by: str,
) -> None:
    """Record the due date and target that people are told from `announced_on` on."""
    row = {"cycle": cycle, "due_on": dates[0], "target_on": dates[1], "announced_on": announced_on}
    add_all(session, AnnouncedDate, [{"recorded_at": at, "recorded_by": by, **row}])


def opened_cycles(session: Session, known_at: datetime | None = None) -> dict[str, Opened]:
    """Return every opened cycle by its key, as known at `known_at` (now, when None)."""
    upto = known_at or _ALWAYS
    rosters: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for entry in session.scalars(select(RosterEntry).order_by(RosterEntry.id)):
        rosters[entry.cycle][entry.actor].append(entry.person)
    told: defaultdict[str, list[AnnouncedDate]] = defaultdict(list)
    announcements = select(AnnouncedDate).where(AnnouncedDate.recorded_at <= upto)
    for row in session.scalars(announcements.order_by(AnnouncedDate.id)):
        told[row.cycle].append(row)
    cycles = select(OpenedCycle).where(OpenedCycle.recorded_at <= upto).order_by(OpenedCycle.id)
    return {row.cycle: _opened(row, rosters[row.cycle], told[row.cycle]) for row in session.scalars(cycles)}


def people_on_rosters(session: Session) -> set[str]:
    """Return everybody who stands on the roster of any cycle."""
    return set(session.scalars(select(RosterEntry.person).distinct()))


def _opened(row: OpenedCycle, roster: Mapping[str, list[str]], told: Sequence[AnnouncedDate]) -> Opened:
    last = told[-1]
    announced_on = last.announced_on or last.recorded_at.date()
    announced = Announced(last.due_on, last.target_on, len(told), announced_on)
    return Opened(row.cycle, row.opened_on, roster, announced)


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
