"""The dates that must come out for the Network itself, given what the first session was told."""

from dataclasses import replace

import pytest

from policies.facts.facts import Certainty
from policies.status.states import State
from policies.status.status import Breach
from tests.days import day, shown
from tests.policies.network import (
    AS_OF,
    FACTS,
    FORUM_2022,
    FORUM_2026,
    NOTHING_KNOWN,
    PACK,
    completed,
    forum,
    knowing,
    status,
    turn,
)

IN_FORCE = day("Wed 2018-12-19")


@pytest.mark.parametrize(
    ("obligation", "cycle", "state", "opens", "target", "due"),
    [
        (
            "working-arrangements-review",
            "since-2025-11-10",
            "overdue",
            "Tue 2025-11-11",
            "no date",
            "Tue 2026-11-10",
        ),
        ("secretary-general-review", "2020", "unrecorded", "Thu 2020-10-01", "no date", "Sat 2020-10-31"),
        ("secretary-general-review", "2022", "unrecorded", "Sat 2022-10-01", "no date", "Mon 2022-10-31"),
        ("secretary-general-review", "2024", "met-late", "Tue 2024-10-01", "no date", "Thu 2024-10-31"),
        ("secretary-general-review", "2026", "overdue", "Thu 2026-10-01", "no date", "Sat 2026-10-31"),
        ("secretary-general-review", "2028", "scheduled", "Sun 2028-10-01", "no date", "Tue 2028-10-31"),
        ("secretary-general-review", "2030", "scheduled", "Tue 2030-10-01", "no date", "Thu 2030-10-31"),
        ("working-group-review", "2022", "met", "Sat 2022-05-21", "Sun 2022-11-20", "no date"),
        ("working-group-review", "2026", "open", "Sat 2026-05-09", "Sun 2026-11-08", "Sun 2026-12-06"),
        ("fund-board-review", "2025", "met", "Wed 2025-01-01", "no date", "Wed 2025-12-31"),
        ("fund-board-review", "2026", "open", "Thu 2026-01-01", "no date", "Thu 2026-12-31"),
        ("annual-meeting", "2025", "unrecorded", "Wed 2025-01-01", "no date", "Wed 2025-12-31"),
        ("annual-meeting", "2026", "open", "Thu 2026-01-01", "no date", "Thu 2026-12-31"),
        ("annual-workplan", "2026", "open", "Thu 2026-01-01", "no date", "Thu 2026-12-31"),
        (
            "executive-committee-membership-update",
            "2026",
            "open",
            "Thu 2026-01-01",
            "no date",
            "Thu 2026-12-31",
        ),
        ("general-assembly-report", "2022", "unrecorded", "Sat 2022-01-01", "no date", "Tue 2022-02-22"),
        ("general-assembly-report", "2024", "unrecorded", "Mon 2024-01-01", "no date", "Tue 2024-12-31"),
        ("general-assembly-report", "2026", "unrecorded", "Thu 2026-01-01", "no date", "Tue 2026-02-10"),
        ("general-assembly-report", "2028", "scheduled", "Sat 2028-01-01", "no date", "Sun 2028-12-31"),
        ("general-assembly-report", "2030", "unknown", "Tue 2030-01-01", "no date", "no date"),
    ],
)
def test_where_each_cycle_stands_on_23_november_2026(obligation, cycle, state, opens, target, due):
    there = turn(obligation, cycle)
    dates = [there.cycle.opens_on, there.cycle.target_on, there.cycle.due_on]
    assert [there.state, *map(shown, dates)] == [state, opens, target, due]


def test_the_working_arrangements_are_13_days_overdue():
    assert status("working-arrangements-review").current.days_overdue == 13


def test_the_secretary_generals_review_is_23_days_overdue_and_2024_stays_a_breach_of_20_days():
    assert status("secretary-general-review").current.days_overdue == 23
    assert status("secretary-general-review").breaches == (
        Breach("secretary-general-review/2024", day("Thu 2024-10-31"), day("Wed 2024-11-20"), 20, IN_FORCE),
        Breach("secretary-general-review/2026", day("Sat 2026-10-31"), None, 23, IN_FORCE),
    )


def test_the_secretary_generals_review_is_held_outside_the_institution():
    assert PACK.actors[PACK.obligations["secretary-general-review"].holder].external


def test_however_late_2024_was_the_next_slots_stay_2026_and_2028():
    very_late = replace(FACTS, completions=(completed("secretary-general-review", "Wed 2026-09-30", "2024"),))
    assert [t.cycle.name for t in status("secretary-general-review", very_late).turns] == [
        "2020",
        "2022",
        "2024",
        "2026",
        "2028",
        "2030",
    ]
    assert shown(turn("secretary-general-review", "2028", very_late).cycle.due_on) == "Tue 2028-10-31"


def test_the_working_groups_review_lapsed_15_days_and_breached_nothing():
    there = status("working-group-review")
    assert (there.current.days_past_target, there.current.days_overdue, there.breaches) == (15, 0, ())


def test_the_working_groups_review_is_a_breach_the_day_after_its_ceiling():
    assert turn("working-group-review", "2026", as_of="Sun 2026-12-06").state is State.OPEN
    assert turn("working-group-review", "2026", as_of="Mon 2026-12-07").days_overdue == 1


def test_the_fund_boards_review_is_more_than_12_months_ago_which_is_no_breach():
    there = status("fund-board-review")
    assert (shown(there.advisory_since), there.breaches) == ("Mon 2025-06-30", ())


@pytest.mark.parametrize(
    ("obligation", "cycle", "due"),
    [
        ("working-arrangements-review", "since-2028-02-29", "Wed 2029-02-28"),
        ("working-group-review", "2030", "Sun 2032-02-29"),
    ],
)
def test_a_review_on_29_february_2028(obligation, cycle, due):
    """A ceiling of 12 months ends on 28 February 2029, one of 48 months on 29 February 2032."""
    reviewed = knowing(completed(obligation, "Tue 2028-02-29"))
    assert shown(turn(obligation, cycle, reviewed, "Wed 2028-03-01").cycle.due_on) == due


@pytest.mark.parametrize(
    ("forum_2022", "due", "days_late"),
    [
        (forum("2022", "Tue 2022-05-10", "Fri 2022-05-13", Certainty.TENTATIVE), "Tue 2022-02-15", [1]),
        (FORUM_2022, "Tue 2022-02-22", []),
    ],
)
def test_the_report_of_2022_under_the_dates_announced_and_the_dates_held(forum_2022, due, days_late):
    told = replace(
        FACTS,
        events=(forum_2022, FORUM_2026),
        completions=(completed("general-assembly-report", "Wed 2022-02-16", "2022", partial=True),),
    )
    there = turn("general-assembly-report", "2022", told)
    assert (shown(there.cycle.due_on), there.cycle.tentative) == (due, forum_2022 is not FORUM_2022)
    assert [b.days_late for b in status("general-assembly-report", told).breaches] == days_late


def test_the_report_of_2030_is_due_12_weeks_before_a_forum_nobody_has_dated_yet():
    assert turn("general-assembly-report", "2030").cycle.unknown == (
        "international-migration-review-forum 2030",
    )
    dated = replace(
        FACTS, events=(*FACTS.events, forum("2030", "Tue 2030-05-07", "Fri 2030-05-10", Certainty.TENTATIVE))
    )
    there = turn("general-assembly-report", "2030", dated).cycle
    assert (shown(there.due_on), there.tentative) == ("Tue 2030-02-12", True)


def test_with_nothing_known_no_date_is_invented_and_nothing_is_a_breach():
    seen = {name: PACK.status(name, NOTHING_KNOWN, AS_OF) for name in PACK.obligations}
    assert [there.breaches for there in seen.values()] == [()] * len(PACK.obligations)
    counted = ("working-arrangements-review", "working-group-review")
    assert {t.cycle.due_on for name in counted for t in seen[name].turns} == {None}
    assert {t.state for name in counted for t in seen[name].turns} == {State.UNKNOWN}
    harmless = {State.UNKNOWN, State.UNRECORDED, State.OPEN, State.SCHEDULED, State.STANDING}
    assert {t.state for there in seen.values() for t in there.turns} == harmless


def test_no_cycle_is_met_without_a_completion():
    seen = [turn for name in PACK.obligations for turn in PACK.status(name, NOTHING_KNOWN, AS_OF).turns]
    assert {turn.cycle.met_on for turn in seen} == {None}


def test_public_history_closes_its_own_years_and_leaves_the_silence_around_them_unrecorded():
    public = replace(
        NOTHING_KNOWN,
        completions=(
            completed("annual-meeting", "Wed 2022-10-19", "2022", partial=True),
            completed("annual-meeting", "Wed 2024-01-31", "2024", partial=True),
        ),
    )
    states = {t.cycle.name: t.state for t in status("annual-meeting", public).turns[:8]}
    met, silent = State.MET, State.UNRECORDED
    assert states == dict(
        zip(
            map(str, range(2019, 2027)),
            [silent, silent, silent, met, silent, met, silent, State.OPEN],
            strict=True,
        )
    )


def test_when_the_forum_is_postponed_the_ceiling_bites_and_the_review_after_it_is_owed_too():
    later = replace(FACTS, events=(FORUM_2022, forum("2026", "Tue 2027-05-04", "Fri 2027-05-07")))
    bitten = turn("working-group-review", "since-2022-12-06", later, "Mon 2026-12-07")
    assert (bitten.state, shown(bitten.cycle.due_on)) == (State.OVERDUE, "Sun 2026-12-06")
    met_late = replace(
        later, completions=(*FACTS.completions, completed("working-group-review", "Fri 2027-01-15"))
    )
    after = turn("working-group-review", "2026", met_late, "Mon 2027-05-10")
    assert (after.state, shown(after.cycle.target_on), shown(after.cycle.due_on)) == (
        State.OPEN,
        "Sun 2027-11-07",
        "Wed 2031-01-15",
    )


def test_an_extra_review_between_forums_starts_the_ceiling_anew_and_does_not_stand_for_the_next():
    extra = knowing(completed("working-group-review", "Mon 2024-09-02"))
    there = turn("working-group-review", "2026", extra)
    assert (there.state, shown(there.cycle.due_on)) == (State.OPEN, "Sat 2028-09-02")


@pytest.mark.parametrize(
    ("obligation", "cycle", "milestone", "on"),
    [
        ("working-arrangements-review", "since-2025-11-10", "inputs-due", "Tue 2026-09-15"),
        ("secretary-general-review", "2026", "call-for-inputs", "Fri 2026-05-01"),
        ("secretary-general-review", "2026", "package-released", "Fri 2026-08-28"),
        ("working-group-review", "2026", "call-for-inputs", "Fri 2026-06-19"),
        ("fund-board-review", "2026", "package-released", "Thu 2026-12-03"),
    ],
)
def test_the_work_is_planned_back_from_the_earlier_of_target_and_due_date(obligation, cycle, milestone, on):
    assert {step.id: shown(step.on) for step in turn(obligation, cycle).milestones}[milestone] == on
