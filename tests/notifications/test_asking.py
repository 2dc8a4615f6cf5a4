"""A letter asks for a reply within a week, or by the next day of the cycle where that is sooner."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from notifications.asking import reply_by
from notifications.messages import render
from policies.facts.facts import Certainty
from policies.obligations.obligations import Part
from policies.people.directory import Recipient
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


def letter(kind: str, **changed: Any) -> str:
    content, written = NOTICES[kind]
    anna = Recipient("coordinator", "Anna Keller", "anna@example.org", "en")
    return " ".join(render([replace(content, **changed)], anna, day(written)).text.split())


def test_whoever_is_responsible_is_asked_to_complete_and_everybody_else_to_follow_up():
    assert "Please complete the “Review of the working arrangements”, or reply" in letter(
        "escalation", part=Part.HOLDER
    )
    assert "Please follow up with the responsible party (Network Coordinator)" in letter("escalation")


def test_a_decision_is_asked_for_after_the_facts_with_the_deadline_and_how_to_record_it():
    text = letter("for-decision")
    parts = ("requested an extension until 1 October 2026", "Please decide", "Current deadline: Tuesday, 15")
    places = [text.index(each) for each in (*parts, "How to record it: mandates record reply")]
    assert places == sorted(places)


def test_what_was_not_sent_stands_among_no_previous_messages():
    text = letter("hand-over")
    assert "UNICEF focal point: final reminder, 11 September 2026" in text
    assert "WHO focal point: call for inputs" not in text


def test_a_message_sent_in_error_is_named_with_its_sender_its_recipient_and_its_day():
    text = letter("correction")
    assert "Please accept our apologies" in text
    sent = "reminder; sender: United Nations Network on Migration; recipient: Network Secretariat"
    assert f"3 August 2026: {sent}" in text


def test_a_change_of_date_names_the_event_it_rests_on_confirmed_or_not():
    content, _ = NOTICES["change-of-date"]
    event = "“International Migration Review Forum 2030”"
    unsure = f"Apart from the due date, these dates are provisional, because the dates of {event}"
    assert unsure in letter("change-of-date")
    sure = tuple(replace(step, certainty=Certainty.CONFIRMED) for step in content.steps)
    told = letter("change-of-date", steps=sure, tentative=False)
    assert f"The dates follow from those of {event}, which have been confirmed." in told


def test_a_provision_is_named_with_the_document_it_is_one_of_where_that_is_known():
    named = "provision REV-2 of “Terms of Reference of the United Nations Network on Migration”"
    assert named in letter("reminder")
    assert "(in accordance with REV-2)" in letter("reminder", document=None)


def test_a_checksum_stands_at_the_end_of_what_is_said_of_a_package():
    text = letter("package-ready")
    assert text.index("Background") < text.index("Checksum of the file (SHA-256)")
