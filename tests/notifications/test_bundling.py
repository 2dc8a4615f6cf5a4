"""Several matters in one letter: the most urgent first, each cycle's once."""

from dataclasses import replace

import pytest

from language.lines import flowing
from notifications.bundling import told_once
from notifications.messages import render
from notifications.notice_content import most_urgent_first
from policies.people.directory import Recipient
from policies.plans.notices import CountedFrom, NoticeKind
from tests.notifications.contents import NOTICES, REVIEW, day

RECIPIENTS = {
    language: Recipient("coordinator", "Anna Keller", "anna@example.org", language)
    for language in ("en", "ar", "fr", "es", "ru", "zh")
}
MONDAY = day("Mon 2026-11-23")


@pytest.mark.parametrize("language", RECIPIENTS)
def test_several_matters_are_one_message_the_most_urgent_first(language):
    contents = [NOTICES[kind][0] for kind in ("receipt", "opening", "overdue", "for-decision")]
    message = render(contents, RECIPIENTS[language], MONDAY)
    receipt, opening, overdue, decision = (
        render([content], RECIPIENTS[language], MONDAY).subject for content in contents
    )
    overview, *told = message.text.replace("\u200f", "").split("=" * 72)
    assert flowing(overview).index(f"1. {decision}") < flowing(overview).index(f"2. {overdue}")
    assert flowing(overview).index(f"3. {opening}") < flowing(overview).index(f"4. {receipt}")
    assert len(told) == len(contents) - 1
    assert "3" in message.subject
    assert len(message.html.encode()) < 60_000


def test_what_one_cycle_asks_twice_is_told_once_as_the_latest_says_it():
    opening, overdue = (replace(REVIEW, kind=kind) for kind in (NoticeKind.OPENING, NoticeKind.OVERDUE))
    call, last = NOTICES["call-for-inputs"][0], NOTICES["last-reminder"][0]
    told = told_once([opening, overdue, last, call], MONDAY)
    assert told == [call, overdue]
    assert render([opening, overdue], RECIPIENTS["en"], MONDAY) == render([overdue], RECIPIENTS["en"], MONDAY)


def test_what_is_past_its_due_date_comes_first_whatever_kind_it_is():
    late = replace(REVIEW, kind=NoticeKind.OPENING, about="begins")
    package = replace(NOTICES["package-ready"][0], due_on=day("Thu 2026-12-31"))
    receipt = replace(REVIEW, kind=NoticeKind.RECEIPT)
    assert most_urgent_first([receipt, package, late], MONDAY) == [late, package, receipt]
    assert not replace(late, met_on=MONDAY).is_late_on(MONDAY)


def test_what_is_past_its_internal_target_alone_comes_after_what_is_overdue():
    reminder = replace(REVIEW, kind=NoticeKind.REMINDER)
    overdue = replace(reminder, about=CountedFrom.DUE, due_on=day("Tue 2026-11-10"))
    due_on, target_on = day("Sun 2026-12-06"), day("Sun 2026-11-08")
    past_target = replace(reminder, about=CountedFrom.TARGET, due_on=due_on, target_on=target_on)
    assert most_urgent_first([past_target, overdue], MONDAY) == [overdue, past_target]
    assert not past_target.is_late_on(MONDAY)


def test_what_was_sent_in_error_is_said_to_be_in_the_subject_of_several():
    first = NOTICES["correction"][0]
    message = render([first, replace(first, notice_key="another")], RECIPIENTS["en"], MONDAY)
    assert message.subject == "Sent in error, please disregard: messages about 2 matters"
