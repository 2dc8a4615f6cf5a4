"""A file of facts: read, checked against the rules, and taken whole or not at all."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Self

from pydantic import StringConstraints, model_validator

from policies.clocks import EarliestOf, FixedGrid, PerPeriod
from policies.clocks.question import Strict
from policies.facts import Certainty, Facts
from policies.instrument import Identifier
from policies.pack import Pack
from policies.problems import Problem, RefusedFileError, parse, read_toml
from records import facts as recorded
from records.database import writing
from records.facts import FactRow, read_facts, record_fact
from tasks.workplace import Workplace

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3)]
CycleKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")]
COUNTED = (FixedGrid, PerPeriod, EarliestOf)


class EventEntry(Strict):
    """An event's dates, as announced or as held."""

    kind: Identifier
    edition: Annotated[str, StringConstraints(pattern=r"^\d{4}$")]
    starts_on: date
    ends_on: date
    certainty: Certainty
    source: Text

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.ends_on < self.starts_on:
            raise ValueError("ends_on on or after starts_on")
        return self


class CompletionEntry(Strict):
    """That an obligation was met, and the document that proves it."""

    obligation: Identifier
    completed_on: date
    evidence: Text
    counts_for: Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2})?$")] | None = None


class ExplanationEntry(Strict):
    """Why a cycle was missed."""

    cycle: CycleKey
    explained_on: date
    reason: Text


class ExtensionEntry(Strict):
    """That a cycle may be met later, and on whose authority."""

    cycle: CycleKey
    until: date
    authority: Text


class FactsFile(Strict):
    """What `mandates import` reads. `partial` says that the silence between the entries means nothing."""

    partial: bool = False
    events: tuple[EventEntry, ...] = ()
    completions: tuple[CompletionEntry, ...] = ()
    explanations: tuple[ExplanationEntry, ...] = ()
    extensions: tuple[ExtensionEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Import:
    """How many facts of a file were new, and how many were on record already."""

    new: int
    known: int


def read_facts_file(file: Path) -> FactsFile:
    """Read a file of facts.

    Raises:
        RefusedFileError: with every mistake in it.
    """
    return parse(FactsFile, read_toml(file), file)


def take(
    workplace: Workplace, content: FactsFile, source: str, by: str, now: datetime, today: date
) -> Import:
    """Record all facts of `content`; those on record already are passed over.

    Raises:
        RefusedFileError: an entry contradicts the rules; nothing was recorded. All are listed.
    """
    with writing(workplace.engine) as session:
        problems = list(_contradictions(content, workplace.pack, read_facts(session), source, today))
        if problems:
            raise RefusedFileError(problems)
        new = [record_fact(session, row) for row in _rows(content, by, now)]
    return Import(sum(new), len(new) - sum(new))


def _contradictions(
    content: FactsFile, pack: Pack, facts: Facts, source: str, today: date
) -> Iterator[Problem]:
    known = ", ".join(sorted(pack.obligations))
    for index, entry in enumerate(content.completions):
        key = f"completions.{index}"
        if entry.obligation not in pack.obligations:
            yield Problem(source, f"{key}.obligation", repr(entry.obligation), f"one of: {known}")
            continue
        if entry.completed_on > today:
            yield Problem(source, f"{key}.completed_on", str(entry.completed_on), f"a day not after {today}")
        yield from _miscounted(entry, pack, facts, source, key, today)
    for index, event in enumerate(content.events):
        if event.kind not in pack.instrument.events:
            events = ", ".join(sorted(pack.instrument.events)) or "none in this pack"
            yield Problem(source, f"events.{index}.kind", repr(event.kind), f"one of: {events}")
    yield from _unknown_cycles(content, pack, facts, source, today)


def _miscounted(
    entry: CompletionEntry, pack: Pack, facts: Facts, source: str, key: str, today: date
) -> Iterator[Problem]:
    if entry.counts_for is None:
        return
    clock = pack.obligations[entry.obligation].version_on(entry.completed_on).clock
    slots = [cycle.partition("/")[2] for cycle in _cycles(pack, entry.obligation, facts, today)]
    if not isinstance(clock, COUNTED):
        expected = f"no counts_for: the cycles of {entry.obligation} ({clock.kind}) are not slots"
        yield Problem(source, f"{key}.counts_for", repr(entry.counts_for), expected)
    elif entry.counts_for not in slots:
        yield Problem(source, f"{key}.counts_for", repr(entry.counts_for), f"one of: {', '.join(slots)}")


def _unknown_cycles(
    content: FactsFile, pack: Pack, facts: Facts, source: str, today: date
) -> Iterator[Problem]:
    named = [
        *((f"explanations.{i}.cycle", e.cycle) for i, e in enumerate(content.explanations)),
        *((f"extensions.{i}.cycle", e.cycle) for i, e in enumerate(content.extensions)),
    ]
    for key, cycle in named:
        obligation = cycle.partition("/")[0]
        known = _cycles(pack, obligation, facts, today) if obligation in pack.obligations else []
        if cycle not in known:
            expected = f"one of: {', '.join(known)}" if known else "OBLIGATION/CYCLE as in: mandates status"
            yield Problem(source, key, repr(cycle), expected)


def _cycles(pack: Pack, obligation: str, facts: Facts, today: date) -> list[str]:
    return [turn.cycle.key for turn in pack.standing(obligation, facts, today).turns]


def _rows(content: FactsFile, by: str, now: datetime) -> Iterator[FactRow]:
    stamp: dict[str, datetime | str] = {"recorded_at": now, "recorded_by": by}
    builders: list[tuple[Iterable[Strict], Callable[..., FactRow], dict[str, bool]]] = [
        (content.events, recorded.EventDate, {}),
        (content.completions, recorded.Completion, {"partial": content.partial}),
        (content.explanations, recorded.Explanation, {}),
        (content.extensions, recorded.Extension, {}),
    ]
    for entries, row, more in builders:
        for entry in entries:
            yield row(**stamp, **entry.model_dump(), **more)
