"""A file of facts: its form, and what each entry is checked against, all of it in one pass."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import StringConstraints, ValidationInfo, field_validator

from policies.clocks import EarliestOf, FixedGrid, PerPeriod
from policies.clocks.question import Strict
from policies.facts import Certainty, Facts
from policies.instrument import Identifier
from policies.pack import Pack

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
CycleKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")]
COUNTED = (FixedGrid, PerPeriod, EarliestOf)


@dataclass(frozen=True, slots=True)
class Known:
    """What a file is checked against: the rules, the record, the day, and the file's own completions."""

    pack: Pack
    facts: Facts
    today: date
    content: Mapping[str, Any]

    def cycles(self, obligation: str) -> list[str]:
        """Return the keys of an obligation's cycles, with those that the file's completions begin."""
        derived = [t.cycle.key for t in self.pack.standing(obligation, self.facts, self.today).turns]
        entries = self.content.get("completions", ())
        begun = [e for e in entries if isinstance(e, dict) and e.get("obligation") == obligation]
        return [*derived, *(f"{obligation}/since-{entry.get('completed_on')}" for entry in begun)]


class EventEntry(Strict):
    """An event's dates, as announced or as held."""

    kind: Identifier
    edition: Annotated[str, StringConstraints(pattern=r"^\d{4}$")]
    starts_on: date
    ends_on: date
    certainty: Certainty
    source: Text

    @field_validator("kind")
    @classmethod
    def _of_the_pack(cls, kind: str, info: ValidationInfo) -> str:
        return _one_of(kind, _known(info).pack.instrument.events)

    @field_validator("ends_on")
    @classmethod
    def _after_it_starts(cls, ends_on: date, info: ValidationInfo) -> date:
        if ends_on < info.data.get("starts_on", ends_on):
            raise ValueError(f"a day not before starts_on, {info.data['starts_on']}")
        return ends_on


class CompletionEntry(Strict):
    """That an obligation was met, and the document that proves it."""

    obligation: Identifier
    completed_on: date
    evidence: Text
    counts_for: Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2})?$")] | None = None

    @field_validator("obligation")
    @classmethod
    def _in_the_pack(cls, obligation: str, info: ValidationInfo) -> str:
        return _one_of(obligation, _known(info).pack.obligations)

    @field_validator("completed_on")
    @classmethod
    def _not_to_come(cls, completed_on: date, info: ValidationInfo) -> date:
        return _not_after(completed_on, _known(info).today)

    @field_validator("counts_for")
    @classmethod
    def _names_a_slot(cls, counts_for: str | None, info: ValidationInfo) -> str | None:
        known, obligation = _known(info), info.data.get("obligation")
        if counts_for is None or obligation is None:
            return counts_for
        clock = known.pack.obligations[obligation].version_on(known.today).clock
        if not isinstance(clock, COUNTED):
            raise ValueError(f"no counts_for: the cycles of {obligation} ({clock.kind}) are not slots")  # noqa: TRY004 (a mistake in the file)
        return _one_of(counts_for, [key.partition("/")[2] for key in known.cycles(obligation)])


class ExplanationEntry(Strict):
    """Why a cycle was missed."""

    cycle: CycleKey
    explained_on: date
    reason: Text

    @field_validator("cycle")
    @classmethod
    def _exists(cls, cycle: str, info: ValidationInfo) -> str:
        return _a_cycle(cycle, _known(info))

    @field_validator("explained_on")
    @classmethod
    def _not_to_come(cls, explained_on: date, info: ValidationInfo) -> date:
        return _not_after(explained_on, _known(info).today)


class ExtensionEntry(Strict):
    """That a cycle may be met later, and on whose authority."""

    cycle: CycleKey
    until: date
    authority: Text

    @field_validator("cycle")
    @classmethod
    def _exists(cls, cycle: str, info: ValidationInfo) -> str:
        return _a_cycle(cycle, _known(info))


class FactsFile(Strict):
    """What `mandates import` reads, checked with `Known` as the context.

    `partial` says that the silence between the entries means nothing.
    """

    partial: bool = False
    events: tuple[EventEntry, ...] = ()
    completions: tuple[CompletionEntry, ...] = ()
    explanations: tuple[ExplanationEntry, ...] = ()
    extensions: tuple[ExtensionEntry, ...] = ()


def _known(info: ValidationInfo) -> Known:
    if not isinstance(info.context, Known):
        raise TypeError("a file of facts is checked against what is known: pass Known as the context")
    return info.context


def _one_of(value: str, known: Collection[str]) -> str:
    if value not in known:
        raise ValueError(f"one of: {', '.join(sorted(known)) or 'none in this pack'}")
    return value


def _not_after(on: date, today: date) -> date:
    if on > today:
        raise ValueError(f"a day not after {today}")
    return on


def _a_cycle(cycle: str, known: Known) -> str:
    obligation = cycle.partition("/")[0]
    if obligation not in known.pack.obligations:
        raise ValueError("OBLIGATION/CYCLE, as in: mandates status --json")
    return _one_of(cycle, known.cycles(obligation))
