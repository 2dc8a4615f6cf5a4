"""Each assertion can fail, on completions and events alone."""

from dataclasses import replace

from policies.facts.facts import Facts
from policies.simulation.checks import Assertion, check
from policies.simulation.simulation import Course
from policies.simulation.span import Span
from tests.days import day
from tests.policies.network import FACTS, PACK, completed

SPAN = Span(day("Mon 2026-11-23"), day("Sun 2028-12-31"))


def course(obligation: str, *days: str) -> Course:
    found = Course(PACK.obligations[obligation], completions=[completed(obligation, on) for on in days])
    facts = replace(FACTS, completions=found.completions)
    found.status = PACK.status(obligation, facts, SPAN.last)
    return found


def gap(*days: str) -> Assertion:
    (found,) = check(course("working-arrangements-review", *days), Facts(), SPAN)
    return found


def test_twelve_months_to_the_day_are_no_gap_and_a_day_more_is_one():
    assert gap("Thu 2026-12-10", "Fri 2027-12-10", "Sun 2028-12-10").holds
    assert gap("Thu 2026-12-10", "Sat 2027-12-11", "Sun 2028-12-10").failures == (
        "after 2026-12-10: due by 2027-12-10, done 2027-12-11, 1 day late",
    )


def test_a_review_that_never_came_is_a_gap_as_well():
    assert gap("Thu 2026-12-10").failures == (
        "after 2026-12-10: due by 2027-12-10, not done by the last day",
    )


def test_nothing_known_at_all_is_no_promise_kept():
    assert gap().failures == ("it was never done, and nobody knows when it last was",)


def test_a_limit_after_the_last_day_tests_nothing():
    assert (gap("Sun 2028-12-10").holds, gap("Sun 2028-12-10").tested) == (True, 0)


def test_a_due_date_that_was_another_on_another_day_has_moved_the_grid():
    moved = course("secretary-general-review")
    moved.due_dates = {"secretary-general-review/2028": {day("Tue 2028-10-31"), day("Thu 2028-11-30")}}
    (grid,) = check(moved, FACTS, SPAN)
    assert grid.failures == ("secretary-general-review/2028 was due on 2028-10-31, later on 2028-11-30",)


def test_an_obligation_whose_clock_promises_nothing_has_no_assertion():
    assert check(course("annual-meeting"), FACTS, SPAN) == []
