"""Twenty years of the Network's mandate: what holds when duties are done in time, what breaks when not."""

from dataclasses import replace
from datetime import date

import pytest

from policies.pack.pack import Pack
from policies.recurrence import FixedGrid
from policies.simulation import Assumptions, Rehearsal, Span, rehearse
from policies.simulation.assumptions import read_pace
from tests.days import day
from tests.policies.network import FACTS, FORUM, PACK

TWENTY_YEARS = Span(day("Mon 2026-11-23"), day("Mon 2046-12-31"))
FIVE_YEARS = Span(day("Mon 2026-11-23"), day("Wed 2031-12-31"))
ALL = {
    "general-assembly-report: at least 12 weeks before every international-migration-review-forum",
    "secretary-general-review: the grid never moves: every 24 months from 2020-10",
    "working-arrangements-review: no more than 12 months from one time to the next",
    "working-group-review: a review after every international-migration-review-forum, before the next",
    "working-group-review: no more than 48 months from one time to the next",
}


def lived(pace: str, span: Span = FIVE_YEARS, pack: Pack = PACK, **postponed: int) -> Rehearsal:
    moved = {(FORUM, edition.removeprefix("forum_")): days for edition, days in postponed.items()}
    return rehearse(pack, FACTS, span, Assumptions(read_pace(pace), moved))


SAID = "a due date that passes is said on the first working day after it, whatever was sent before"
DATED = (
    *("annual-meeting", "annual-workplan", "executive-committee-membership-update", "fund-board-review"),
    *("general-assembly-report", "secretary-general-review"),
    *("working-arrangements-review", "working-group-review"),
)


def named(rehearsal: Rehearsal, *, holds: bool) -> set[str]:
    return {f"{a.obligation}: {a.says}" for a in rehearsal.assertions if a.holds is holds and a.tested}


@pytest.mark.parametrize("pace", ["on-target", "on-due"])
def test_done_in_time_for_twenty_years_everything_holds_and_everything_was_tested(pace: str):
    rehearsal = lived(pace, TWENTY_YEARS)
    assert named(rehearsal, holds=True) == ALL | {f"{duty}: {SAID}" for duty in DATED}
    assert rehearsal.holds


def test_forty_days_late_breaks_the_gaps_and_the_twelve_weeks_and_moves_no_grid():
    rehearsal = lived("late=40")
    assert named(rehearsal, holds=False) == {
        "general-assembly-report: at least 12 weeks before every international-migration-review-forum",
        "working-arrangements-review: no more than 12 months from one time to the next",
        "working-group-review: no more than 48 months from one time to the next",
    }
    broken = {failure for assertion in rehearsal.assertions for failure in assertion.failures}
    assert f"{FORUM} 2030: wanted by 2030-02-12, done 2030-03-24, 40 days late" in broken
    assert "after 2026-12-20: due by 2027-12-20, done 2028-01-29, 40 days late" in broken
    assert "after 2022-12-06: due by 2026-12-06, done 2027-01-15, 40 days late" in broken


def test_so_late_that_the_next_forum_comes_first_a_forum_has_no_review_of_its_own():
    (follows,) = [a for a in lived("late=1400").assertions if a.says.startswith("a review after every")]
    assert follows.failures == (f"{FORUM} 2026 (to 2026-05-08): no review of its own by 2030-05-06",)


def test_an_amendment_that_moves_the_grid_breaks_the_promise_that_it_never_moves():
    old = PACK.obligations["secretary-general-review"]
    march = FixedGrid(kind="fixed-grid", first="2029-03", every_months=24, source="an amendment")
    amended = old.versions[0].model_copy(update={"in_force_from": date(2028, 1, 1), "recurrence": march})
    obligation = old.model_copy(update={"versions": (*old.versions, amended)})
    pack = replace(PACK, obligations={**PACK.obligations, obligation.id: obligation})
    (grid,) = [a for a in lived("on-due", pack=pack).assertions if a.says.startswith("the grid")]
    assert grid.failures == (
        "2028-10: due None, by the grid 2028-10-31",
        "2029-03: due 2029-03-31, by the grid None",
        "2030-10: due None, by the grid 2030-10-31",
        "2031-03: due 2031-03-31, by the grid None",
    )


def test_a_forum_put_off_beyond_the_ceiling_gives_two_reviews_and_breaks_nothing():
    rehearsal = lived("on-due", forum_2030=400)
    assert rehearsal.holds
    (course,) = [course for course in rehearsal.courses if course.obligation.id == "working-group-review"]
    assert [str(done.completed_on) for done in course.completions] == [
        "2022-12-06",
        "2026-12-06",
        "2030-12-06",
    ]
    later = rehearse(
        PACK,
        FACTS,
        Span(FIVE_YEARS.first, date(2034, 12, 31)),
        Assumptions(read_pace("on-target"), {(FORUM, "2030"): 400}),
    )
    (course,) = [course for course in later.courses if course.obligation.id == "working-group-review"]
    assert [str(done.completed_on) for done in course.completions][2:4] == ["2030-11-23", "2031-12-14"]


def test_what_was_broken_before_the_first_day_is_said_and_fails_nothing():
    (gap,) = [a for a in lived("on-due").assertions if "12 months" in a.says]
    assert gap.holds
    assert gap.before == ("after 2025-11-10: due by 2026-11-10, done 2026-11-23, 13 days late",)


def test_the_same_rehearsal_again_is_the_same():
    first, second = lived("late=7"), lived("late=7")
    assert (first.moments, first.assertions, first.quarters) == (
        second.moments,
        second.assertions,
        second.quarters,
    )
