"""Proposals on which consensus is sought: the positions of entities, and the steps where there is none."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from records.facts.rows import FactRow
from records.schema import Base


class Proposal(FactRow, Base):
    """What a decision is sought on."""

    __tablename__ = "proposals"
    fact_kind = "proposal"
    kept_as: ClassVar[Mapping[str, str]] = {"id": "proposal"}

    proposal: Mapped[str] = mapped_column(index=True)
    proposed_on: Mapped[date]
    proposed_by: Mapped[str]
    title: Mapped[str]
    source: Mapped[str]


class Position(FactRow, Base):
    """Where an entity stood on a proposal, on a day."""

    __tablename__ = "positions"
    fact_kind = "position"

    proposal: Mapped[str] = mapped_column(index=True)
    entity: Mapped[str]
    stance: Mapped[str]
    stated_on: Mapped[date]
    source: Mapped[str]
    says: Mapped[str | None]


class ProposalStep(FactRow, Base):
    """A step of the ladder without consensus."""

    __tablename__ = "proposal_steps"
    fact_kind = "step"

    proposal: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    taken_on: Mapped[date]
    by: Mapped[str]
    says: Mapped[str]
    source: Mapped[str]
