from datetime import timedelta

import pytest

from policies.facts.answers import Pause
from policies.plans.milestones import MilestoneId
from policies.plans.notices import NoticeKind, ScheduledNotice
from policies.plans.restraints import apart_on, restrained
from tests.days import day, shown
from tests.policies.network import PACK

PLAN = PACK.plans["four-yearly"]  # three reminders at most, five days apart
TODAY = day("Mon 2026-12-07")
PAUSE = Pause("working-group-review/2026", TODAY, day("Fri 2026-12-18"), "elections")
OFTEN = [TODAY - timedelta(days=40), TODAY - timedelta(days=20), TODAY - timedelta(days=2)]


def scheduled(kind: NoticeKind, about: str = "due") -> ScheduledNotice:
    return ScheduledNotice(kind, f"{about}+1", about, TODAY, ("holder",))


@pytest.mark.parametrize(
    ("kind", "about"),
    [
        (NoticeKind.REMINDER, "due"),
        (NoticeKind.LAST_REMINDER, "due"),
        (NoticeKind.LAST_REMINDER, "inputs-due"),
        (NoticeKind.OVERDUE, str(MilestoneId.INPUTS_DUE)),  # a contributor is late: the cycle is not
    ],
)
def test_a_routine_reminder_is_paused_capped_and_kept_apart(kind: NoticeKind, about: str):
    given = scheduled(kind, about)
    assert restrained(given, PLAN, [], PAUSE).skipped == "paused until 2026-12-18: elections"
    assert restrained(given, PLAN, OFTEN, None).skipped == "chased 3 times, and never more often"
    assert restrained(given, PLAN, OFTEN[:2], None).skipped is None
    assert shown(apart_on(given, PLAN, OFTEN, TODAY)) == "Thu 2026-12-10"
    assert apart_on(given, PLAN, OFTEN[:2], TODAY) is None


@pytest.mark.parametrize(
    ("kind", "about"),
    [
        (NoticeKind.OVERDUE, "due"),
        (NoticeKind.OVERDUE, "target"),
        (NoticeKind.ESCALATION, "due"),
        (NoticeKind.HAND_OVER, "due"),
        (NoticeKind.HAND_OVER, "inputs-due"),
        (NoticeKind.OPENING, "begins"),
        (NoticeKind.CALL_FOR_INPUTS, "call-for-inputs"),
    ],
)
def test_nothing_else_is_restrained_by_anything(kind: NoticeKind, about: str):
    given = scheduled(kind, about)
    assert restrained(given, PLAN, OFTEN * 9, PAUSE) == given
    assert apart_on(given, PLAN, OFTEN, TODAY) is None
