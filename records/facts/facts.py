"""The facts: events, completions, explanations, extensions, what sets duties off, and their corrections.

A fact is recorded once and never changed. A correction withdraws it, with a reason; what is right instead
is recorded as a new fact.
"""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from policies.facts import facts as known
from policies.facts.membership import RollFacts
from records.audit import UNREADABLE
from records.facts import membership as rolls
from records.facts.answers import Answer, Pause, Reply
from records.facts.meetings import Cancellation, Convening, Paper
from records.facts.proposals import Position, Proposal, ProposalStep
from records.facts.triggers import Decision, Meeting, Progress, Term
from records.runs import went_live_on
from records.schema import ADDED_LATER, Base, Recorded


class EventDate(Recorded, Base):
    """One announcement of an event's dates. The latest is in force; the earlier ones are its history.

    With the certainty `range` the event lies somewhere within these days, and its dates are not known.
    """

    __tablename__ = "event_dates"

    kind: Mapped[str]
    edition: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    certainty: Mapped[str]
    source: Mapped[str]


class Completion(Recorded, Base):
    """The fact that an obligation was met, with the evidence; `partial` if found in public sources only.

    `meeting` is the meeting that served it; one can serve several duties, each with its own evidence.
    """

    __tablename__ = "completions"

    obligation: Mapped[str] = mapped_column(index=True)
    completed_on: Mapped[date]
    evidence: Mapped[str]
    counts_for: Mapped[str | None]
    partial: Mapped[bool] = mapped_column(default=False)
    meeting: Mapped[str | None] = mapped_column(default=None, info=ADDED_LATER)


class Explanation(Recorded, Base):
    """Why a cycle was missed."""

    __tablename__ = "explanations"

    cycle: Mapped[str] = mapped_column(index=True)
    explained_on: Mapped[date]
    reason: Mapped[str]


class Extension(Recorded, Base):
    """A decision that a cycle may be met later, and on whose authority."""

    __tablename__ = "extensions"

    cycle: Mapped[str] = mapped_column(index=True)
    until: Mapped[date]
    authority: Mapped[str]


class Correction(Recorded, Base):
    """The withdrawal of a fact that was wrong."""

    __tablename__ = "corrections"

    fact: Mapped[str]
    fact_id: Mapped[int]
    reason: Mapped[str]


About = Answer | Reply | Pause
OfMeetings = Meeting | Convening | Cancellation | Paper
OfDecisions = Decision | Progress | Proposal | Position | ProposalStep
OfCycles = Completion | Explanation | Extension | About
FactRow = EventDate | OfCycles | OfMeetings | OfDecisions | Term | rolls.RollRow
KINDS: dict[str, type[FactRow]] = {
    "event": EventDate,
    "completion": Completion,
    "explanation": Explanation,
    "extension": Extension,
    "answer": Answer,
    "reply": Reply,
    "pause": Pause,
    "convening": Convening,
    "cancellation": Cancellation,
    "meeting": Meeting,
    "paper": Paper,
    "proposal": Proposal,
    "position": Position,
    "step": ProposalStep,
    "decision": Decision,
    "progress": Progress,
    "term": Term,
    **rolls.KINDS,
}
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


def read_facts(session: Session, known_at: datetime | None = None) -> known.Facts:
    """Return all facts as they were known at `known_at` (now, when None).

    Raises:
        UnreadableRecordError: something else than this program has changed a fact.
    """
    try:
        return _facts(session, known_at)
    except UNREADABLE as error:
        raise UnreadableRecordError(error) from error


def _facts(session: Session, known_at: datetime | None) -> known.Facts:
    return known.Facts(
        events=[_event(row) for row in in_force(session, EventDate, known_at)],
        completions=_completions(session, known_at),
        explanations=[
            known.Explanation(row.cycle, row.explained_on, row.reason)
            for row in in_force(session, Explanation, known_at)
        ],
        extensions=[
            known.Extension(row.cycle, row.until, row.authority)
            for row in in_force(session, Extension, known_at)
        ],
        answers=[row.as_known() for row in in_force(session, Answer, known_at)],
        replies=[row.as_known() for row in in_force(session, Reply, known_at)],
        pauses=[row.as_known() for row in in_force(session, Pause, known_at)],
        meetings=[row.as_known() for row in in_force(session, Meeting, known_at)],
        convenings=[row.as_known() for row in in_force(session, Convening, known_at)],
        cancellations=[row.as_known() for row in in_force(session, Cancellation, known_at)],
        papers=[row.as_known() for row in in_force(session, Paper, known_at)],
        proposals=[row.as_known() for row in in_force(session, Proposal, known_at)],
        positions=[row.as_known() for row in in_force(session, Position, known_at)],
        steps=[row.as_known() for row in in_force(session, ProposalStep, known_at)],
        decisions=[row.as_known() for row in in_force(session, Decision, known_at)],
        progress=[row.as_known() for row in in_force(session, Progress, known_at)],
        terms=[row.as_known() for row in in_force(session, Term, known_at)],
        rolls=_rolls(session, known_at),
        went_live_on=went_live_on(session, known_at),
    )


def in_force(session: Session, kind: type[Row], known_at: datetime | None = None) -> Iterable[Row]:
    """Return the facts of one kind not withdrawn by `known_at`, in the order they were recorded."""
    return session.scalars(_standing(kind, known_at).order_by(kind.id))


def mark(session: Session) -> tuple[object, ...]:
    """Return what changes whenever a fact is recorded or withdrawn, and only then; cheap to ask."""
    newest = (session.scalar(select(func.max(kind.id))) for kind in (*KINDS.values(), Correction))
    return (*newest, went_live_on(session))


def record_fact(session: Session, row: FactRow, *, history: bool = False) -> bool:
    """Record a fact, unless the very same one is in force already.

    Of an event's dates only the latest word is in force: an earlier one said again is news, unless it is
    recorded as `history`.

    Returns:
        Whether it was new.
    """
    kind = type(row)
    columns = [c.key for c in kind.__table__.columns if c.key not in _NOT_CONTENT]
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
    columns = (column.key for column in type(row).__table__.columns if column.key not in _NOT_CONTENT)
    return " ".join(f"{column}={value}" for column in columns if (value := getattr(row, column)))


def latest_event(session: Session, kind: str, edition: str) -> EventDate | None:
    """Return the announcement of an edition's dates that is in force."""
    asked = _standing(EventDate).where(EventDate.kind == kind, EventDate.edition == edition)
    return session.scalars(asked.order_by(EventDate.id.desc())).first()


def correct_fact(session: Session, fact: str, fact_id: int, reason: str, by: str, at: datetime) -> None:
    """Withdraw a fact, with a reason.

    Raises:
        UnknownFactError: no fact of that kind and number is in force.
    """
    kind = KINDS.get(fact)
    if kind is None or session.scalars(_standing(kind).where(kind.id == fact_id)).first() is None:
        raise UnknownFactError(f"no {fact} number {fact_id} is in force; kinds: {', '.join(KINDS)}")
    session.add(Correction(recorded_at=at, recorded_by=by, fact=fact, fact_id=fact_id, reason=reason))
    session.flush()


def _standing(kind: type[Row], known_at: datetime | None = None) -> Select[Row]:
    name = next(name for name, table in KINDS.items() if table is kind)
    withdrawn = select(Correction.id).where(Correction.fact == name, Correction.fact_id == kind.id)
    rows = select(kind)
    if known_at:
        withdrawn = withdrawn.where(Correction.recorded_at <= known_at)
        rows = rows.where(kind.recorded_at <= known_at)
    return rows.where(~exists(withdrawn))


def _rolls(session: Session, known_at: datetime | None) -> RollFacts:
    return RollFacts(
        joinings=[row.as_known() for row in in_force(session, rolls.Joining, known_at)],
        leavings=[row.as_known() for row in in_force(session, rolls.Leaving, known_at)],
        groups=[row.as_known() for row in in_force(session, rolls.GroupDescription, known_at)],
        outcomes=[row.as_known() for row in in_force(session, rolls.GroupOutcome, known_at)],
        seats=[row.as_known() for row in in_force(session, rolls.Seat, known_at)],
        consultations=[row.as_known() for row in in_force(session, rolls.Consultation, known_at)],
        views=[row.as_known() for row in in_force(session, rolls.View, known_at)],
        leads=[row.as_known() for row in in_force(session, rolls.Lead, known_at)],
        attestations=[row.as_known() for row in in_force(session, rolls.Attestation, known_at)],
    )


def _event(row: EventDate) -> known.Event | known.EventRange:
    if row.certainty == known.RANGE:
        return known.EventRange(row.kind, row.edition, row.starts_on, row.ends_on, row.source)
    certainty = known.Certainty(row.certainty)
    return known.Event(row.kind, row.edition, row.starts_on, row.ends_on, certainty, row.source)


def _completions(session: Session, known_at: datetime | None) -> list[known.Completion]:
    # Columns, not rows of the model: of these there are many thousand.
    columns = [getattr(Completion, field.name) for field in fields(known.Completion)]
    asked = _standing(Completion, known_at).with_only_columns(*columns).order_by(Completion.id)
    return [known.Completion(*row) for row in session.execute(asked)]
