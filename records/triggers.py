"""What sets duties off: meetings that were held, decisions that were taken, terms of office that end."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from policies import facts as known
from records.schema import Base, Recorded


class Meeting(Recorded, Base):
    """A meeting that was held; `partial` if found in public sources only."""

    __tablename__ = "meetings"

    meeting: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    held_on: Mapped[date]
    title: Mapped[str]
    source: Mapped[str]
    partial: Mapped[bool] = mapped_column(default=False)

    def as_known(self) -> known.Meeting:
        """Return the fact as the clocks need it."""
        return known.Meeting(self.meeting, self.kind, self.held_on, self.title, self.source, self.partial)


class Decision(Recorded, Base):
    """A decision, who carries it out, and the day it names for that, if any."""

    __tablename__ = "decisions"

    decision: Mapped[str] = mapped_column(index=True)
    decided_on: Mapped[date]
    owner: Mapped[str]
    due_on: Mapped[date | None]
    text: Mapped[str]
    source: Mapped[str]

    def as_known(self) -> known.Decision:
        """Return the fact as the clocks need it."""
        return known.Decision(self.decision, self.decided_on, self.owner, self.text, self.source, self.due_on)


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
