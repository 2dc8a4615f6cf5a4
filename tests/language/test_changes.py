"""What would change a date, and how fresh its rule is."""

from dataclasses import replace

import pytest

from language.changes import rule_checked, what_changes
from policies.recurrence.cycles import AnchorKind
from tests.days import day
from tests.notifications.contents import DUE_STEP


@pytest.mark.parametrize(
    ("kind", "language", "said"),
    [
        (AnchorKind.COMPLETION, "en", "A further completion, a correction of the last one or an amendment"),
        (AnchorKind.EVENT_END, "en", "Other dates of that event, or an amendment"),
        (AnchorKind.SLOT, "en", "Only an amendment of the rule would change it"),
        (AnchorKind.PERIOD, "en", "Only an amendment of the rule would change it"),
        (AnchorKind.ASSUMED, "en", "The day on which the cycle before is really met"),
        (AnchorKind.MEETING, "en", "A correction of what is on record"),
        (AnchorKind.COMPLETION, "ar", "ويتغير هذا الموعد بإنجاز جديد"),
        (AnchorKind.SLOT, "ar", "ولا يتغير هذا الموعد إلا بتعديل القاعدة"),
    ],
)
def test_each_anchor_says_what_would_change_the_date(kind, language, said):
    assert what_changes(replace(DUE_STEP, anchor_kind=kind), language).startswith(said)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "in force from 19 December 2018 and was last compared with the text on 23 November 2026"),
        (
            "ar",
            "سارية منذ 19 كانون الأول/ديسمبر 2018، وكانت آخر مقارنة لها بالنص في 23 تشرين الثاني/نوفمبر 2026",
        ),
    ],
)
def test_a_rule_says_how_fresh_it_is(language, said):
    assert said in rule_checked(day("Wed 2018-12-19"), day("Mon 2026-11-23"), language)
