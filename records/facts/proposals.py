"""Proposals on which consensus is sought: the positions of entities, and the steps where there is none."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from policies.facts import proposals as known
from records.schema import Base, Recorded


class Proposal(Recorded, Base):
    """What a decision is sought on."""

    __tablename__ = "proposals"

    proposal: Mapped[str] = mapped_column(index=True)
    proposed_on: Mapped[date]
    proposed_by: Mapped[str]
    title: Mapped[str]
    source: Mapped[str]

    def as_known(self) -> known.Proposal:
        """Return the fact as the rules know it."""
        return known.Proposal(self.proposal, self.proposed_on, self.proposed_by, self.title, self.source)


class Position(Recorded, Base):
    """Where an entity stood on a proposal, on a day."""

    __tablename__ = "positions"

    proposal: Mapped[str] = mapped_column(index=True)
    entity: Mapped[str]
    stance: Mapped[str]
    stated_on: Mapped[date]
    source: Mapped[str]
    says: Mapped[str | None]

    def as_known(self) -> known.Position:
        """Return the fact as the rules know it."""
        stance = known.Stance(self.stance)
        return known.Position(self.proposal, self.entity, stance, self.stated_on, self.source, self.says)


class ProposalStep(Recorded, Base):
    """A step of the ladder without consensus."""

    __tablename__ = "proposal_steps"

    proposal: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    taken_on: Mapped[date]
    by: Mapped[str]
    says: Mapped[str]
    source: Mapped[str]

    def as_known(self) -> known.ProposalStep:
        """Return the fact as the rules know it."""
        kind = known.StepKind(self.kind)
        return known.ProposalStep(self.proposal, kind, self.taken_on, self.by, self.says, self.source)
