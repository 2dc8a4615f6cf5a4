"""Entries of a facts file about meetings: that they were called, called off or held, and their papers.

Each meeting has a name of its own. The same name with other words is refused: what is on record is corrected
first, so that nobody wonders which of two is meant.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from pydantic import Field, StringConstraints, ValidationInfo, field_validator, model_validator

from policies.entries.checks import Known, MeetingKind, Past, Text, known_of, once, one_of
from policies.entries.entry import FactEntry
from policies.facts.meetings import WRITTEN_AFTER, Confidentiality, PaperKind
from policies.obligations.instrument import Identifier
from policies.problems import mistake

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]


class _OfAKind(FactEntry):
    """A meeting of one of the pack's kinds."""

    id: Identifier
    kind: MeetingKind
    title: Text
    source: Text
    place: Text | None = None

    @property
    def goes_by(self) -> str:
        """The name its cycles go by."""
        return self.id


class MeetingEntry(_OfAKind):
    """A meeting that was held, with its last day; `participants` says who was there, by role."""

    fact_kind = "meeting"
    held_on: Past
    began_on: date | None = None
    participants: Mapping[Identifier, Text] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _as_on_record(self, info: ValidationInfo) -> "MeetingEntry":
        known = known_of(info)
        if self.began_on and self.began_on > self.held_on:
            raise ValueError(f"began_on: a day not after held_on, {self.held_on}")
        _not_called_off(self.id, known, "a meeting that was held")
        recorded = (replace(each, partial=False) for each in known.facts.meetings if each.id == self.id)
        once("meeting", self.id, self.fact(), recorded)
        return self


class ConveningEntry(_OfAKind):
    """The call of a meeting; a later call of the same meeting moves it."""

    fact_kind = "convening"
    starts_on: date

    @model_validator(mode="after")
    def _not_held_yet(self, info: ValidationInfo) -> "ConveningEntry":
        held = next((m for m in known_of(info).facts.meetings if m.id == self.id), None)
        if held and self.starts_on > held.held_on:
            raise mistake(
                f"a call of {self.id} for {self.starts_on}, held on {held.held_on}",
                "a meeting yet to be held, or a day by which it was",
            )
        return self

    @model_validator(mode="after")
    def _not_called_off(self, info: ValidationInfo) -> "ConveningEntry":
        facts = known_of(info).facts
        off = next((each for each in facts.cancellations if each.meeting == self.id), None)
        if off and self.fact() not in facts.convenings:
            raise mistake(
                f"a call of {self.id}, which was called off on {off.cancelled_on}",
                "a meeting that was not called off; if it is held after all, correct the cancellation first "
                "(mandates correct), or call the new meeting by a name of its own",
            )
        return self


class CancellationEntry(FactEntry):
    """That a meeting which was called is not held."""

    fact_kind = "cancellation"
    meeting: Identifier
    cancelled_on: Past
    reason: Text

    @field_validator("meeting")
    @classmethod
    def _called(cls, meeting: str, info: ValidationInfo) -> str:
        known = known_of(info)
        if meeting in known.named("meetings", "kind"):
            raise mistake(f"{meeting}, which is on record as held", "a meeting that was called and not held")
        return one_of(meeting, known.named("convenings", "kind"))

    @property
    def goes_by(self) -> str:
        """The meeting it is about."""
        return self.meeting


class PaperEntry(FactEntry):
    """A paper of a meeting: its reference or address, its languages, its class of confidentiality."""

    fact_kind = "paper"
    meeting: Identifier
    kind: PaperKind
    issued_on: Past
    reference: Text
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    confidentiality: Confidentiality

    @field_validator("meeting")
    @classmethod
    def _known(cls, meeting: str, info: ValidationInfo) -> str:
        return one_of(meeting, _kinds(known_of(info)))

    @model_validator(mode="after")
    def _in_its_time(self, info: ValidationInfo) -> "PaperEntry":
        known = known_of(info)
        if self.kind in WRITTEN_AFTER:
            _not_called_off(self.meeting, known, f"{self.kind} of a meeting that was held")
            self._after_the_meeting(known)
        if self.kind is PaperKind.AGENDA:
            self._after_its_consultation(known)
        return self

    def _after_the_meeting(self, known: Known) -> None:
        held_on = known.named("meetings", "held_on").get(self.meeting)
        if held_on is None:
            raise mistake(f"{self.kind} of {self.meeting}, not on record as held", "record the meeting first")
        if isinstance(held_on, date) and self.issued_on < held_on:
            raise ValueError(f"issued_on: a day not before the meeting was held, {held_on}")

    def _after_its_consultation(self, known: Known) -> None:
        # REV-3b
        provision = known.pack.instrument.consulted_agendas.get(_kinds(known)[self.meeting])
        if provision is None or self.issued_on > _consulted_on(self.meeting, known):
            return
        raise mistake(
            f"the final agenda of {self.meeting} without a record of the consultation dated before it",
            f"a paper of kind {PaperKind.CONSULTATION_RECORD} first, as {provision} wants; "
            f"until then the agenda is a {PaperKind.DRAFT_AGENDA}",
        )

    @property
    def goes_by(self) -> str:
        """The paper, told apart from the meeting's others."""
        return f"{self.kind} of {self.meeting} on {self.issued_on} at {self.reference}"


def _kinds(known: Known) -> dict[str, str]:
    """Return the kind of each meeting that was called or held, by its name."""
    return known.named("convenings", "kind") | known.named("meetings", "kind")


def _consulted_on(meeting: str, known: Known) -> date:
    """Return the day of the record of the consultation on the agenda; the last of all days without one."""
    papers: list[tuple[Any, ...]] = [(p.meeting, p.kind, p.issued_on) for p in known.facts.papers]
    in_file = known.entries("papers")
    papers += [(each.get("meeting"), each.get("kind"), each.get("issued_on")) for each in in_file]
    wanted = (meeting, PaperKind.CONSULTATION_RECORD)
    days = [on for of, kind, on in papers if (of, kind) == wanted and isinstance(on, date)]
    return min(days, default=date.max)


def _not_called_off(meeting: str, known: Known, expected: str) -> None:
    if called_off := known.named("cancellations", "cancelled_on", "meeting").get(meeting):
        raise mistake(
            f"{meeting}, which was called off on {called_off}",
            f"{expected}; if it was held after all, correct the cancellation first",
        )
