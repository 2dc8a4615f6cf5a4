"""Proposals on which consensus is sought, where each entity stands, and the steps where there is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Stance(StrEnum):
    """Where an entity stands on a proposal. Who said nothing is on record as silent, never as agreed."""

    AGREES = "agrees"
    DOES_NOT_OBJECT = "does-not-object"
    ABSTAINS = "abstains"
    HAS_RESERVATIONS = "has-reservations"
    OBJECTS = "objects"
    SILENT = "silent"


class StepKind(StrEnum):
    """A step of the ladder without consensus, each taken by people and then recorded."""

    NO_CONSENSUS = "no-consensus"
    PRINCIPALS = "principals"
    AGREED = "agreed"
    FAILED = "failed"
    REFERRED = "referred"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


# DEC-2, DEC-3: no step without the one before it. The matter may be withdrawn at any time.
AFTER: Mapping[StepKind, frozenset[StepKind | None]] = {
    StepKind.NO_CONSENSUS: frozenset({None}),
    StepKind.PRINCIPALS: frozenset({StepKind.NO_CONSENSUS}),
    StepKind.AGREED: frozenset({StepKind.PRINCIPALS}),
    StepKind.FAILED: frozenset({StepKind.PRINCIPALS}),
    StepKind.REFERRED: frozenset({StepKind.FAILED}),
    StepKind.RETURNED: frozenset({StepKind.REFERRED}),
    StepKind.WITHDRAWN: frozenset(
        {StepKind.NO_CONSENSUS, StepKind.PRINCIPALS, StepKind.FAILED, StepKind.REFERRED}
    ),
}
SETTLES = frozenset({StepKind.AGREED, StepKind.RETURNED, StepKind.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a decision is sought on, and who proposed it."""

    id: str
    proposed_on: date
    proposed_by: str
    title: str
    source: str


@dataclass(frozen=True, slots=True)
class Position:
    """Where an entity stands on a proposal; its latest position counts."""

    proposal: str
    entity: str
    stance: Stance
    stated_on: date
    source: str
    says: str | None = None


@dataclass(frozen=True, slots=True)
class ProposalStep:
    """A step that was taken about a proposal, by whom, and what came of it in words."""

    proposal: str
    kind: StepKind
    taken_on: date
    by: str
    says: str
    source: str
