"""A letter asks for a reply within a week, or by the next day of the cycle where that is sooner."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from notifications.asking import reply_by
from policies.plans.notices import NoticeKind
from tests.notifications.contents import NOTICES, day

WEEK = timedelta(days=7)


@pytest.mark.parametrize("kind", NOTICES)
def test_a_day_is_given_wherever_a_reply_is_asked_for_without_one(kind):
    content, written = NOTICES[kind]
    asked = kind in ("escalation", "hand-over", "for-decision", "way-forward")
    assert (reply_by(content, day(written)) is not None) == asked


def test_without_a_day_of_the_cycle_it_is_a_week():
    content, _ = NOTICES["escalation"]
    assert reply_by(content, date(2026, 11, 24)) == date(2026, 12, 1)


@pytest.mark.parametrize(("days", "expected"), [(-1, 7), (0, 0), (3, 3), (6, 6), (7, 7), (30, 7)])
def test_the_next_step_of_the_cycle_comes_first_within_the_week(days, expected):
    content, written = NOTICES["hand-over"]
    on = day(written)
    moved = replace(content, next_step_on=on + timedelta(days=days))
    assert reply_by(moved, on) == on + timedelta(days=expected)


def test_an_extension_is_decided_before_the_deadline_that_it_would_move():
    content, written = NOTICES["for-decision"]
    assert reply_by(content, day(written)) == content.inputs_due_on
    assert reply_by(replace(content, kind=NoticeKind.ESCALATION), day(written)) == day(written) + WEEK
