"""The load: how much work and how many notices fall into each quarter, and which years have a forum."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from policies.facts.facts import Facts
from policies.simulation.simulation import Course, Kind
from policies.simulation.span import Span


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of a calendar year; `events` are the kinds held in that year."""

    year: int
    number: int
    steps: int
    notices: int
    events: tuple[str, ...]

    @property
    def name(self) -> str:
        """Such as `2030-Q2`."""
        return f"{self.year}-Q{self.number}"


@dataclass(frozen=True, slots=True)
class Peaks:
    """The busiest quarter, and the steps of work of an average year with and without an event."""

    busiest: Quarter
    event_years: float | None
    other_years: float | None


def load_of(courses: Iterable[Course], facts: Facts, span: Span) -> list[Quarter]:
    """Return every quarter that `span` touches, the earliest first."""
    steps: Counter[tuple[int, int]] = Counter()
    notices: Counter[tuple[int, int]] = Counter()
    for moment in (moment for course in courses for moment in course.moments):
        counted = {Kind.STEP: steps, Kind.NOTICE: notices}.get(moment.kind)
        if counted is not None:
            counted[_quarter(moment.on)] += moment.count
    held = _held(facts)
    return [
        Quarter(year, number, steps[year, number], notices[year, number], tuple(sorted(held.get(year, ()))))
        for year in range(span.first.year, span.last.year + 1)
        for number in range(1, 5)
        if _quarter(span.first) <= (year, number) <= _quarter(span.last)
    ]


def peaks_of(quarters: Sequence[Quarter]) -> Peaks:
    """Return the peaks; years of which the rehearsal sees only a part are in no average."""
    whole = [year for year, count in Counter(quarter.year for quarter in quarters).items() if count == 4]  # noqa: PLR2004 (a year has four)
    years = {year: [quarter for quarter in quarters if quarter.year == year] for year in whole}
    with_event = [sum(q.steps for q in each) for each in years.values() if each[0].events]
    without = [sum(q.steps for q in each) for each in years.values() if not each[0].events]
    return Peaks(max(quarters, key=lambda quarter: quarter.steps), _mean(with_event), _mean(without))


def _mean(counts: Sequence[int]) -> float | None:
    return round(sum(counts) / len(counts), 1) if counts else None


def _quarter(on: date) -> tuple[int, int]:
    return on.year, (on.month - 1) // 3 + 1


def _held(facts: Facts) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for edition in {(event.kind, event.edition) for event in facts.events}:
        if event := facts.event(*edition):
            found.setdefault(event.starts_on.year, set()).add(event.kind)
    return found
