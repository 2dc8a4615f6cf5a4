"""Entries of a facts file about decisions, and about what became of them."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from policies.entries.checks import (
    Actor,
    HeldMeeting,
    Known,
    OfDecision,
    OfProposal,
    Past,
    Text,
    known_of,
    not_after,
    not_before,
    once,
    one_of,
)
from policies.entries.entry import FactEntry
from policies.facts.decisions import ENDS, Decision, Status
from policies.obligations.instrument import Identifier
from policies.problems import mistake


def _somebody(owner: str, known: Known) -> str:
    return one_of(owner, {*known.pack.actors, *known.people})


def _each_somebody(owners: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
    for owner in owners:
        _somebody(owner, known_of(info))
    return owners


Owners = Annotated[tuple[Identifier, ...], Field(min_length=1), AfterValidator(_each_somebody)]


class DecisionEntry(FactEntry):
    """A decision, who carries it out (`owner`, or `owners` together), and the day it names for that, if any.

    `mandates_respected` says who saw to it that the members' own mandates are respected, and how.
    """

    fact_kind = "decision"
    id: Identifier
    decided_on: Past
    owners: Annotated[tuple[Identifier, ...], Field(min_length=1), AfterValidator(_each_somebody)] | None = (
        None
    )
    owner: Identifier | None = Field(default=None, validate_default=True)
    due_on: date | None = None
    text: Text
    source: Text
    issued_by: Actor | None = None
    mandates_respected: Text | None = None
    meeting: HeldMeeting | None = None
    proposal: OfProposal | None = None

    @field_validator("due_on")
    @classmethod
    def _after_it_was_taken(cls, due_on: date | None, info: ValidationInfo) -> date | None:
        return not_before(due_on, info, "decided_on")

    @field_validator("owner")
    @classmethod
    def _one_way_or_the_other(cls, owner: str | None, info: ValidationInfo) -> str | None:
        if "owners" in info.data and (owner is None) == (info.data["owners"] is None):
            raise mistake("nothing" if owner is None else "owner and owners", "owner, or else owners")
        return _somebody(owner, known_of(info)) if owner else None

    @model_validator(mode="after")
    def _as_on_record(self, info: ValidationInfo) -> "DecisionEntry":
        recorded = (each for each in known_of(info).facts.decisions if each.id == self.id)
        once("decision", self.id, self.fact(), recorded)
        return self

    @property
    def goes_by(self) -> str:
        """The name its cycle goes by."""
        return self.id

    def fact(self) -> Decision:
        """Return the decision that the entry says."""
        said = self.model_dump(exclude={"owner", "owners"})
        return Decision(**said, owners=self.owners or (self.owner or "",))


class ProgressEntry(FactEntry):
    """How far a decision had been carried out on a day; with evidence, where that ends its follow-up."""

    fact_kind = "progress"
    decision: OfDecision
    noted_on: date
    status: Status
    says: Text
    evidence: Text | None = None

    @field_validator("noted_on")
    @classmethod
    def _not_to_come(cls, noted_on: date, info: ValidationInfo) -> date:
        known = known_of(info)
        taken_on = known.named("decisions", "decided_on").get(str(info.data.get("decision")))
        if isinstance(taken_on, date) and noted_on < taken_on:
            raise ValueError(f"a day not before the decision was taken, {taken_on}")
        return not_after(noted_on, known.today)

    @model_validator(mode="after")
    def _nothing_ends_without_evidence(self, info: ValidationInfo) -> "ProgressEntry":
        # SEC-4j
        if self.status in ENDS and self.evidence is None:
            raise mistake(f"{self.status} without evidence", "evidence: the document that proves it")
        over = (each for each in known_of(info).facts.progress_of(self.decision) if each.status in ENDS)
        for end in over:
            if end.noted_on < self.noted_on:
                expected = "no progress after that; if it was recorded in error, correct it first"
                raise mistake(f"{self.decision} is {end.status} since {end.noted_on}", expected)
        return self

    @property
    def goes_by(self) -> str:
        """The decision and the day."""
        return f"{self.decision} on {self.noted_on}: {self.says}"
