from dataclasses import replace

from input_packages.timetable import Row, timetable
from policies.cycles import Basis
from policies.milestones import Milestone, MilestoneId
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
    )
    assert moved in timetable(REVIEW)


def test_a_cycle_without_dates_has_an_empty_timetable():
    assert timetable(BARE) == ()
