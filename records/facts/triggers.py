"""What sets duties off: meetings that were held, decisions that were taken, terms of office that end."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from policies.facts import decisions, meetings
from policies.facts import facts as known
from records.schema import ADDED_LATER, Base, Packed, Recorded


class Meeting(Recorded, Base):
    """A meeting that was held; `partial` if found in public sources only."""

    __tablename__ = "meetings"

    meeting: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    held_on: Mapped[date]
    title: Mapped[str]
    source: Mapped[str]
    partial: Mapped[bool] = mapped_column(default=False)
    began_on: Mapped[date | None] = mapped_column(default=None, info=ADDED_LATER)
    place: Mapped[str | None] = mapped_column(default=None, info=ADDED_LATER)
    participants: Mapped[dict[str, str] | None] = mapped_column(Packed, default=None, info=ADDED_LATER)

    def as_known(self) -> meetings.Meeting:
        """Return the fact as the clocks need it."""
        return meetings.Meeting(
            self.meeting,
            self.kind,
            self.held_on,
            self.title,
            self.source,
            self.partial,
            self.began_on,
            self.place,
            self.participants or {},
        )


class Decision(Recorded, Base):
    """A decision, who carries it out, and the day it names for that, if any.

    `owners` are those who carry it out together, where `owner` is not the only one.
    """

    __tablename__ = "decisions"

    decision: Mapped[str] = mapped_column(index=True)
    decided_on: Mapped[date]
    owner: Mapped[str]
    due_on: Mapped[date | None]
    text: Mapped[str]
    source: Mapped[str]
    owners: Mapped[list[str] | None] = mapped_column(Packed, default=None, info=ADDED_LATER)
    issued_by: Mapped[str | None] = mapped_column(default=None, info=ADDED_LATER)
    mandates_respected: Mapped[str | None] = mapped_column(default=None, info=ADDED_LATER)
    meeting: Mapped[str | None] = mapped_column(default=None, info=ADDED_LATER)
    proposal: Mapped[str | None] = mapped_column(default=None, info=ADDED_LATER)

    def as_known(self) -> decisions.Decision:
        """Return the fact as the clocks need it."""
        return decisions.Decision(
            self.decision,
            self.decided_on,
            tuple(self.owners or [self.owner]),
            self.text,
            self.source,
            self.due_on,
            self.issued_by,
            self.mandates_respected,
            self.meeting,
            self.proposal,
        )


class Progress(Recorded, Base):
    """How far a decision had been carried out on a day."""

    __tablename__ = "progress"

    decision: Mapped[str] = mapped_column(index=True)
    noted_on: Mapped[date]
    status: Mapped[str]
    says: Mapped[str]
    evidence: Mapped[str | None]

    def as_known(self) -> decisions.Progress:
        """Return the fact as the clocks need it."""
        status = decisions.Status(self.status)
        return decisions.Progress(self.decision, self.noted_on, status, self.says, self.evidence)


class Term(Recorded, Base):
    """A term of office on a seat of a body; without its last day as long as nobody has recorded that."""

    __tablename__ = "terms"

    body: Mapped[str] = mapped_column(index=True)
    seat: Mapped[str]
    holder: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    source: Mapped[str]

    def as_known(self) -> known.Term:
        """Return the fact as the clocks need it."""
        return known.Term(self.body, self.seat, self.holder, self.starts_on, self.source, self.ends_on)
