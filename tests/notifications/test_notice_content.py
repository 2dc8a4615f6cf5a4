from dataclasses import replace
from datetime import date

import pytest
from pydantic import ValidationError

from notifications.messages import render
from notifications.notice_content import NoticeContent, from_json, to_json
from policies.people.directory import Recipient
from tests.days import day
from tests.notifications.contents import GROUPS, NOTICES, REVIEW


@pytest.mark.parametrize("kind", NOTICES)
def test_a_matter_comes_back_from_the_ledger_as_it_went_in(kind):
    content, _ = NOTICES[kind]
    assert from_json(to_json(content)) == content
    assert to_json(from_json(to_json(content))) == to_json(content)


def test_json_that_is_no_matter_is_refused():
    with pytest.raises(ValidationError, match="Field required"):
        from_json("{}")


@pytest.mark.parametrize(
    ("about", "by_on"),
    [
        ("inputs-due", date(2031, 2, 17)),
        ("call-for-inputs", date(2031, 2, 17)),
        ("target", date(2031, 5, 10)),
        ("due", None),
        ("begins", date(2031, 5, 10)),
        ("review-held", date(2031, 5, 10)),
    ],
)
def test_what_a_notice_counts_towards_sets_the_day_its_answer_is_wanted(about, by_on):
    assert replace(GROUPS, about=about).by_on == by_on


def test_work_is_planned_for_the_earlier_of_target_and_due_date():
    assert replace(REVIEW, target_on=date(2026, 10, 1)).plan_on == date(2026, 10, 1)
    assert replace(REVIEW, target_on=None).plan_on == date(2026, 11, 10)


CHANGED = replace(NOTICES["change-of-date"][0], previous_due_on=day("Mon 2031-03-31"))
DATELESS = replace(CHANGED, due_on=None, target_on=None, inputs_due_on=None, steps=())


NOW, BEFORE = "Due date: Tuesday, 1 July 2031", "Previous due date: 31 March 2031"
SUPERSEDED = "The “Review of the working groups” has new dates, which replace those communicated earlier."


@pytest.mark.parametrize(
    ("content", "says", "not_said"),
    [
        (CHANGED, [SUPERSEDED, "No reply is needed.", NOW, BEFORE], ["withdrawn"]),
        (replace(CHANGED, previous_due_on=None), [SUPERSEDED, NOW], ["until now"]),
        (
            replace(CHANGED, previous_due_on=CHANGED.due_on, previous_inputs_due_on=day("Mon 2031-03-03")),
            [SUPERSEDED, NOW, "Inputs previously requested by: 3 March 2031"],
            ["Previous due date"],
        ),
        (
            DATELESS,
            ["has no due date for now", BEFORE, "the new dates will be communicated once they are known."],
            [SUPERSEDED, NOW],
        ),
        (replace(DATELESS, previous_due_on=None), ["has no due date for now"], ["until now", SUPERSEDED]),
        (
            replace(DATELESS, withdrawn=True),
            ["no longer follows from what has been recorded. No further action is required", BEFORE],
            [SUPERSEDED, "for now", "new dates"],
        ),
        (
            replace(CHANGED, reopened=True, previous_due_on=CHANGED.due_on),
            [
                "The completion of the “Review of the working groups” announced earlier has been withdrawn",
                NOW,
            ],
            ["until now", SUPERSEDED, "No reply is needed."],
        ),
    ],
)
def test_a_change_of_date_says_what_its_reader_was_told_and_no_dates_where_there_are_none(
    content, says, not_said
):
    text = _told(content, "en")
    assert [words for words in says if words not in text] == []
    assert [words for words in not_said if words in text] == []
    english = ("until now", "completion", "new dates")
    for language in ("ar", "es", "fr", "ru", "zh"):
        assert [words for words in english if words in _told(content, language)] == []


def _told(content: NoticeContent, language: str) -> str:
    reader = Recipient("iom", "IOM", "iom@example.org", language)
    return " ".join(render([content], reader, day("Mon 2026-11-23")).text.split())
