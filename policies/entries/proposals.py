"""Entries of a facts file about proposals, positions on them, and the ladder where there is no consensus."""

from dataclasses import asdict
from datetime import date
from typing import Any

from pydantic import ValidationInfo, field_validator, model_validator

from policies.entries.checks import Known, OfProposal, Past, Text, known_of, not_after, once
from policies.entries.entry import FactEntry
from policies.facts.proposals import AFTER, Stance, StepKind
from policies.obligations.instrument import Identifier
from policies.problems import mistake


class ProposalEntry(FactEntry):
    """What a decision is sought on."""

    fact_kind = "proposal"
    id: Identifier
    proposed_on: Past
    proposed_by: Text
    title: Text
    source: Text

    @model_validator(mode="after")
    def _as_on_record(self, info: ValidationInfo) -> "ProposalEntry":
        recorded = (each for each in known_of(info).facts.proposals if each.id == self.id)
        once("proposal", self.id, self.fact(), recorded)
        return self

    @property
    def goes_by(self) -> str:
        """The name its cycle goes by, if there is no consensus."""
        return self.id


class PositionEntry(FactEntry):
    """Where an entity stands on a proposal."""

    fact_kind = "position"
    proposal: OfProposal
    entity: Text
    stance: Stance
    stated_on: date
    source: Text
    says: Text | None = None

    @field_validator("stated_on")
    @classmethod
    def _in_its_time(cls, stated_on: date, info: ValidationInfo) -> date:
        return _in_its_time(stated_on, info)

    @property
    def goes_by(self) -> str:
        """Who stated it, on what and when."""
        return f"{self.entity} on {self.proposal}, {self.stated_on}"


class StepEntry(FactEntry):
    """A step of the ladder without consensus: who took it, on which day, and what came of it."""

    fact_kind = "step"
    proposal: OfProposal
    kind: StepKind
    taken_on: date
    by: Text
    says: Text
    source: Text

    @field_validator("taken_on")
    @classmethod
    def _in_its_time(cls, taken_on: date, info: ValidationInfo) -> date:
        return _in_its_time(taken_on, info)

    @model_validator(mode="after")
    def _follows(self, info: ValidationInfo) -> "StepEntry":
        known = known_of(info)
        before = _steps_before(self, known)
        last = before[-1] if before else None
        kind = StepKind(last["kind"]) if last else None
        # DEC-1
        if self.kind is StepKind.NO_CONSENSUS and not _stated(self.proposal, known):
            raise mistake(f"no consensus on {self.proposal} without a position", "the positions first")
        # DEC-2, DEC-3
        if kind not in AFTER[self.kind]:
            wanted = " or ".join(each or "nothing" for each in AFTER[self.kind])
            raise mistake(f"{self.kind} of {self.proposal} after {kind or 'nothing'}", f"after {wanted}")
        if last and self.taken_on < last["taken_on"]:
            raise ValueError(f"taken_on: a day not before the step {kind}, {last['taken_on']}")
        return self

    @property
    def goes_by(self) -> str:
        """The step and its proposal."""
        return f"{self.kind} of {self.proposal}"


def _in_its_time(on: date, info: ValidationInfo) -> date:
    known = known_of(info)
    proposed_on = known.named("proposals", "proposed_on").get(str(info.data.get("proposal")))
    if isinstance(proposed_on, date) and on < proposed_on:
        raise ValueError(f"a day not before it was proposed, {proposed_on}")
    return not_after(on, known.today)


def _stated(proposal: str, known: Known) -> bool:
    return proposal in known.named("positions", "stance", "proposal")


def _steps_before(entry: StepEntry, known: Known) -> list[dict[str, Any]]:
    """Return the steps before this one: those on record, then those that stand before it in the file."""
    said = entry.model_dump()
    recorded = [asdict(each) for each in known.facts.steps_about(entry.proposal)]
    if said in recorded:
        return recorded[: recorded.index(said)]
    in_file = [each for each in known.entries("steps") if each.get("proposal") == entry.proposal]
    kinds = {str(kind) for kind in StepKind}
    before = in_file[: in_file.index(said)] if said in in_file else in_file
    new = [each for each in before if each not in recorded and str(each.get("kind")) in kinds]
    return [*recorded, *(each for each in new if isinstance(each.get("taken_on"), date))]
