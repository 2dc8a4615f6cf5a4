"""Entries of a facts file about duties: events, completions, why one was missed, more time for another."""

from datetime import date
from typing import Annotated, Any

from pydantic import Field, StringConstraints, ValidationInfo, field_validator, model_validator

from policies.calendar.counting import last_of_month
from policies.entries.checks import (
    EventKind,
    HeldMeeting,
    OfCycle,
    OfObligation,
    Past,
    Text,
    known_of,
    one_of,
)
from policies.entries.entry import FactEntry
from policies.entries.membership_checks import groups_undecided
from policies.entries.second_completions import met_already
from policies.facts.facts import Certainty, Event, EventRange
from policies.problems import mistake
from policies.recurrence import EarliestOf, FixedGrid, LatestOf, OnTerm, PerPeriod, PerTrigger
from policies.recurrence.cycle_key import CycleKey

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
ALONE = (PerTrigger, OnTerm)  # their cycles do not follow each other: only a name says which one is meant
COUNTED = (FixedGrid, PerPeriod, EarliestOf, LatestOf, *ALONE)


class EventEntry(FactEntry):
    """An event's dates, as announced or as held; or, `between` two days or in a `month`, all that is known.

    A range is tentative. Its days are the first and the last on which any of the event can take place.
    """

    fact_kind = "event"
    kind: EventKind
    edition: Annotated[str, StringConstraints(pattern=r"^(19|20|21)\d\d$")]
    starts_on: date | None = None
    ends_on: date | None = None
    between: tuple[date, date] | None = None
    month: Annotated[str, StringConstraints(pattern=r"^(19|20|21)\d\d-(0[1-9]|1[0-2])$")] | None = None
    certainty: Certainty
    source: Text

    @field_validator("ends_on")
    @classmethod
    def _after_it_starts(cls, ends_on: date | None, info: ValidationInfo) -> date | None:
        starts_on = info.data.get("starts_on")
        if starts_on and ends_on and ends_on < starts_on:
            raise ValueError(f"a day not before starts_on, {starts_on}")
        return ends_on

    @field_validator("between")
    @classmethod
    def _in_order(cls, between: tuple[date, date] | None) -> tuple[date, date] | None:
        if between and between[1] < between[0]:
            raise ValueError("the earlier day first")
        return between

    @model_validator(mode="after")
    def _said_in_one_way(self) -> "EventEntry":
        ways = [self.starts_on and self.ends_on, self.between, self.month]
        if sum(way is not None for way in ways) != 1 or (self.starts_on is None) != (self.ends_on is None):
            raise ValueError("starts_on and ends_on; or else either between or month")
        if self.range and self.certainty is not Certainty.TENTATIVE:
            raise ValueError('certainty = "tentative": a range is no confirmed date')
        return self

    @property
    def range(self) -> tuple[date, date] | None:
        """The days the event lies within, where no more than that is known."""
        if self.month is None:
            return self.between
        first = date.fromisoformat(f"{self.month}-01")
        return first, last_of_month(first.year, first.month)

    def fact(self) -> Event | EventRange:
        """Return the dates of the event, or the range they lie within."""
        if self.range:
            return EventRange(self.kind, self.edition, *self.range, self.source)
        return Event(**self.model_dump(exclude={"between", "month"}))

    @classmethod
    def saying(cls, fact: Event | EventRange) -> dict[str, Any]:
        """Return the entry that says an event's dates, or their range."""
        if isinstance(fact, Event):
            return super().saying(fact)
        dates = {"between": (fact.not_before, fact.not_after), "certainty": Certainty.TENTATIVE}
        return super().saying(fact) | dates


class CompletionEntry(FactEntry):
    """That an obligation was met, and the document that proves it; `meeting` is the one that served it."""

    fact_kind = "completion"
    obligation: OfObligation
    completed_on: Past
    evidence: Text
    meeting: HeldMeeting | None = None
    counts_for: Name | None = Field(default=None, validate_default=True)

    @field_validator("counts_for")
    @classmethod
    def _names_a_slot(cls, counts_for: str | None, info: ValidationInfo) -> str | None:
        known, obligation = known_of(info), info.data.get("obligation")
        if obligation is None:
            return counts_for
        recurrence = known.recurrence(obligation)
        if counts_for is None and isinstance(recurrence, ALONE):
            raise mistake("nothing", f"counts_for: which of the cycles of {obligation} it was for")
        if counts_for is None:
            return None
        if not isinstance(recurrence, COUNTED):
            raise ValueError(f"no counts_for: the cycles of {obligation} ({recurrence.kind}) are not slots")  # noqa: TRY004 (a mistake in the file)
        return one_of(counts_for, [CycleKey.parse(key).name for key in known.cycles(obligation)])

    @model_validator(mode="after")
    def _the_first_of_its_cycle(self, info: ValidationInfo) -> "CompletionEntry":
        known = known_of(info)
        obligation = known.pack.obligations[self.obligation]
        if met := met_already(known.pack, obligation, known.facts, self.fact(), known.today):
            raise mistake(
                f"a second completion of {met.key}, which was met on {met.met_on}",
                "the cycle it is for, as counts_for, if it is another; to mend what is on record: "
                "mandates record correction",
            )
        return self

    @model_validator(mode="after")
    def _each_group_decided(self, info: ValidationInfo) -> "CompletionEntry":
        for expected in groups_undecided(known_of(info), self.fact()):
            raise mistake(f"a completion of {self.obligation} without them", expected)
        return self


class ExplanationEntry(FactEntry):
    """Why a cycle was missed."""

    fact_kind = "explanation"
    cycle: OfCycle
    explained_on: Past
    reason: Text


class ExtensionEntry(FactEntry):
    """That a cycle may be met later, and on whose authority."""

    fact_kind = "extension"
    cycle: OfCycle
    until: date
    authority: Text
