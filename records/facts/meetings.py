"""Meetings before and after they are held: that they were called, called off, and their papers."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from policies.facts import meetings as known
from records.schema import Base, Packed, Recorded


class Convening(Recorded, Base):
    """One call of a meeting. The latest is in force; the earlier ones are its history."""

    __tablename__ = "convenings"

    meeting: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    starts_on: Mapped[date]
    title: Mapped[str]
    place: Mapped[str | None]
    source: Mapped[str]

    def as_known(self) -> known.Convening:
        """Return the fact as the rules know it."""
        return known.Convening(self.meeting, self.kind, self.starts_on, self.title, self.source, self.place)


class Cancellation(Recorded, Base):
    """That a meeting which was called is not held."""

    __tablename__ = "cancellations"

    meeting: Mapped[str] = mapped_column(index=True)
    cancelled_on: Mapped[date]
    reason: Mapped[str]

    def as_known(self) -> known.Cancellation:
        """Return the fact as the rules know it."""
        return known.Cancellation(self.meeting, self.cancelled_on, self.reason)


class Paper(Recorded, Base):
    """A paper of a meeting: its reference or address, its languages, its class of confidentiality."""

    __tablename__ = "papers"

    meeting: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    issued_on: Mapped[date]
    reference: Mapped[str]
    languages: Mapped[list[str]] = mapped_column(Packed)
    confidentiality: Mapped[str]

    def as_known(self) -> known.Paper:
        """Return the fact as the rules know it."""
        return known.Paper(
            self.meeting,
            known.PaperKind(self.kind),
            self.issued_on,
            self.reference,
            tuple(self.languages),
            known.Confidentiality(self.confidentiality),
        )
