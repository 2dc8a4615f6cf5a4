from dataclasses import replace
from datetime import date

import pytest
from pydantic import ValidationError

from notifications.notice_content import from_json, to_json
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
