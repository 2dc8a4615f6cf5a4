import pytest

from policies.facts.facts import Completion, Facts
from policies.facts.meetings import Meeting
from policies.recurrence.question import Question
from policies.recurrence.standing_duty import StandingDuty
from tests.days import day
from tests.policies.asking import OBLIGATION, SOURCE, done

CLOCK = StandingDuty(kind="standing", meetings=("briefing",), source=SOURCE)


def meeting(name: str, on: str, kind: str = "briefing") -> Meeting:
    return Meeting(name, kind, day(on), "Briefing", "the web page", partial=True)


@pytest.mark.parametrize(
    ("facts", "last"),
    [
        ([], None),
        ([meeting("b-1", "Thu 2021-06-24"), meeting("b-2", "Thu 2022-09-15")], "briefing b-2"),
        ([meeting("b-2", "Thu 2022-09-15"), done("Tue 2026-02-03")], OBLIGATION),
        ([meeting("m-1", "Thu 2022-09-15", "council")], None),
        ([meeting("b-3", "Fri 2027-01-01")], None),
    ],
)
def test_a_standing_duty_has_no_date_and_shows_what_was_last_done(facts, last):
    known = Facts(
        meetings=[fact for fact in facts if isinstance(fact, Meeting)],
        completions=[fact for fact in facts if isinstance(fact, Completion)],
    )
    (cycle,) = CLOCK.cycles(Question(OBLIGATION, known, day("Mon 2026-11-23"), day("Wed 2018-12-19")))
    assert (cycle.standing, cycle.opens_on, cycle.target_on, cycle.due_on) == (True, None, None, None)
    assert (cycle.last_done.subject if cycle.last_done else None) == last
