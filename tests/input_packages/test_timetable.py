from dataclasses import replace

from input_packages.timetable import Row, remarks_on, timetable
from policies.plans.milestones import Milestone, MilestoneId
from policies.recurrence.cycles import Basis
from tests.input_packages.examples import BARE, REVIEW, day


def test_the_timetable_runs_from_the_first_date_to_the_last():
    dates = [row.on for row in timetable(REVIEW)]
    assert dates == sorted(dates)
    assert len(dates) == len(REVIEW.milestones) + 3


def test_every_date_says_whose_it_is():
    bases = {row.of: row.basis for row in timetable(REVIEW)}
    assert bases["due_on"] is Basis.MANDATE
    assert bases["target_on"] is Basis.HOUSE_PRACTICE
    assert bases["inputs-due"] is Basis.HOUSE_PRACTICE
    assert bases["opens_on"] is None  # no step explains it


def test_what_falls_on_one_day_stands_in_the_order_of_the_work():
    due_on = day("Sun 2026-12-06")
    published = Milestone(MilestoneId.OUTCOME_PUBLISHED, due_on)
    same = replace(REVIEW, opens_on=due_on, due_on=due_on, target_on=due_on, milestones=(published,))
    assert [row.of for row in timetable(same)] == ["opens_on", "outcome-published", "target_on", "due_on"]


def test_a_step_that_was_moved_says_from_where():
    moved = Row(
        day("Fri 2026-06-19"),
        MilestoneId.CALL_FOR_INPUTS,
        Basis.HOUSE_PRACTICE,
        rolled_from=day("Sun 2026-06-21"),
        provisional=True,
    )
    assert moved in timetable(REVIEW)
    assert remarks_on(moved, "en") == (
        "moved from Sunday, 21 June 2026: not a working day",
        "provisional",
    )


def test_a_due_date_on_a_day_off_shows_the_last_working_day_before_it():
    due = next(row for row in timetable(REVIEW) if row.of == "due_on")
    assert "the last working day before it is Friday, 4 December 2026" in remarks_on(due, "en")[0]


def test_a_cycle_without_dates_has_an_empty_timetable():
    assert timetable(BARE) == ()
