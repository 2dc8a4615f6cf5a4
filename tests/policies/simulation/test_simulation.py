"""Days on which nothing changes are passed over, and nothing is missed by it."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

import pytest

from policies.facts.facts import Completion, Facts
from policies.simulation.assumptions import Assumptions, read_pace, suppose
from policies.simulation.simulation import Course, Kind, live
from policies.simulation.span import Span
from policies.status.states import State
from tests.days import day
from tests.policies.network import FACTS, PACK, completed, knowing

SPAN = Span(day("Mon 2026-11-23"), day("Sun 2028-12-31"))
SUPPOSED = suppose(PACK, FACTS, SPAN, Assumptions()).facts


def life_of(obligation: str, pace: str, facts: Facts = SUPPOSED, span: Span = SPAN) -> Course:
    return live(PACK, PACK.obligations[obligation], facts, span, read_pace(pace))


def done_on(course: Course) -> list[str]:
    return [str(completion.completed_on) for completion in course.completions]


@pytest.mark.parametrize("pace", ["on-target", "late=40"])
@pytest.mark.parametrize(
    "obligation", ["working-arrangements-review", "secretary-general-review", "working-group-review"]
)
def test_every_single_day_is_as_the_moments_tell_it(obligation: str, pace: str):
    course = life_of(obligation, pace)
    facts = replace(SUPPOSED, completions=course.completions)
    changes: defaultdict[date, dict[str, str]] = defaultdict(dict)
    for moment in course.moments:
        if moment.kind is Kind.STATE:
            changes[moment.on][moment.cycle] = moment.what
    told: dict[str, str] = {}
    for count in range(SPAN.days):
        on = SPAN.first + timedelta(days=count)
        told |= changes[on]
        turns = PACK.status(obligation, facts, on).turns
        found = {turn.cycle.key: str(turn.state) for turn in turns if turn.state not in _AHEAD}
        assert {key: told.get(key) for key in found} == found, on


_AHEAD = {State.SCHEDULED, State.UNKNOWN}


def test_every_step_of_the_work_comes_once():
    steps = [(m.cycle, m.what) for m in life_of("annual-meeting", "on-due").moments if m.kind is Kind.STEP]
    assert len(steps) == len(set(steps))
    assert [what for cycle, what in steps if cycle == "annual-meeting/2027"] == [
        "call-for-inputs",
        "inputs-due",
        "consultation-closes",
        "package-assembled",
        "package-released",
        "review-held",
        "outcome-published",
    ]


def test_what_the_facts_state_for_days_to_come_is_kept_to():
    stated = knowing(completed("working-arrangements-review", "Mon 2027-03-01"), of=SUPPOSED)
    assert done_on(life_of("working-arrangements-review", "on-due", stated)) == [
        "2025-11-10",
        "2027-03-01",
        "2028-03-01",
    ]


def test_done_late_a_period_is_still_met_for_its_own_year():
    course = life_of("annual-meeting", "late=40")
    assert [(done.counts_for, str(done.completed_on)) for done in course.completions] == [
        ("2026", "2027-02-09"),
        ("2027", "2028-02-09"),
    ]
    states = {turn.cycle.name: turn.state for turn in course.turns}
    assert (states["2026"], states["2027"]) == (State.MET_LATE, State.MET_LATE)


def test_what_was_missed_before_the_first_day_is_not_made_up_for():
    early = Completion("annual-meeting", day("Wed 2022-10-19"), "summary", "2022")
    course = life_of("annual-meeting", "on-due", knowing(early, of=SUPPOSED))
    states = {turn.cycle.name: turn.state for turn in course.turns}
    assert [states[year] for year in ("2023", "2024", "2025")] == [State.MISSED] * 3
    assert done_on(course) == ["2022-10-19", "2026-12-31", "2027-12-31", "2028-12-31"]
