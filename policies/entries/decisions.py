"""Entries of a facts file about decisions, and about what became of them."""

from datetime import date
from typing import Annotated, Any

from pydantic import Field, ValidationInfo, field_validator, model_validator

from policies.entries.checks import Known, Past, Text, known_of, not_after, not_before, once, one_of
from policies.facts.decisions import ENDS, Decision, Status
from policies.obligations.instrument import Identifier
from policies.problems import mistake
from policies.recurrence.question import Strict


class DecisionEntry(Strict):
    """A decision, who carries it out (`owner`, or `owners` together), and the day it names for that, if any.

    `mandates_respected` says who saw to it that the members' own mandates are respected, and how.
    """

    id: Identifier
    decided_on: Past
    owners: Annotated[tuple[Identifier, ...], Field(min_length=1)] | None = None
    owner: Identifier | None = Field(default=None, validate_default=True)
    due_on: date | None = None
    text: Text
    source: Text
    issued_by: Identifier | None = None
    mandates_respected: Text | None = None
    meeting: Identifier | None = None
    proposal: Identifier | None = None

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

    @field_validator("owners")
    @classmethod
    def _known_owners(cls, owners: tuple[str, ...] | None, info: ValidationInfo) -> tuple[str, ...] | None:
        for owner in owners or ():
            _somebody(owner, known_of(info))
        return owners

    @field_validator("issued_by")
    @classmethod
    def _an_actor(cls, issued_by: str | None, info: ValidationInfo) -> str | None:
        return one_of(issued_by, known_of(info).pack.actors) if issued_by else None

    @field_validator("meeting")
    @classmethod
    def _held(cls, meeting: str | None, info: ValidationInfo) -> str | None:
        return one_of(meeting, known_of(info).named("meetings", "kind")) if meeting else None

    @field_validator("proposal")
    @classmethod
    def _proposed(cls, proposal: str | None, info: ValidationInfo) -> str | None:
        return one_of(proposal, known_of(info).named("proposals", "title")) if proposal else None

    @model_validator(mode="after")
    def _as_on_record(self, info: ValidationInfo) -> "DecisionEntry":
        recorded = (each for each in known_of(info).facts.decisions if each.id == self.id)
        once("decision", self.id, self._as_known(), recorded)
        return self

    @property
    def name(self) -> str:
        """The name its cycle goes by."""
        return self.id

    def columns(self) -> dict[str, Any]:
        """Return the entry as the record keeps it."""
        owners = self._as_known().owners
        named = {"owner": owners[0], "owners": list(owners) if len(owners) > 1 else None}
        return {"decision": self.id, **self.model_dump(exclude={"id", "owner", "owners"}), **named}

    def _as_known(self) -> Decision:
        said = self.model_dump(exclude={"owner", "owners"})
        return Decision(**said, owners=self.owners or (self.owner or "",))


class ProgressEntry(Strict):
    """How far a decision had been carried out on a day; with evidence, where that ends its follow-up."""

    decision: Identifier
    noted_on: date
    status: Status
    says: Text
    evidence: Text | None = None

    @field_validator("decision")
    @classmethod
    def _taken(cls, decision: str, info: ValidationInfo) -> str:
        return one_of(decision, known_of(info).named("decisions", "decided_on"))

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
    def name(self) -> str:
        """The decision and the day."""
        return f"{self.decision} on {self.noted_on}: {self.says}"

    def columns(self) -> dict[str, Any]:
        """Return the entry as the record keeps it."""
        return self.model_dump()


def _somebody(owner: str, known: Known) -> str:
    return one_of(owner, {*known.pack.actors, *known.people})
