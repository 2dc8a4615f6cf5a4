"""What came from those who were asked, what they were answered, and when nobody is to be chased."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from records.facts.rows import FactRow
from records.personal.columns import OWN, Personal
from records.schema import Base


class Answer(FactRow, Base):
    """An answer to a request for an input: a document, a nil return, a no, a request for more time."""

    __tablename__ = "answers"
    fact_kind = "answer"

    cycle: Mapped[str] = mapped_column(index=True)
    person: Mapped[str]
    kind: Mapped[str]
    received_on: Mapped[date]
    source: Mapped[str] = mapped_column(Personal("person"))
    reason: Mapped[str | None] = mapped_column(Personal("person"))
    until: Mapped[date | None]
    instead: Mapped[str | None] = mapped_column(Personal(OWN))


class Reply(FactRow, Base):
    """The secretariat's reply to an answer that asked for one; `until` where more time is given."""

    __tablename__ = "replies"
    fact_kind = "reply"

    cycle: Mapped[str] = mapped_column(index=True)
    person: Mapped[str]
    replied_on: Mapped[date]
    reason: Mapped[str] = mapped_column(Personal("person"))
    until: Mapped[date | None]


class Pause(FactRow, Base):
    """Days on which nobody, or one person, is chased about a cycle."""

    __tablename__ = "pauses"
    fact_kind = "pause"

    cycle: Mapped[str] = mapped_column(index=True)
    first: Mapped[date]
    last: Mapped[date]
    reason: Mapped[str] = mapped_column(Personal("person"))
    person: Mapped[str | None]
