"""The facts that rolls are derived from: who entered and left a body, what was decided about groups."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from policies.facts import membership as known
from records.schema import Base, Recorded


class Joining(Recorded, Base):
    """That somebody entered a body; `partial` if only seen on its roll by that day."""

    __tablename__ = "joinings"

    body: Mapped[str] = mapped_column(index=True)
    member: Mapped[str]
    role: Mapped[str]
    joined_on: Mapped[date]
    decision: Mapped[str | None]
    source: Mapped[str]
    partial: Mapped[bool] = mapped_column(default=False)

    def as_known(self) -> known.Joining:
        """Return the fact as rolls are derived from it."""
        role = known.Role(self.role)
        more = (self.source, self.decision, self.partial)
        return known.Joining(self.body, self.member, role, self.joined_on, *more)


class Leaving(Recorded, Base):
    """That somebody left a body: from `left_on` on it no longer belongs to it."""

    __tablename__ = "leavings"

    body: Mapped[str] = mapped_column(index=True)
    member: Mapped[str]
    left_on: Mapped[date]
    decision: Mapped[str | None]
    source: Mapped[str]

    def as_known(self) -> known.Leaving:
        """Return the fact as rolls are derived from it."""
        return known.Leaving(self.body, self.member, self.left_on, self.source, self.decision)


class GroupDescription(Recorded, Base):
    """What a working group is from a day on; the first description begins it."""

    __tablename__ = "group_descriptions"

    group: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    focus: Mapped[str]
    workplan: Mapped[str | None]
    since_on: Mapped[date]
    decision: Mapped[str | None]
    source: Mapped[str]

    def as_known(self) -> known.Group:
        """Return the fact as rolls are derived from it."""
        more = (self.source, self.workplan, self.decision)
        return known.Group(self.group, self.title, self.focus, self.since_on, *more)


class GroupOutcome(Recorded, Base):
    """What was decided about a working group, in the review of a cycle or apart from it."""

    __tablename__ = "group_outcomes"

    group: Mapped[str] = mapped_column(index=True)
    result: Mapped[str]
    decided_on: Mapped[date]
    decision: Mapped[str]
    cycle: Mapped[str | None]
    into: Mapped[str | None]
    source: Mapped[str]

    def as_known(self) -> known.Outcome:
        """Return the fact as rolls are derived from it."""
        result, more = known.Result(self.result), (self.source, self.cycle, self.into)
        return known.Outcome(self.group, result, self.decided_on, self.decision, *more)


class Seat(Recorded, Base):
    """A seat of a body whose members rotate, and the constituency that fills it."""

    __tablename__ = "seats"

    body: Mapped[str] = mapped_column(index=True)
    seat: Mapped[str]
    constituency: Mapped[str]
    since_on: Mapped[date]
    source: Mapped[str]

    def as_known(self) -> known.Seat:
        """Return the fact as rolls are derived from it."""
        return known.Seat(self.body, self.seat, self.constituency, self.since_on, self.source)


class Consultation(Recorded, Base):
    """That chosen members were asked about a partner; `chosen` are their ids with spaces between them."""

    __tablename__ = "consultations"

    consultation: Mapped[str] = mapped_column(index=True)
    group: Mapped[str]
    partner: Mapped[str]
    chosen: Mapped[str]
    chosen_by: Mapped[str]
    reason: Mapped[str]
    invited_on: Mapped[date]
    until: Mapped[date]
    source: Mapped[str]

    def as_known(self) -> known.Consultation:
        """Return the fact as rolls are derived from it."""
        return known.Consultation(
            id=self.consultation,
            group=self.group,
            partner=self.partner,
            chosen=tuple(self.chosen.split()),
            chosen_by=self.chosen_by,
            reason=self.reason,
            invited_on=self.invited_on,
            until=self.until,
            source=self.source,
        )


class View(Recorded, Base):
    """What one of those consulted answered."""

    __tablename__ = "views"

    consultation: Mapped[str] = mapped_column(index=True)
    member: Mapped[str]
    kind: Mapped[str]
    answered_on: Mapped[date]
    reason: Mapped[str | None]
    source: Mapped[str]

    def as_known(self) -> known.View:
        """Return the fact as rolls are derived from it."""
        kind, more = known.ViewKind(self.kind), (self.source, self.reason)
        return known.View(self.consultation, self.member, kind, self.answered_on, *more)


class Lead(Recorded, Base):
    """Who leads the review of one cycle, and who decided that."""

    __tablename__ = "leads"

    cycle: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    decided_by: Mapped[str]
    decided_on: Mapped[date]
    source: Mapped[str]

    def as_known(self) -> known.Lead:
        """Return the fact as packages say it."""
        return known.Lead(self.cycle, self.name, self.decided_by, self.decided_on, self.source)


class Attestation(Recorded, Base):
    """That somebody vouches that nobody is missing from a roll on a day."""

    __tablename__ = "attestations"

    body: Mapped[str] = mapped_column(index=True)
    attested_on: Mapped[date]
    source: Mapped[str]

    def as_known(self) -> known.Attestation:
        """Return the fact as rosters rest on it."""
        return known.Attestation(self.body, self.attested_on, self.source)


RollRow = (
    Joining | Leaving | GroupDescription | GroupOutcome | Seat | Consultation | View | Lead | Attestation
)
KINDS: dict[str, type[RollRow]] = {
    "joining": Joining,
    "leaving": Leaving,
    "group": GroupDescription,
    "outcome": GroupOutcome,
    "seat": Seat,
    "consultation": Consultation,
    "view": View,
    "lead": Lead,
    "attestation": Attestation,
}
