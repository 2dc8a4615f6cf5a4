"""Decisions and what became of them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision somebody must carry out; `due_on` only where the decision itself names a day.

    `owners` carry it out. `mandates_respected` says how it was seen to that the members' own mandates are
    respected (DEC-4). `meeting` is where it was taken, `proposal` what it settles, by their names.
    """

    id: str
    decided_on: date
    owners: tuple[str, ...]
    text: str
    source: str
    due_on: date | None = None
    issued_by: str | None = None
    mandates_respected: str | None = None
    meeting: str | None = None
    proposal: str | None = None


class Status(StrEnum):
    """How far a decision has been carried out."""

    UNDER_WAY = "under-way"
    DELAYED = "delayed"
    CARRIED_OUT = "carried-out"
    LAPSED = "lapsed"


# SEC-4j: these end the follow-up of a decision, and so need evidence.
ENDS = frozenset({Status.CARRIED_OUT, Status.LAPSED})


@dataclass(frozen=True, slots=True)
class Progress:
    """What was known on a day of the carrying out of a decision, with the evidence where there is any."""

    decision: str
    noted_on: date
    status: Status
    says: str
    evidence: str | None = None
