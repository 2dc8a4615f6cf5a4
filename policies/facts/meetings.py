"""Meetings as the record has them: called, held or called off, and the papers they leave behind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class PaperKind(StrEnum):
    """What a paper of a meeting is, in the order in which they come about.

    The consultation record says who was asked about the agenda, when, and what they answered.
    """

    DRAFT_AGENDA = "draft-agenda"
    CONSULTATION_RECORD = "consultation-record"
    AGENDA = "agenda"
    DOCUMENT = "document"
    DRAFT_MINUTES = "draft-minutes"
    CLEARED_MINUTES = "cleared-minutes"
    DECISIONS = "decisions"
    DOCUMENTS = "documents"
    MINUTES = "minutes"


class Confidentiality(StrEnum):
    """Who may read a paper."""

    PUBLIC = "public"
    NETWORK = "network"
    RESTRICTED = "restricted"


# SEC-4i: what is published of a meeting that was held; only all of it ends the duty.
PUBLISHED = (PaperKind.MINUTES, PaperKind.DOCUMENTS, PaperKind.DECISIONS)
# What is written after the meeting, so that it cannot be there before it, nor of one that was called off.
WRITTEN_AFTER = frozenset({*PUBLISHED, PaperKind.DRAFT_MINUTES, PaperKind.CLEARED_MINUTES})
# Which papers are behind a milestone of the work on a meeting's records, by its name.
BEHIND: Mapping[str, frozenset[PaperKind]] = {
    "draft-minutes": frozenset({PaperKind.DRAFT_MINUTES}),
    "decisions-published": frozenset({PaperKind.DECISIONS}),
    "minutes-cleared": frozenset({PaperKind.CLEARED_MINUTES}),
    "outcome-published": frozenset(PUBLISHED),
}


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that was held, with the name it is kept under.

    `held_on` is its last day. `participants` says who was there, by role. `partial` marks what was found in
    public sources: it is known to have been held, and sets nothing off.
    """

    id: str
    kind: str
    held_on: date
    title: str
    source: str
    partial: bool = False
    began_on: date | None = None
    place: str | None = None
    participants: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Convening:
    """The call of a meeting for `starts_on`. A later call of the same one takes the place of the earlier."""

    id: str
    kind: str
    starts_on: date
    title: str
    source: str
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Cancellation:
    """That a meeting which was called is not held."""

    meeting: str
    cancelled_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of a meeting: where it is, in which languages (ISO 639-1), and who may read it."""

    meeting: str
    kind: PaperKind
    issued_on: date
    reference: str
    languages: tuple[str, ...]
    confidentiality: Confidentiality

    @property
    def written_after(self) -> str | None:
        """The meeting, where such a paper is written after it was held; None of any other."""
        return self.meeting if self.kind in WRITTEN_AFTER else None
