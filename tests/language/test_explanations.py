from dataclasses import replace
from datetime import date

import pytest

from language.explanations import reason, sentence, standing_sentence
from policies.facts.facts import Certainty
from policies.recurrence.cycles import Anchor, AnchorKind, Basis
from policies.status.explanation import Step

NAMES = {
    "working-arrangements-review": {"en": "Working arrangements", "ar": "ترتيبات العمل"},
    "international-migration-review-forum": {"en": "the Forum", "ar": "المنتدى"},
}
CEILING = Step(
    of="due_on",
    provision="REV-2",
    rule_in_force_from=date(2018, 12, 19),
    basis=Basis.MANDATE,
    source="REV-2",
    anchor="working-arrangements-review",
    anchor_kind=AnchorKind.COMPLETION,
    anchor_on=date(2025, 11, 10),
    anchor_source="minutes",
    certainty=Certainty.CONFIRMED,
    count=12,
    unit="months",
    arithmetic="2025-11-10 + 12 months = 2026-11-10",
    result=date(2026, 11, 10),
)
TARGET = replace(
    CEILING,
    of="target_on",
    provision="WGR-4",
    basis=Basis.HOUSE_PRACTICE,
    anchor="international-migration-review-forum 2026",
    anchor_kind=AnchorKind.EVENT_END,
    anchor_on=date(2026, 5, 8),
    count=6,
    result=date(2026, 11, 8),
)
REPORT = replace(
    CEILING,
    provision="OBJ-9b",
    anchor="international-migration-review-forum 2030",
    anchor_kind=AnchorKind.EVENT_START,
    anchor_on=date(2030, 5, 7),
    certainty=Certainty.TENTATIVE,
    count=-12,
    unit="weeks",
    result=date(2030, 2, 12),
)
SLOT = replace(
    CEILING,
    provision="REV-1",
    anchor="2026-10",
    anchor_kind=AnchorKind.SLOT,
    anchor_on=date(2026, 10, 31),
    count=0,
    unit="days",
    result=date(2026, 10, 31),
)
SLOT_OPENS = replace(
    SLOT,
    of="opens_on",
    anchor="2020-10",
    anchor_on=date(2020, 10, 1),
    count=72,
    unit="months",
    result=date(2026, 10, 1),
)
PERIOD = replace(SLOT, anchor="2026", anchor_kind=AnchorKind.PERIOD, anchor_on=date(2026, 12, 31))
PERIOD_OPENS = replace(PERIOD, of="opens_on", anchor_on=date(2026, 1, 1), result=date(2026, 1, 1))
ASSUMED = replace(CEILING, anchor_kind=AnchorKind.ASSUMED, count=2)


@pytest.mark.parametrize(
    ("step", "english", "arabic"),
    [
        (
            CEILING,
            (
                "The due date is 10 November 2026: 12 months after the last completion of “Working "
                "arrangements” on 10 November 2025 (in accordance with REV-2)."
            ),
            (
                "الموعد النهائي هو 10 تشرين الثاني/نوفمبر 2026: بعد مرور 12 شهراً على آخر إنجاز مسجل "
                "لبند «ترتيبات العمل» في 10 تشرين الثاني/نوفمبر 2025 (وفقاً لـ \u2068REV-2\u2069)."
            ),
        ),
        (
            TARGET,
            (
                "The target date is 8 November 2026: 6 months after the last day of “the Forum 2026”,"
                " 8 May 2026 (internal practice, not required by WGR-4)."
            ),
            (
                "الموعد المستهدف هو 8 تشرين الثاني/نوفمبر 2026: بعد مرور 6 أشهر على آخر يوم من "
                "«المنتدى \u20682026\u2069»، 8 أيار/مايو 2026 (ممارسة داخلية لا يشترطها "
                "\u2068WGR-4\u2069)."
            ),
        ),
        (
            REPORT,
            (
                "The due date is 12 February 2030: 12 weeks before the first day of “the Forum 2030”,"
                " 7 May 2030 (in accordance with OBJ-9b); provisional, since the date of that event "
                "has not been confirmed."
            ),
            (
                "الموعد النهائي هو 12 شباط/فبراير 2030: قبل 12 أسبوعاً من أول يوم من «المنتدى "
                "\u20682030\u2069»، 7 أيار/مايو 2030 (وفقاً لـ \u2068OBJ-9b\u2069)؛ وهو غير مؤكد لعدم"
                " تأكيد موعد ذلك الحدث."
            ),
        ),
        (
            SLOT,
            (
                "The due date is 31 October 2026: the last day of October 2026, the month set by the "
                "text (in accordance with REV-1)."
            ),
            (
                "الموعد النهائي هو 31 تشرين الأول/أكتوبر 2026: آخر يوم من الشهر المحدد في النص، تشرين"
                " الأول/أكتوبر 2026 (وفقاً لـ \u2068REV-1\u2069)."
            ),
        ),
        (
            SLOT_OPENS,
            (
                "Opens on 1 October 2026: 72 months after the first day of October 2020, the month "
                "set by the text (in accordance with REV-1)."
            ),
            (
                "تُفتح في 1 تشرين الأول/أكتوبر 2026: بعد مرور 72 شهراً على أول يوم من الشهر المحدد في"
                " النص، تشرين الأول/أكتوبر 2020 (وفقاً لـ \u2068REV-1\u2069)."
            ),
        ),
        (
            PERIOD,
            ("The due date is 31 October 2026: the last day of the period 2026 (in accordance with REV-1)."),
            (
                "الموعد النهائي هو 31 تشرين الأول/أكتوبر 2026: اليوم الأخير من فترة \u20682026\u2069 "
                "(وفقاً لـ \u2068REV-1\u2069)."
            ),
        ),
        (
            PERIOD_OPENS,
            ("Opens on 1 January 2026: the first day of the period 2026 (in accordance with REV-1)."),
            (
                "تُفتح في 1 كانون الثاني/يناير 2026: اليوم الأول من فترة \u20682026\u2069 (وفقاً لـ "
                "\u2068REV-1\u2069)."
            ),
        ),
        (
            ASSUMED,
            (
                "The due date is 10 November 2026: 2 months after 10 November 2025, the day on which "
                "“Working arrangements” is assumed to be completed (in accordance with REV-2)."
            ),
            (
                "الموعد النهائي هو 10 تشرين الثاني/نوفمبر 2026: بعد مرور شهرين على 10 تشرين "
                "الثاني/نوفمبر 2025، وهو اليوم الذي يُفترض فيه إنجاز بند «ترتيبات العمل» (وفقاً لـ "
                "\u2068REV-2\u2069)."
            ),
        ),
    ],
)
def test_each_kind_of_anchor_makes_one_sentence(step, english, arabic):
    assert (sentence(step, "en", NAMES), sentence(step, "ar", NAMES)) == (english, arabic)


@pytest.mark.parametrize("kind", AnchorKind)
@pytest.mark.parametrize("count", [-3, 0, 3])
@pytest.mark.parametrize("day", [1, 15])
def test_no_step_is_without_words(kind, count, day):
    step = replace(SLOT, anchor_kind=kind, count=count, anchor_on=date(2026, 10, day))
    for language in ("en", "ar"):
        assert "%" not in sentence(step, language)


@pytest.mark.parametrize(
    ("kind", "anchor", "because"),
    [
        (AnchorKind.MEETING, "council c-1", "the day of “Council c-1”, 31 October 2026"),
        (AnchorKind.DECISION, "d-1", "the day on which decision d-1 was taken, 31 October 2026"),
        (AnchorKind.DECISION_DUE, "d-1", "the day set by decision d-1, 31 October 2026"),
        (
            AnchorKind.TERM_END,
            "seat-1-2025-01-01",
            "the last day of the term of office seat-1-2025-01-01, 31 October",
        ),
    ],
)
def test_what_sets_a_duty_off_is_named(kind, anchor, because):
    step = replace(SLOT, anchor=anchor, anchor_kind=kind)
    assert because in sentence(step, "en", NAMES | {"council": {"en": "Council"}})


def test_a_standing_duty_says_that_it_has_no_date_and_when_it_was_last_done():
    names = {"council": {"en": "Council", "ar": "المجلس"}}
    met = Anchor(AnchorKind.MEETING, "council c-1", date(2026, 10, 31), "minutes")
    assert [standing_sentence(met, language, names) for language in ("en", "ar")] == [
        "No due date applies. It was last carried out on 31 October 2026: Council c-1.",
        "لا يسري موعد نهائي. كان آخر تنفيذ في 31 تشرين الأول/أكتوبر 2026: المجلس \u2068c-1\u2069.",
    ]
    assert standing_sentence(None, "en") == "No due date applies, and nothing about it has been recorded."


def test_an_id_without_a_name_stands_for_itself():
    assert "the last completion of “working-arrangements-review” on" in sentence(CEILING, "en")
    assert "«\u2068international-migration-review-forum 2026\u2069»" in sentence(TARGET, "ar")


def test_a_letter_about_an_obligation_does_not_name_it_again():
    own = sentence(CEILING, "en", NAMES, own="working-arrangements-review")
    assert "12 months after the previous completion on 10 November 2025 (in accordance with REV-2)" in own
    assert reason(CEILING, "en", NAMES, own="another-obligation") in sentence(CEILING, "en", NAMES)
