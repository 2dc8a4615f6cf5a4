"""What came from those who were asked, what they were answered, and when nobody is to be chased."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from policies.facts import answers as known
from records.schema import Base, Recorded


class Answer(Recorded, Base):
    """An answer to a request for an input: a document, a nil return, a no, a request for more time."""

    __tablename__ = "answers"

    cycle: Mapped[str] = mapped_column(index=True)
    person: Mapped[str]
    kind: Mapped[str]
    received_on: Mapped[date]
    source: Mapped[str]
    reason: Mapped[str | None]
    until: Mapped[date | None]
    instead: Mapped[str | None]

    def as_known(self) -> known.Answer:
        """Return the fact as the rules need it."""
        kind = known.AnswerKind(self.kind)
        more = (self.reason, self.until, self.instead)
        return known.Answer(self.cycle, self.person, kind, self.received_on, self.source, *more)


class Reply(Recorded, Base):
    """The secretariat's reply to an answer that asked for one; `until` where more time is given."""

    __tablename__ = "replies"

    cycle: Mapped[str] = mapped_column(index=True)
    person: Mapped[str]
    replied_on: Mapped[date]
    reason: Mapped[str]
    until: Mapped[date | None]

    def as_known(self) -> known.Reply:
        """Return the fact as the rules need it."""
        return known.Reply(self.cycle, self.person, self.replied_on, self.reason, self.until)


class Pause(Recorded, Base):
    """Days on which nobody, or one person, is chased about a cycle."""

    __tablename__ = "pauses"

    cycle: Mapped[str] = mapped_column(index=True)
    first: Mapped[date]
    last: Mapped[date]
    reason: Mapped[str]
    person: Mapped[str | None]

    def as_known(self) -> known.Pause:
        """Return the fact as the rules need it."""
        return known.Pause(self.cycle, self.first, self.last, self.reason, self.person)
