"""Entries of a facts file about rolls, each held against the rules, the record and the rest of the file."""

from collections.abc import Iterable
from typing import TypeVar

from pydantic import ValidationInfo, model_validator

from policies.entries.answers import a_cycle
from policies.entries.checks import known_of
from policies.entries.membership_agreement import (
    listed,
    not_to_come,
    of_consultation,
    of_group,
    of_joining,
    of_leaving,
    of_outcome,
    of_seat,
    of_view,
)
from policies.entries.membership_forms import (
    AttestationForm,
    ConsultationForm,
    GroupForm,
    JoiningForm,
    LeadForm,
    LeavingForm,
    OutcomeForm,
    RollForm,
    SeatForm,
    ViewForm,
)
from policies.problems import mistake
from policies.recurrence.question import Strict

Entry = TypeVar("Entry", bound=RollForm)


class JoiningEntry(JoiningForm):
    """That somebody enters a body: `joined_on`; or that it was seen on the roll by then: `seen_on`."""

    @model_validator(mode="after")
    def _agrees(self, info: ValidationInfo) -> "JoiningEntry":
        return _agreeing(self, of_joining(self, known_of(info)))


class LeavingEntry(LeavingForm):
    """That somebody leaves a body; on `left_on` it no longer belongs to it."""

    @model_validator(mode="after")
    def _agrees(self, info: ValidationInfo) -> "LeavingEntry":
        return _agreeing(self, of_leaving(self, known_of(info)))


class GroupEntry(GroupForm):
    """What a working group is from `since_on` on; the first entry begins it, a later one renews it."""

    @model_validator(mode="after")
    def _agrees(self, info: ValidationInfo) -> "GroupEntry":
        return _agreeing(self, of_group(self, known_of(info)))


class OutcomeEntry(OutcomeForm):
    """What was decided about a working group; `into` is where a merged one goes."""

    @model_validator(mode="after")
    def _agrees(self, info: ValidationInfo) -> "OutcomeEntry":
        if self.cycle:
            a_cycle(self.cycle, info)
        return _agreeing(self, of_outcome(self, known_of(info)))


class SeatEntry(SeatForm):
    """A seat of a body, and the constituency that fills it."""

    @model_validator(mode="after")
    def _agrees(self, info: ValidationInfo) -> "SeatEntry":
        return _agreeing(self, of_seat(self, known_of(info)))


class ConsultationEntry(ConsultationForm):
    """That chosen members were asked about a partner for a working group, up to `until`."""

    @model_validator(mode="after")
    def _agrees(self, info: ValidationInfo) -> "ConsultationEntry":
        return _agreeing(self, of_consultation(self, known_of(info)))


class ViewEntry(ViewForm):
    """What one of those consulted answered; an objection gives its reason."""

    @model_validator(mode="after")
    def _agrees(self, info: ValidationInfo) -> "ViewEntry":
        return _agreeing(self, of_view(self, known_of(info)))


class LeadEntry(LeadForm):
    """Who leads the review of a cycle, and who decided that."""

    @model_validator(mode="after")
    def _agrees(self, info: ValidationInfo) -> "LeadEntry":
        a_cycle(self.cycle, info)
        return _agreeing(self, not_to_come("decided_on", self.decided_on, known_of(info)))


class AttestationEntry(AttestationForm):
    """That somebody vouches that nobody is missing from the roll of a body on a day."""

    @model_validator(mode="after")
    def _agrees(self, info: ValidationInfo) -> "AttestationEntry":
        known = known_of(info)
        bodies = listed("body", self.body, known.pack.bodies)
        return _agreeing(self, [*bodies, *not_to_come("attested_on", self.attested_on, known)])


class RollEntries(Strict):
    """The tables of a facts file that rolls are derived from."""

    joinings: tuple[JoiningEntry, ...] = ()
    leavings: tuple[LeavingEntry, ...] = ()
    groups: tuple[GroupEntry, ...] = ()
    outcomes: tuple[OutcomeEntry, ...] = ()
    seats: tuple[SeatEntry, ...] = ()
    consultations: tuple[ConsultationEntry, ...] = ()
    views: tuple[ViewEntry, ...] = ()
    leads: tuple[LeadEntry, ...] = ()
    attestations: tuple[AttestationEntry, ...] = ()


def _agreeing(entry: Entry, expected: Iterable[str]) -> Entry:
    if wanted := list(dict.fromkeys(expected)):
        said = entry.model_dump(exclude_none=True, exclude={"source"})
        found = " ".join(f"{key}={value}" for key, value in said.items())
        raise mistake(found[:160], "; ".join(wanted))
    return entry
