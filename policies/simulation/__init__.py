"""The rehearsal: years of the mandate lived through in memory, under stated assumptions, with assertions."""

from collections.abc import Sequence
from dataclasses import dataclass

from policies.facts.facts import Facts
from policies.pack.pack import Pack
from policies.simulation.assumptions import Assumptions, suppose
from policies.simulation.checks import Assertion, check
from policies.simulation.load import Quarter, load_of
from policies.simulation.passed import check_passed
from policies.simulation.simulation import Course, Moment, live
from policies.simulation.span import Span

__all__ = ["Assumptions", "Rehearsal", "Span", "rehearse"]


@dataclass(frozen=True)
class Rehearsal:
    """What came about, what was assumed, and what held."""

    span: Span
    facts: Facts
    assumptions: Sequence[str]
    courses: Sequence[Course]
    assertions: Sequence[Assertion]
    quarters: Sequence[Quarter]

    @property
    def holds(self) -> bool:
        """Whether no assertion failed."""
        return all(assertion.holds for assertion in self.assertions)

    @property
    def days(self) -> int:
        """On how many days anything changed."""
        return len(set().union(*(course.days for course in self.courses)))

    @property
    def moments(self) -> list[Moment]:
        """Everything that came about, the earliest first."""
        return sorted((m for course in self.courses for m in course.moments), key=lambda m: (m.on, m.cycle))


def rehearse(pack: Pack, facts: Facts, span: Span, assumptions: Assumptions) -> Rehearsal:
    """Live through `span` with what is known now and what is assumed; nothing is written anywhere.

    Raises:
        UnusableAssumptionError: an event is postponed that is not held, as far as known or assumed.
    """
    supposed = suppose(pack, facts, span, assumptions)
    known = supposed.facts
    courses = [live(pack, each, known, span, assumptions.pace) for each in pack.obligations.values()]
    assertions = [
        each
        for course in courses
        for each in (*check(course, known, span), *check_passed(pack, course, known, span))
    ]
    quarters = load_of(courses, known, span)
    return Rehearsal(span, known, supposed.said, courses, assertions, quarters)
