"""A file of facts: its form, and what each entry is checked against, all of it in one pass."""

from collections import Counter
from datetime import date
from typing import Annotated, Any

from pydantic import Field, StringConstraints, ValidationInfo, field_validator, model_validator

from policies.calendar.counting import last_of_month
from policies.entries.answers import AnswerEntry, CycleKey, PauseEntry, ReplyEntry, a_cycle
from policies.entries.checks import Past, Text, known_of, one_of
from policies.entries.decisions import DecisionEntry, ProgressEntry
from policies.entries.meetings import CancellationEntry, ConveningEntry, MeetingEntry, PaperEntry
from policies.entries.membership import RollEntries
from policies.entries.membership_checks import groups_undecided
from policies.entries.proposals import PositionEntry, ProposalEntry, StepEntry
from policies.entries.second_completions import met_already
from policies.entries.terms import TermEntry
from policies.facts.facts import RANGE, Certainty, Completion
from policies.obligations.instrument import Identifier
from policies.problems import mistake
from policies.recurrence import EarliestOf, FixedGrid, LatestOf, OnTerm, PerPeriod, PerTrigger
from policies.recurrence.question import Strict

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
ALONE = (PerTrigger, OnTerm)  # their cycles do not follow each other: only a name says which one is meant
COUNTED = (FixedGrid, PerPeriod, EarliestOf, LatestOf, *ALONE)


class EventEntry(Strict):
    """An event's dates, as announced or as held; or, `between` two days or in a `month`, all that is known.

    A range is tentative. Its days are the first and the last on which any of the event can take place.
    """

    kind: Identifier
    edition: Annotated[str, StringConstraints(pattern=r"^\d{4}$")]
    starts_on: date | None = None
    ends_on: date | None = None
    between: tuple[date, date] | None = None
    month: Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")] | None = None
    certainty: Certainty
    source: Text

    @field_validator("kind")
    @classmethod
    def _of_the_pack(cls, kind: str, info: ValidationInfo) -> str:
        return one_of(kind, known_of(info).pack.instrument.events)

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

    def columns(self) -> dict[str, Any]:
        """Return the entry as the record keeps it."""
        starts_on, ends_on = self.range or (self.starts_on, self.ends_on)
        certainty = RANGE if self.range else self.certainty
        dates = {"starts_on": starts_on, "ends_on": ends_on, "certainty": certainty}
        return {"kind": self.kind, "edition": self.edition, **dates, "source": self.source}


class CompletionEntry(Strict):
    """That an obligation was met, and the document that proves it; `meeting` is the one that served it."""

    obligation: Identifier
    completed_on: Past
    evidence: Text
    meeting: Identifier | None = None
    counts_for: Name | None = Field(default=None, validate_default=True)

    @field_validator("obligation")
    @classmethod
    def _in_the_pack(cls, obligation: str, info: ValidationInfo) -> str:
        return one_of(obligation, known_of(info).pack.obligations)

    @field_validator("meeting")
    @classmethod
    def _held(cls, meeting: str | None, info: ValidationInfo) -> str | None:
        return one_of(meeting, known_of(info).named("meetings", "kind")) if meeting else None

    @field_validator("counts_for")
    @classmethod
    def _names_a_slot(cls, counts_for: str | None, info: ValidationInfo) -> str | None:
        known, obligation = known_of(info), info.data.get("obligation")
        if obligation is None:
            return counts_for
        clock = known.clock(obligation)
        if counts_for is None and isinstance(clock, ALONE):
            raise mistake("nothing", f"counts_for: which of the cycles of {obligation} it was for")
        if counts_for is None:
            return None
        if not isinstance(clock, COUNTED):
            raise ValueError(f"no counts_for: the cycles of {obligation} ({clock.kind}) are not slots")  # noqa: TRY004 (a mistake in the file)
        return one_of(counts_for, [key.partition("/")[2] for key in known.cycles(obligation)])

    @model_validator(mode="after")
    def _the_first_of_its_cycle(self, info: ValidationInfo) -> "CompletionEntry":
        known, given = known_of(info), Completion(**self.model_dump())
        obligation = known.pack.obligations[self.obligation]
        if met := met_already(known.pack, obligation, known.facts, given, known.today):
            raise mistake(
                f"a second completion of {met.key}, which was met on {met.met_on}",
                "the cycle it is for, as counts_for, if it is another; to mend what is on record: "
                "mandates record correction",
            )
        return self

    @model_validator(mode="after")
    def _each_group_decided(self, info: ValidationInfo) -> "CompletionEntry":
        for expected in groups_undecided(known_of(info), Completion(**self.model_dump())):
            raise mistake(f"a completion of {self.obligation} without them", expected)
        return self


class ExplanationEntry(Strict):
    """Why a cycle was missed."""

    cycle: CycleKey
    explained_on: Past
    reason: Text

    @field_validator("cycle")
    @classmethod
    def _exists(cls, cycle: str, info: ValidationInfo) -> str:
        return a_cycle(cycle, info)


class ExtensionEntry(Strict):
    """That a cycle may be met later, and on whose authority."""

    cycle: CycleKey
    until: date
    authority: Text

    @field_validator("cycle")
    @classmethod
    def _exists(cls, cycle: str, info: ValidationInfo) -> str:
        return a_cycle(cycle, info)


OfMeetings = MeetingEntry | ConveningEntry | CancellationEntry | PaperEntry
OfDecisions = DecisionEntry | ProgressEntry | ProposalEntry | PositionEntry | StepEntry
Named = tuple[OfMeetings | OfDecisions | TermEntry, ...]


NAMED = (
    *("convenings", "cancellations", "meetings", "papers"),
    *("proposals", "positions", "steps", "decisions", "progress", "terms"),
)


class FactsFile(RollEntries):
    """What `mandates import` reads, checked with `Known` as the context.

    `partial` says that the silence between the entries means nothing.
    """

    partial: bool = False
    events: tuple[EventEntry, ...] = ()
    completions: tuple[CompletionEntry, ...] = ()
    explanations: tuple[ExplanationEntry, ...] = ()
    extensions: tuple[ExtensionEntry, ...] = ()
    answers: tuple[AnswerEntry, ...] = ()
    replies: tuple[ReplyEntry, ...] = ()
    pauses: tuple[PauseEntry, ...] = ()
    convenings: tuple[ConveningEntry, ...] = ()
    cancellations: tuple[CancellationEntry, ...] = ()
    meetings: tuple[MeetingEntry, ...] = ()
    papers: tuple[PaperEntry, ...] = ()
    proposals: tuple[ProposalEntry, ...] = ()
    positions: tuple[PositionEntry, ...] = ()
    steps: tuple[StepEntry, ...] = ()
    decisions: tuple[DecisionEntry, ...] = ()
    progress: tuple[ProgressEntry, ...] = ()
    terms: tuple[TermEntry, ...] = ()

    @field_validator(*NAMED)
    @classmethod
    def _each_once(cls, entries: Named) -> Named:
        names = Counter(entry.name for entry in entries)
        if twins := [name for name, count in names.items() if count > 1]:
            raise mistake(f"{', '.join(twins)} more than once", "each name once")
        return entries
