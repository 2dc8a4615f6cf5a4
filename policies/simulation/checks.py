"""The assertions: what must hold on every day of a rehearsal, reckoned anew from what was done and when.

The numbers are those of the rules in force on the first day: an amendment that breaks a promise shows. They
are measured on completions and events alone; no clock is asked whether a cycle was met.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from policies.calendar.counting import Unit, last_of_month, shift
from policies.facts.facts import Event, Facts
from policies.recurrence import AfterEvent, BeforeEvent, FixedGrid, RollingCeiling
from policies.simulation.assumptions import events_of
from policies.simulation.simulation import Course
from policies.simulation.span import Span


@dataclass(frozen=True, slots=True)
class Assertion:
    """A promise of the rules: how often it was put to the test, and each time it was broken."""

    obligation: str
    says: str
    tested: int
    failures: tuple[str, ...]
    before: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether it was never broken."""
        return not self.failures


def check(course: Course, facts: Facts, span: Span) -> list[Assertion]:
    """Return the assertions about one obligation; none where its clock promises none."""
    found: list[Assertion] = []
    for recurrence in _clocks(course, span):
        for kind, checks in _CHECKS.items():
            if isinstance(recurrence, kind):
                found += [each(recurrence, course, facts, span) for each in checks]
    return found


def _clocks(course: Course, span: Span) -> list[object]:
    recurrence = course.obligation.version_on(span.first).recurrence
    return [recurrence, *(part for part in events_of(recurrence) if part is not recurrence)]


def _no_gap(months: int, course: Course, span: Span) -> Assertion:
    """From each completion to the next; a limit that passed before the first day was broken before it."""
    done_on = sorted({completion.completed_on for completion in course.completions})
    gaps = [(on, shift(on, months, Unit.MONTHS), then) for on, then in pairwise([*done_on, None]) if on]
    broken = [(on, limit, then) for on, limit, then in gaps if limit < (then or span.last)]
    failures = [_gap(*gap) for gap in broken if gap[1] >= span.first]
    if not done_on:
        failures = ["it was never done, and nobody knows when it last was"]
    return Assertion(
        course.obligation.id,
        f"no more than {months} months from one time to the next",
        sum(1 for _, limit, _ in gaps if limit in span),
        tuple(failures),
        tuple(_gap(*gap) for gap in broken if gap[1] < span.first and (not gap[2] or gap[2] >= span.first)),
    )


def _gap(on: date, limit: date, then: date | None) -> str:
    return f"after {on}: due by {limit}, {_done(then, limit)}"


def _ceiling(recurrence: RollingCeiling, course: Course, _facts: Facts, span: Span) -> Assertion:
    return _no_gap(recurrence.months, course, span)


def _after_ceiling(recurrence: AfterEvent, course: Course, _facts: Facts, span: Span) -> Assertion:
    return _no_gap(recurrence.ceiling_months, course, span)


def _grid(recurrence: FixedGrid, course: Course, _facts: Facts, span: Span) -> Assertion:
    """The slots there are, against the slots counted from the first one; and each due date, day after day."""
    slots = {(on.year, on.month): _closes(on) for on in _slots(recurrence, span)}
    found = {
        (cycle.opens_on.year, cycle.opens_on.month): cycle.due_on
        for cycle in (turn.cycle for turn in course.turns)
        if cycle.opens_on and cycle.opens_on in span
    }
    odd = [slot for slot in sorted({**slots, **found}) if slots.get(slot) != found.get(slot)]
    failures = [f"{y}-{m:02}: due {found.get((y, m))}, by the grid {slots.get((y, m))}" for y, m in odd]
    moved = {key: sorted(due) for key, due in course.due_dates.items() if len(due) > 1}
    failures += [f"{key} was due on {', later on '.join(map(str, due))}" for key, due in moved.items()]
    says = f"the grid never moves: every {recurrence.every_months} months from {recurrence.first}"
    return Assertion(course.obligation.id, says, len(slots), tuple(failures))


def _slots(recurrence: FixedGrid, span: Span) -> Iterator[date]:
    start, count = date.fromisoformat(f"{recurrence.first}-01"), 0
    while (on := shift(start, count * recurrence.every_months, Unit.MONTHS)) <= span.last:
        count += 1
        if on in span:
            yield on


def _closes(on: date) -> date:
    return last_of_month(on.year, on.month)


def _follows(recurrence: AfterEvent, course: Course, facts: Facts, span: Span) -> Assertion:
    """Each event must have its own review, before the next event begins or the target has passed for good."""
    held = _held(recurrence, facts)
    done_on = [completion.completed_on for completion in course.completions]
    pairs = [(one, then) for one, then in pairwise([*held, None]) if one]
    due = [
        (one, _until(one, then, recurrence, span))
        for one, then in pairs
        if not then or then.starts_on in span
    ]
    tested = [(one, until) for one, until in due if until in span]
    failures = [
        f"{one.kind} {one.edition} (to {one.ends_on}): no review of its own by {until}"
        for one, until in tested
        if not any(one.ends_on < on <= until for on in done_on)
    ]
    says = f"a review after every {recurrence.event}, before the next"
    return Assertion(course.obligation.id, says, len(tested), tuple(failures))


def _until(one: Event, then: Event | None, recurrence: AfterEvent, span: Span) -> date:
    """Return the last day for the review: the day before the next event, or the ceiling after the last."""
    if then and then.starts_on <= span.last:
        return shift(then.starts_on, -1, Unit.DAYS)
    return shift(one.ends_on, recurrence.ceiling_months, Unit.MONTHS)


def _weeks_ahead(recurrence: BeforeEvent, course: Course, facts: Facts, span: Span) -> Assertion:
    limits = {
        one.edition: shift(one.starts_on, -recurrence.weeks, Unit.WEEKS) for one in _held(recurrence, facts)
    }
    tested = {edition: limit for edition, limit in limits.items() if limit in span}
    met_on = {turn.cycle.name: turn.cycle.met_on for turn in course.turns}
    failures = [
        f"{recurrence.event} {edition}: wanted by {limit}, {_done(met_on.get(edition), limit)}"
        for edition, limit in tested.items()
        if (met_on.get(edition) or date.max) > limit
    ]
    says = f"at least {recurrence.weeks} weeks before every {recurrence.event}"
    return Assertion(course.obligation.id, says, len(tested), tuple(failures))


def _done(on: date | None, limit: date) -> str:
    if on is None:
        return "not done by the last day"
    late = (on - limit).days
    return f"done {on}, {late} day{'s' if late != 1 else ''} late"


def _held(recurrence: AfterEvent | BeforeEvent, facts: Facts) -> Sequence[Event]:
    editions = {event.edition for event in facts.events if event.kind == recurrence.event}
    held = (facts.event(recurrence.event, edition) for edition in editions)
    return sorted((event for event in held if event), key=lambda event: event.starts_on)


_Check = Callable[..., Assertion]
_CHECKS: dict[type, tuple[_Check, ...]] = {
    RollingCeiling: (_ceiling,),
    FixedGrid: (_grid,),
    AfterEvent: (_follows, _after_ceiling),
    BeforeEvent: (_weeks_ahead,),
}
