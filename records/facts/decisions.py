"""Decisions that somebody must carry out, and how far each has been."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from policies.facts import decisions as known
from records.facts.rows import FactRow
from records.schema import ADDED_LATER, Base, Packed


class Decision(FactRow, Base):
    """A decision, who carries it out, and the day it names for that, if any.

    `owners` are those who carry it out together, where `owner` is not the only one.
    """

    __tablename__ = "decisions"
    fact_kind = "decision"
    kept_as: ClassVar[Mapping[str, str]] = {"id": "decision"}

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

    @classmethod
    def fact_of(cls, row: Any) -> known.Decision:  # noqa: ANN401 (a row of this table)
        """Return the decision that a row keeps."""
        fact: known.Decision = super().fact_of(row)
        return fact if fact.owners else replace(fact, owners=(row.owner,))

    @classmethod
    def columns_of(cls, fact: known.Decision) -> dict[str, Any]:
        """Return what a decision says by the columns that keep it."""
        owners = list(fact.owners) if len(fact.owners) > 1 else None
        return super().columns_of(fact) | {"owner": fact.owners[0], "owners": owners}


class Progress(FactRow, Base):
    """How far a decision had been carried out on a day."""

    __tablename__ = "progress"
    fact_kind = "progress"

    decision: Mapped[str] = mapped_column(index=True)
    noted_on: Mapped[date]
    status: Mapped[str]
    says: Mapped[str]
    evidence: Mapped[str | None]
