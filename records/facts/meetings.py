"""Meetings as they are called, called off and held, and the papers they leave behind."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from policies.facts import meetings as known
from records.facts.rows import FactRow
from records.personal.columns import PersonalNames
from records.schema import ADDED_LATER, Base, Packed


class Convening(FactRow, Base):
    """One call of a meeting. The latest is in force; the earlier ones are its history."""

    __tablename__ = "convenings"
    fact_kind = "convening"
    kept_as: ClassVar[Mapping[str, str]] = {"id": "meeting"}

    meeting: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    starts_on: Mapped[date]
    title: Mapped[str]
    place: Mapped[str | None]
    source: Mapped[str]


class Cancellation(FactRow, Base):
    """That a meeting which was called is not held."""

    __tablename__ = "cancellations"
    fact_kind = "cancellation"

    meeting: Mapped[str] = mapped_column(index=True)
    cancelled_on: Mapped[date]
    reason: Mapped[str]


class Meeting(FactRow, Base):
    """A meeting that was held; `partial` if found in public sources only."""

    __tablename__ = "meetings"
    fact_kind = "meeting"
    kept_as: ClassVar[Mapping[str, str]] = {"id": "meeting"}

    meeting: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    held_on: Mapped[date]
    title: Mapped[str]
    source: Mapped[str]
    partial: Mapped[bool] = mapped_column(default=False)
    began_on: Mapped[date | None] = mapped_column(default=None, info=ADDED_LATER)
    place: Mapped[str | None] = mapped_column(default=None, info=ADDED_LATER)
    participants: Mapped[dict[str, str] | None] = mapped_column(PersonalNames, default=None, info=ADDED_LATER)

    @classmethod
    def fact_of(cls, row: Any) -> known.Meeting:  # noqa: ANN401 (a row of this table)
        """Return the meeting that a row keeps."""
        fact: known.Meeting = super().fact_of(row)
        return fact if fact.participants else replace(fact, participants={})

    @classmethod
    def columns_of(cls, fact: known.Meeting) -> dict[str, Any]:
        """Return what a meeting says by the columns that keep it."""
        return super().columns_of(fact) | {"participants": dict(fact.participants) or None}


class Paper(FactRow, Base):
    """A paper of a meeting: its reference or address, its languages, its class of confidentiality."""

    __tablename__ = "papers"
    fact_kind = "paper"

    meeting: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    issued_on: Mapped[date]
    reference: Mapped[str]
    languages: Mapped[list[str]] = mapped_column(Packed)
    confidentiality: Mapped[str]

    @classmethod
    def columns_of(cls, fact: known.Paper) -> dict[str, Any]:
        """Return what a paper says by the columns that keep it."""
        return super().columns_of(fact) | {"languages": list(fact.languages)}
