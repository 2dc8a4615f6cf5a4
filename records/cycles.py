"""Opened cycles: when each was opened, for whom, which dates were announced and which were breached."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVarTuple

from sqlalchemy import ForeignKey, Row, Select, UniqueConstraint, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column

from policies.plans.announced import Announced
from records.chain.audit import add_all
from records.chain.known import Known, known_by
from records.schema import ADDED_LATER, Base, Recorded

Columns = TypeVarTuple("Columns")


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
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Opened:
    """An opened cycle: its roster by actor, and the dates that were announced for it last."""

    cycle: str
    opened_on: date
    roster: Mapping[str, list[str]]
    announced: Announced


@dataclass(frozen=True, slots=True)
class Opening:
    """A cycle to open: for whom, and with which dates."""

    cycle: str
    obligation: str
    opened_on: date
    roster: Mapping[str, Iterable[str]]
    due_on: date | None
    target_on: date | None

    def as_opened(self) -> "Opened":
        """Return the cycle as the record has it once it is opened."""
        announced = Announced(self.due_on, self.target_on, 1, self.opened_on)
        roster = {actor: [*people] for actor, people in self.roster.items()}
        return Opened(self.cycle, self.opened_on, roster, announced)


def open_cycles(session: Session, openings: Sequence[Opening], at: datetime, by: str) -> None:
    """Open cycles, all at once: each roster is a snapshot of today, the dates are announced."""
    stamp = {"recorded_at": at, "recorded_by": by}
    add_all(
        session,
        OpenedCycle,
        [
            {**stamp, "cycle": each.cycle, "obligation": each.obligation, "opened_on": each.opened_on}
            for each in openings
        ],
    )
    add_all(
        session,
        RosterEntry,
        [
            {**stamp, "cycle": each.cycle, "actor": actor, "person": person}
            for each in openings
            for actor, people in each.roster.items()
            for person in people
        ],
    )
    announced = [_announced(each.cycle, (each.due_on, each.target_on), each.opened_on) for each in openings]
    add_all(session, AnnouncedDate, [{**stamp, **row} for row in announced])


def announce(
    session: Session,
    cycle: str,
    dates: tuple[date | None, date | None],
    announced_on: date,
    at: datetime,
    by: str,
) -> None:
    """Record the due date and target that people are told from `announced_on` on."""
    row = _announced(cycle, dates, announced_on)
    add_all(session, AnnouncedDate, [{"recorded_at": at, "recorded_by": by, **row}])


def _announced(cycle: str, dates: tuple[date | None, date | None], on: date) -> dict[str, date | str | None]:
    return {"cycle": cycle, "due_on": dates[0], "target_on": dates[1], "announced_on": on}


def opened_cycles(
    session: Session, known_at: Known = None, obligations: Collection[str] | None = None
) -> dict[str, Opened]:
    """Return every opened cycle by its key, as known at an instant, or a place in the chain (now, when None).

    With `obligations` only theirs: some hundred at a time, since the question names each.
    """
    asked = select(OpenedCycle.cycle, OpenedCycle.opened_on).where(known_by(OpenedCycle, known_at))
    if obligations is not None:
        asked = asked.where(OpenedCycle.obligation.in_(obligations))
    opened = dict(session.execute(asked.order_by(OpenedCycle.id)).all())
    only = None if obligations is None else opened
    # Columns, not rows of the models: of many thousand cycles the models alone would take most of the time.
    entries = select(RosterEntry.cycle, RosterEntry.actor, RosterEntry.person).order_by(RosterEntry.id)
    rosters: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for cycle, actor, person in rows_about(session, entries, RosterEntry.cycle, only):
        rosters[cycle][actor].append(person)
    told = _told(session, known_at, only)
    return {cycle: Opened(cycle, on, rosters[cycle], told[cycle]) for cycle, on in opened.items()}


def rows_about(
    session: Session,
    asked: Select[*Columns],
    column: InstrumentedAttribute[str],
    cycles: Collection[str] | None,
) -> Iterator[Row[*Columns]]:
    """Yield the rows asked for whose `column` names one of some cycles; of all, when None.

    The cycles are named one by one, so that every database looks them up, and some at a time, since none
    takes any number of names.
    """
    if cycles is None:
        yield from session.execute(asked)
        return
    named = list(cycles)
    for first in range(0, len(named), _AT_ONCE):
        yield from session.execute(asked.where(column.in_(named[first : first + _AT_ONCE])))


def opening_of(session: Session, cycle: str) -> tuple[date, dict[str, list[str]]] | None:
    """Return the day a cycle was opened and its roster by actor; None where it was not."""
    opened_on = session.scalar(select(OpenedCycle.opened_on).where(OpenedCycle.cycle == cycle))
    if opened_on is None:
        return None
    roster: defaultdict[str, list[str]] = defaultdict(list)
    entries = select(RosterEntry.actor, RosterEntry.person).where(RosterEntry.cycle == cycle)
    for actor, person in session.execute(entries.order_by(RosterEntry.id)):
        roster[actor].append(person)
    return opened_on, dict(roster)


def _told(session: Session, known_at: Known, cycles: Collection[str] | None) -> dict[str, Announced]:
    """Return for each cycle what was announced last, and how often anything was."""
    columns = (
        AnnouncedDate.cycle,
        AnnouncedDate.due_on,
        AnnouncedDate.target_on,
        AnnouncedDate.announced_on,
        AnnouncedDate.recorded_at,
    )
    found: dict[str, Announced] = {}
    asked = select(*columns).where(known_by(AnnouncedDate, known_at)).order_by(AnnouncedDate.id)
    rows = rows_about(session, asked, AnnouncedDate.cycle, cycles)
    for cycle, due_on, target_on, announced_on, recorded_at in rows:
        on, before = announced_on or recorded_at.date(), found.get(cycle)
        found[cycle] = before.anew(due_on, target_on, on) if before else Announced(due_on, target_on, 1, on)
    return found


def cycles_opened_by(session: Session, instants: Collection[datetime]) -> list[str]:
    """Return the cycles that were opened at one of these instants, in that order."""
    asked = select(OpenedCycle.cycle).where(OpenedCycle.recorded_at.in_(instants))
    return list(session.scalars(asked.order_by(OpenedCycle.id)))


def breaches_recorded_by(session: Session, instants: Collection[datetime], today: date) -> list[str]:
    """Return the cycles recorded at one of these instants as past due, though by `today` they are not."""
    asked = select(RecordedBreach.cycle).where(
        RecordedBreach.recorded_at.in_(instants), RecordedBreach.due_on >= today
    )
    return list(session.scalars(asked.order_by(RecordedBreach.id)))


def people_on_rosters(session: Session) -> set[str]:
    """Return everybody who stands on the roster of any cycle."""
    return set(session.scalars(select(RosterEntry.person).distinct()))


def announcements(session: Session, known_at: datetime | None = None) -> dict[str, list[AnnouncedDate]]:
    """Return what people were told by `known_at` about each opened cycle's dates, the earliest first."""
    told: defaultdict[str, list[AnnouncedDate]] = defaultdict(list)
    asked = select(AnnouncedDate).where(AnnouncedDate.recorded_at <= (known_at or _ALWAYS))
    for row in session.scalars(asked.order_by(AnnouncedDate.id)):
        told[row.cycle].append(row)
    return dict(told)


def last_announced_at(session: Session, known_at: datetime | None = None) -> datetime | None:
    """Return when the dates of a cycle were announced last, by `known_at`; None where none ever were."""
    at = select(AnnouncedDate.recorded_at).where(AnnouncedDate.recorded_at <= (known_at or _ALWAYS))
    return session.scalar(at.order_by(AnnouncedDate.id.desc()).limit(1))


def record_breaches(session: Session, late: Iterable[tuple[str, date]], at: datetime, by: str) -> list[str]:
    """Record that cycles went past their due dates, each once.

    Returns:
        The cycles of which that was new.
    """
    breached = dict.fromkeys(late)
    asked = select(RecordedBreach.cycle, RecordedBreach.due_on)
    rows = rows_about(session, asked, RecordedBreach.cycle, {cycle for cycle, _ in breached})
    known = {(row.cycle, row.due_on) for row in rows}
    new = [each for each in breached if each not in known]
    stamp = {"recorded_at": at, "recorded_by": by}
    add_all(session, RecordedBreach, [{**stamp, "cycle": cycle, "due_on": on} for cycle, on in new])
    return [cycle for cycle, _ in new]
