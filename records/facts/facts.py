"""The facts: events, completions, explanations, extensions, what sets duties off, and their corrections.

A fact is recorded once and never changed. A correction withdraws it, with a reason; what is right instead
is recorded as a new fact.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, TypeVar

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Mapped, Session, class_mapper, mapped_column

import records.facts
from policies.facts import facts as known
from policies.facts.gathered import facts_by_plural
from policies.facts.kinds import FactKind
from policies.facts.people import PeopleFacts
from records.chain.audit import UNREADABLE, seal_values
from records.chain.known import Known, UpTo, known_by
from records.facts.rows import FactRow
from records.runs import DIRECTORY, Run, last_run, went_live_on
from records.schema import ADDED_LATER, Base, Recorded


class EventDate(FactRow, Base):
    """One announcement of an event's dates. The latest is in force; the earlier ones are its history.

    With the certainty `range` the event lies somewhere within these days, and its dates are not known.
    """

    __tablename__ = "event_dates"
    fact_kind = "event"

    kind: Mapped[str]
    edition: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    certainty: Mapped[str]
    source: Mapped[str]

    @classmethod
    def fact_of(cls, row: Any) -> known.Event | known.EventRange:  # noqa: ANN401 (a row of this table)
        """Return the event that a row keeps, or the range it lies within."""
        if row.certainty == known.RANGE:
            return known.EventRange(row.kind, row.edition, row.starts_on, row.ends_on, row.source)
        return super().fact_of(row)  # type: ignore[no-any-return]  # an event, as its kind says

    @classmethod
    def columns_of(cls, fact: known.Event | known.EventRange) -> dict[str, Any]:
        """Return what is known of an event by the columns that keep it."""
        if isinstance(fact, known.Event):
            return super().columns_of(fact)
        dates = {"starts_on": fact.not_before, "ends_on": fact.not_after, "certainty": known.RANGE}
        return {"kind": fact.kind, "edition": fact.edition, **dates, "source": fact.source}


class Completion(FactRow, Base):
    """The fact that an obligation was met, with the evidence; `partial` if found in public sources only.

    `meeting` is the meeting that served it; one can serve several duties, each with its own evidence.
    """

    __tablename__ = "completions"
    fact_kind = "completion"

    obligation: Mapped[str] = mapped_column(index=True)
    completed_on: Mapped[date]
    evidence: Mapped[str]
    counts_for: Mapped[str | None]
    partial: Mapped[bool] = mapped_column(default=False)
    meeting: Mapped[str | None] = mapped_column(default=None, info=ADDED_LATER)


class Explanation(FactRow, Base):
    """Why a cycle was missed."""

    __tablename__ = "explanations"
    fact_kind = "explanation"

    cycle: Mapped[str] = mapped_column(index=True)
    explained_on: Mapped[date]
    reason: Mapped[str]


class Extension(FactRow, Base):
    """A decision that a cycle may be met later, and on whose authority."""

    __tablename__ = "extensions"
    fact_kind = "extension"

    cycle: Mapped[str] = mapped_column(index=True)
    until: Mapped[date]
    authority: Mapped[str]


class Correction(Recorded, Base):
    """The withdrawal of a fact that was wrong."""

    __tablename__ = "corrections"

    fact: Mapped[str]
    fact_id: Mapped[int]
    reason: Mapped[str]


for _module in iter_modules(records.facts.__path__):
    import_module(f"records.facts.{_module.name}")
_TABLES = {table.fact_kind: table for table in FactRow.__subclasses__()}
KINDS: Mapping[str, type[FactRow]] = {name: _TABLES[name] for name in known.KINDS}
"""The table of each kind of fact, by the kind's name."""
_EVER_RECORDED = select(*(exists(select(table.id)) for table in KINDS.values()))
Row = TypeVar("Row", bound=FactRow)
_NOT_CONTENT = frozenset({"id", "recorded_at", "recorded_by"})


class UnknownFactError(LookupError):
    """There is no such fact to correct."""


class UnreadableRecordError(LookupError):
    """A value on record is not one that this program could have recorded."""

    def __init__(self, error: Exception) -> None:
        super().__init__(
            f"a fact on record cannot be read: {error}. The record was changed by something else than this "
            "program; mandates doctor names the row, and mandates restore brings a backup back"
        )


def read_facts(session: Session, known_at: Known = None) -> known.Facts:
    """Return all facts as they were known at an instant, or at a place in the chain (now, when None).

    Raises:
        UnreadableRecordError: something else than this program has changed a fact.
    """
    try:
        return _facts(session, known_at)
    except UNREADABLE as error:
        raise UnreadableRecordError(error) from error


def _facts(session: Session, known_at: Known) -> known.Facts:
    others = {name: kind for name, kind in known.KINDS.items() if name not in known.WHO}
    read = _of_kinds(session, others, known_at) | _who(session, known_at)
    return facts_by_plural(read, went_live_on=went_live_on(session, known_by(Run, known_at)))


def read_kind(session: Session, table: type[FactRow], known_at: Known = None, after: int = 0) -> list[Any]:
    """Return the facts of one kind in force at `known_at` (now, when None), numbered after `after`."""
    # Columns, not rows of the model: of some kinds there are many thousand.
    fact = table.plain()
    named = table.fields_kept() if fact else _content(table)
    columns = [getattr(table, column) for column in named]
    asked = _standing(table, known_at).with_only_columns(*columns).order_by(table.id)
    rows = session.execute(asked.where(table.id > after) if after else asked)
    return [fact(*row) for row in rows] if fact else [table.fact_of(row) for row in rows]


def in_force(session: Session, kind: type[Row], known_at: Known = None) -> Iterable[Row]:
    """Return the facts of one kind not withdrawn by `known_at`, in the order they were recorded."""
    return session.scalars(_standing(kind, known_at).order_by(kind.id))


def read_people(session: Session, known_at: datetime | None = None) -> PeopleFacts:
    """Return what was known at `known_at` (now, when None) about who is who.

    What the directory file said that the record began with was known before it was recorded: for any earlier
    instant that is what was known.

    Raises:
        UnreadableRecordError: something else than this program has changed a fact.
    """
    try:
        return PeopleFacts(**_who(session, known_at))
    except UNREADABLE as error:
        raise UnreadableRecordError(error) from error


def _who(session: Session, known_at: Known) -> dict[str, list[Any]]:
    at = known_at.to_people() if isinstance(known_at, UpTo) else known_at
    begun = last_run(session, DIRECTORY) if isinstance(at, datetime) else None
    at = max(at, begun.recorded_at) if isinstance(at, datetime) and begun else at
    return _of_kinds(session, known.WHO, at)


def _of_kinds(session: Session, kinds: Mapping[str, FactKind], known_at: Known) -> dict[str, list[Any]]:
    """Return the facts of some kinds by their plurals; only those are read of which one was ever recorded."""
    recorded = dict(zip(KINDS, session.execute(_EVER_RECORDED).one(), strict=True))
    return {
        kind.plural: read_kind(session, KINDS[name], known_at) if recorded[name] else []
        for name, kind in kinds.items()
    }


def last_recorded_at(session: Session, known_at: datetime | None = None) -> datetime | None:
    """Return when a fact was recorded or withdrawn last, by `known_at`; None where none ever was."""
    kinds: list[type[Recorded]] = [*KINDS.values(), Correction]
    asked = (select(kind.recorded_at).order_by(kind.id.desc()).limit(1) for kind in kinds)
    if known_at:
        asked = (each.where(kind.recorded_at <= known_at) for each, kind in zip(asked, kinds, strict=True))
    return max((at for each in asked if (at := session.scalar(each))), default=None)


def record_fact(session: Session, row: FactRow, *, history: bool = False) -> bool:
    """Record a fact, unless the very same one is in force already.

    Of an event's dates only the latest word is in force: an earlier one said again is news, unless it is
    recorded as `history`.

    Returns:
        Whether it was new.
    """
    kind = type(row)
    columns = _content(kind)
    seal_values(row, session)
    same = [getattr(kind, column) == getattr(row, column) for column in columns]
    if isinstance(row, EventDate) and not history:
        last = latest_event(session, row.kind, row.edition)
        known_already = last is not None and all(getattr(last, c) == getattr(row, c) for c in columns)
    else:
        known_already = session.scalars(_standing(kind).where(*same)).first() is not None
    if not known_already:
        session.add(row)
        session.flush()
    return not known_already


def said(row: FactRow) -> str:
    """Return a fact's content in one line: `obligation=annual-meeting completed_on=2024-01-31 ...`."""
    return " ".join(f"{column}={value}" for column in _content(type(row)) if (value := getattr(row, column)))


def _content(table: type[FactRow]) -> list[str]:
    columns = class_mapper(table).local_table.columns
    return [column.key for column in columns if column.key not in _NOT_CONTENT]


def latest_event(session: Session, kind: str, edition: str) -> EventDate | None:
    """Return the announcement of an edition's dates that is in force."""
    asked = _standing(EventDate).where(EventDate.kind == kind, EventDate.edition == edition)
    return session.scalars(asked.order_by(EventDate.id.desc())).first()


def fact_in_force(session: Session, fact: str, number: int) -> FactRow:
    """Return the row of a fact, by the name of its kind and its number.

    Raises:
        UnknownFactError: no fact of that kind and number is in force.
    """
    kind = KINDS.get(fact)
    row = session.scalars(_standing(kind).where(kind.id == number)).first() if kind else None
    if row is None:
        raise UnknownFactError(f"no {fact} number {number} is in force; kinds: {', '.join(KINDS)}")
    return row


def facts_by_number(session: Session) -> dict[str, dict[int, Any]]:
    """Return every fact in force: those of each kind by their numbers, in the order they were recorded."""
    return {
        name: {row.id: table.fact_of(row) for row in in_force(session, table)}
        for name, table in KINDS.items()
    }


def correct_fact(session: Session, fact: str, fact_id: int, reason: str, by: str, at: datetime) -> None:
    """Withdraw a fact, with a reason, whatever rests on it.

    Raises:
        UnknownFactError: no fact of that kind and number is in force.
    """
    fact_in_force(session, fact, fact_id)
    session.add(Correction(recorded_at=at, recorded_by=by, fact=fact, fact_id=fact_id, reason=reason))
    session.flush()


def _standing(kind: type[Row], known_at: Known = None) -> Select[Row]:
    withdrawn = select(Correction.id).where(Correction.fact == kind.fact_kind, Correction.fact_id == kind.id)
    withdrawn = withdrawn.where(known_by(Correction, known_at))
    return select(kind).where(known_by(kind, known_at), ~exists(withdrawn))
