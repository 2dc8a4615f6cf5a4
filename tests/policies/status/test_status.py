from dataclasses import replace

import pytest

from policies.facts.facts import Explanation, Facts
from policies.status.states import State
from policies.status.status import Breach
from tests.days import day
from tests.policies.network import FACTS, NOTHING_KNOWN, PACK, completed, knowing, status, turn


def states(obligation: str, facts: Facts = FACTS, as_of: str = "Mon 2026-11-23") -> dict[str, State]:
    turns = status(obligation, facts, as_of).turns
    return {t.cycle.name: t.state for t in turns if not t.cycle.projected and t.state is not State.SCHEDULED}


def test_a_breach_survives_late_completion_with_the_days_it_was_late():
    """36 days of lateness are not erased by finishing, nor by the years that follow."""
    late = knowing(completed("working-arrangements-review", "Wed 2026-12-16"))
    cycle = "working-arrangements-review/since-2025-11-10"
    in_force = day("Wed 2018-12-19")
    breach = Breach(cycle, day("Tue 2026-11-10"), day("Wed 2026-12-16"), 36, in_force)
    assert status("working-arrangements-review", late, "Wed 2026-12-16").breaches == (breach,)
    assert breach in status("working-arrangements-review", late, "Tue 2030-01-01").breaches


@pytest.mark.parametrize(
    ("as_of", "days_overdue"),
    [("Tue 2026-11-10", 0), ("Wed 2026-11-11", 1), ("Mon 2026-11-23", 13), ("Wed 2027-11-10", 365)],
)
def test_the_days_overdue_grow_with_time_alone(as_of, days_overdue):
    assert turn("working-arrangements-review", "since-2025-11-10", FACTS, as_of).days_overdue == days_overdue


def test_yesterday_knows_nothing_of_today():
    met_today = knowing(completed("working-arrangements-review", "Mon 2026-11-23"))
    yesterday = status("working-arrangements-review", met_today, "Sun 2026-11-22")
    assert yesterday.current.state is State.OVERDUE
    assert status("working-arrangements-review", met_today).current.state is State.SCHEDULED


def test_the_record_of_an_obligation_begins_with_its_first_completion():
    assert states("fund-board-review") == {
        **{str(year): State.UNRECORDED for year in range(2019, 2025)},
        "2025": State.MET,
        "2026": State.OPEN,
    }


def test_what_was_found_in_public_closes_its_own_cycle_and_does_not_begin_the_record():
    public = replace(
        NOTHING_KNOWN, completions=(completed("annual-meeting", "Wed 2022-10-19", partial=True),)
    )
    found = states("annual-meeting", public)
    assert found.pop("2022") is State.MET
    assert found.pop("2026") is State.OPEN
    assert set(found.values()) == {State.UNRECORDED}


def test_what_somebody_recorded_does_begin_it():
    recorded = replace(NOTHING_KNOWN, completions=(completed("annual-meeting", "Wed 2022-10-19"),))
    found = states("annual-meeting", recorded)
    assert [found["2021"], found["2022"], found["2023"]] == [State.UNRECORDED, State.MET, State.MISSED]
    assert [breach.cycle for breach in status("annual-meeting", recorded).breaches] == [
        "annual-meeting/2023",
        "annual-meeting/2024",
        "annual-meeting/2025",
    ]


def test_an_explanation_begins_the_record_with_the_cycle_it_explains():
    explained = Explanation("annual-meeting/2023", day("Fri 2026-11-20"), "put off to January")
    found = states("annual-meeting", replace(NOTHING_KNOWN, explanations=(explained,)))
    assert [found["2022"], found["2023"], found["2024"]] == [State.UNRECORDED, State.MISSED, State.MISSED]


def test_with_no_completion_at_all_the_record_begins_on_the_day_the_system_went_live():
    live_in_march = replace(NOTHING_KNOWN, went_live_on=day("Fri 2024-03-01"))
    found = states("annual-meeting", live_in_march)
    assert [found["2023"], found["2024"], found["2025"]] == [State.UNRECORDED, State.MISSED, State.MISSED]


@pytest.mark.parametrize(
    ("last", "as_of", "advisory"),
    [
        ("Mon 2025-06-30", "Tue 2026-06-30", None),
        ("Mon 2025-06-30", "Wed 2026-07-01", "Mon 2025-06-30"),
        ("Mon 2025-06-30", "Mon 2026-11-23", "Mon 2025-06-30"),
    ],
)
def test_more_than_12_months_since_the_last_is_an_advisory_and_breaches_nothing(last, as_of, advisory):
    seen = status("fund-board-review", FACTS, as_of)
    assert seen.last_met_on == day(last)
    assert seen.advisory_since == (day(advisory) if advisory else None)
    assert seen.breaches == ()


def test_only_what_is_owed_per_period_has_an_advisory():
    assert status("working-arrangements-review").advisory_since is None


@pytest.mark.parametrize(
    ("obligation", "as_of", "cycle"),
    [
        ("working-arrangements-review", "Mon 2026-11-23", "since-2025-11-10"),
        ("secretary-general-review", "Sat 2026-10-31", "2026"),
        ("secretary-general-review", "Mon 2026-11-23", "2026"),
        ("secretary-general-review", "Mon 2025-03-03", "2026"),
        ("fund-board-review", "Mon 2026-11-23", "2026"),
        ("working-group-review", "Mon 2026-11-23", "2026"),
    ],
)
def test_the_current_cycle_is_the_one_people_ask_about(obligation, as_of, cycle):
    assert status(obligation, FACTS, as_of).current.cycle.name == cycle


def test_a_passed_target_is_a_lapse_only_until_the_cycle_is_met():
    met = knowing(completed("working-group-review", "Fri 2026-11-20"))
    assert turn("working-group-review", "2026").days_past_target == 15
    assert turn("working-group-review", "2026", met).days_past_target == 0


def test_a_completion_that_closes_nothing_and_starts_no_count_is_loose():
    stray = completed("secretary-general-review", "Mon 2025-02-03", "2023")
    assert status("secretary-general-review", knowing(stray)).loose == (stray,)
    assert status("secretary-general-review").loose == ()


def test_a_first_completion_after_going_live_does_not_hide_what_was_missed_before_it():
    """Found by a rehearsal in which everything was done some years late."""
    live_in_2026 = replace(NOTHING_KNOWN, went_live_on=day("Mon 2026-11-23"))
    late = knowing(completed("annual-meeting", "Wed 2029-02-14", "2029"), of=live_in_2026)
    for facts in (live_in_2026, late):
        turns = status("annual-meeting", facts, "Thu 2029-03-01").turns
        states = {turn.cycle.name: turn.state for turn in turns}
        assert [states[year] for year in ("2025", "2026", "2027", "2028")] == [
            State.UNRECORDED,
            State.MISSED,
            State.MISSED,
            State.MISSED,
        ]


@pytest.mark.parametrize("as_of", ["Thu 2015-01-01", "Tue 2020-06-30"])
def test_long_before_a_duty_begins_it_stands_at_its_first_cycle(as_of: str):
    assert all(status(each, NOTHING_KNOWN, as_of).turns for each in PACK.obligations)
