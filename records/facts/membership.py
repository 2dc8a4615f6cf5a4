"""The facts that rolls are derived from: who entered and left a body, what was decided about groups."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from policies.facts import membership as known
from records.facts.rows import FactRow
from records.personal.columns import OWN, Personal
from records.schema import Base


class Joining(FactRow, Base):
    """That somebody entered a body; `partial` if only seen on its roll by that day."""

    __tablename__ = "joinings"
    fact_kind = "joining"

    body: Mapped[str] = mapped_column(index=True)
    member: Mapped[str]
    role: Mapped[str]
    joined_on: Mapped[date]
    decision: Mapped[str | None]
    source: Mapped[str]
    partial: Mapped[bool] = mapped_column(default=False)


class Leaving(FactRow, Base):
    """That somebody left a body: from `left_on` on it no longer belongs to it."""

    __tablename__ = "leavings"
    fact_kind = "leaving"

    body: Mapped[str] = mapped_column(index=True)
    member: Mapped[str]
    left_on: Mapped[date]
    decision: Mapped[str | None]
    source: Mapped[str]


class GroupDescription(FactRow, Base):
    """What a working group is from a day on; the first description begins it."""

    __tablename__ = "group_descriptions"
    fact_kind = "group"
    kept_as: ClassVar[Mapping[str, str]] = {"id": "group"}

    group: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    focus: Mapped[str]
    workplan: Mapped[str | None]
    since_on: Mapped[date]
    decision: Mapped[str | None]
    source: Mapped[str]


class GroupOutcome(FactRow, Base):
    """What was decided about a working group, in the review of a cycle or apart from it."""

    __tablename__ = "group_outcomes"
    fact_kind = "outcome"

    group: Mapped[str] = mapped_column(index=True)
    result: Mapped[str]
    decided_on: Mapped[date]
    decision: Mapped[str]
    cycle: Mapped[str | None]
    into: Mapped[str | None]
    source: Mapped[str]


class Seat(FactRow, Base):
    """A seat of a body whose members rotate, and the constituency that fills it."""

    __tablename__ = "seats"
    fact_kind = "seat"

    body: Mapped[str] = mapped_column(index=True)
    seat: Mapped[str]
    constituency: Mapped[str]
    since_on: Mapped[date]
    source: Mapped[str]


class Consultation(FactRow, Base):
    """That chosen members were asked about a partner; `chosen` are their ids with spaces between them."""

    __tablename__ = "consultations"
    fact_kind = "consultation"
    kept_as: ClassVar[Mapping[str, str]] = {"id": "consultation"}

    consultation: Mapped[str] = mapped_column(index=True)
    group: Mapped[str]
    partner: Mapped[str]
    chosen: Mapped[str]
    chosen_by: Mapped[str] = mapped_column(Personal(OWN))
    reason: Mapped[str]
    invited_on: Mapped[date]
    until: Mapped[date]
    source: Mapped[str]

    @classmethod
    def fact_of(cls, row: Any) -> known.Consultation:  # noqa: ANN401 (a row of this table)
        """Return the consultation that a row keeps."""
        fact: known.Consultation = super().fact_of(row)
        return replace(fact, chosen=tuple(row.chosen.split()))

    @classmethod
    def columns_of(cls, fact: known.Consultation) -> dict[str, Any]:
        """Return what a consultation says by the columns that keep it."""
        return super().columns_of(fact) | {"chosen": " ".join(fact.chosen)}


class View(FactRow, Base):
    """What one of those consulted answered."""

    __tablename__ = "views"
    fact_kind = "view"

    consultation: Mapped[str] = mapped_column(index=True)
    member: Mapped[str]
    kind: Mapped[str]
    answered_on: Mapped[date]
    reason: Mapped[str | None]
    source: Mapped[str]


class Lead(FactRow, Base):
    """Who leads the review of one cycle, and who decided that."""

    __tablename__ = "leads"
    fact_kind = "lead"

    cycle: Mapped[str] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(Personal(OWN))
    decided_by: Mapped[str] = mapped_column(Personal(OWN))
    decided_on: Mapped[date]
    source: Mapped[str]


class Attestation(FactRow, Base):
    """That somebody vouches that nobody is missing from a roll on a day."""

    __tablename__ = "attestations"
    fact_kind = "attestation"

    body: Mapped[str] = mapped_column(index=True)
    attested_on: Mapped[date]
    source: Mapped[str]
