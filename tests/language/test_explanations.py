from dataclasses import replace
from datetime import date

import pytest

from language.explanations import sentence, standing_sentence
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

_RULE = "(rule in force from 19 December 2018)"
_SINCE = "(القاعدة سارية منذ 19 كانون الأول/ديسمبر 2018)"


@pytest.mark.parametrize(
    ("step", "english", "arabic"),
    [
        (
            CEILING,
            (
                "It is due on 10 November 2026, 12 months after the last completion of “Working "
                f"arrangements” on 10 November 2025, as REV-2 demands {_RULE}."
            ),
            (
                "يحل الموعد النهائي في 10 تشرين الثاني/نوفمبر 2026، أي بعد مرور 12 شهراً على آخر إنجاز "
                f"مسجل لبند «ترتيبات العمل» في 10 تشرين الثاني/نوفمبر 2025، "
                f"وفقاً للحكم \u2068REV-2\u2069 {_SINCE}."
            ),
        ),
        (
            TARGET,
            (
                "The aim is 8 November 2026, 6 months after the last day of “the Forum 2026” on 8 May 2026, "
                f"which is house practice and no demand of WGR-4 {_RULE}."
            ),
            (
                "الموعد المستهدف هو 8 تشرين الثاني/نوفمبر 2026، أي بعد مرور 6 أشهر على اليوم الأخير من "
                "«المنتدى \u20682026\u2069» في 8 أيار/مايو 2026، وهذه ممارسة داخلية لا يشترطها الحكم "
                f"\u2068WGR-4\u2069 {_SINCE}."
            ),
        ),
        (
            REPORT,
            (
                "It is due on 12 February 2030, 12 weeks before the first day of “the Forum 2030” on "
                f"7 May 2030, as OBJ-9b demands {_RULE}; it is tentative, because that date is not confirmed."
            ),
            (
                "يحل الموعد النهائي في 12 شباط/فبراير 2030، أي قبل 12 أسبوعاً من اليوم الأول من "
                "«المنتدى \u20682030\u2069» في 7 أيار/مايو 2030، وفقاً للحكم "
                f"\u2068OBJ-9b\u2069 {_SINCE}؛ وهذا التاريخ مؤقت لأن التاريخ الذي يُحتسب منه لم يتأكد بعد."
            ),
        ),
        (
            SLOT,
            (
                "It is due on 31 October 2026, which is the last day of the slot October 2026, "
                f"as REV-1 demands {_RULE}."
            ),
            (
                "يحل الموعد النهائي في 31 تشرين الأول/أكتوبر 2026، وهو اليوم الأخير من الشهر المقرر، "
                f"تشرين الأول/أكتوبر 2026، وفقاً للحكم \u2068REV-1\u2069 {_SINCE}."
            ),
        ),
        (
            SLOT_OPENS,
            (
                "It opens on 1 October 2026, 72 months after the first day of the slot October 2020, "
                f"as REV-1 demands {_RULE}."
            ),
            (
                "تُفتح الدورة في 1 تشرين الأول/أكتوبر 2026، أي بعد مرور 72 شهراً على اليوم الأول من "
                f"الشهر المقرر، تشرين الأول/أكتوبر 2020، وفقاً للحكم \u2068REV-1\u2069 {_SINCE}."
            ),
        ),
        (
            PERIOD,
            (
                "It is due on 31 October 2026, which is the last day of the period 2026, "
                f"as REV-1 demands {_RULE}."
            ),
            (
                "يحل الموعد النهائي في 31 تشرين الأول/أكتوبر 2026، وهو اليوم الأخير من فترة "
                f"\u20682026\u2069، وفقاً للحكم \u2068REV-1\u2069 {_SINCE}."
            ),
        ),
        (
            PERIOD_OPENS,
            (
                "It opens on 1 January 2026, which is the first day of the period 2026, "
                f"as REV-1 demands {_RULE}."
            ),
            (
                "تُفتح الدورة في 1 كانون الثاني/يناير 2026، وهو اليوم الأول من فترة \u20682026\u2069، "
                f"وفقاً للحكم \u2068REV-1\u2069 {_SINCE}."
            ),
        ),
        (
            ASSUMED,
            (
                "It is due on 10 November 2026, 2 months after 10 November 2025, the day on which "
                f"“Working arrangements” is assumed to be completed, as REV-2 demands {_RULE}."
            ),
            (
                "يحل الموعد النهائي في 10 تشرين الثاني/نوفمبر 2026، أي بعد مرور شهرين على "
                "10 تشرين الثاني/نوفمبر 2025، وهو اليوم الذي يُفترض فيه إنجاز بند «ترتيبات العمل»، "
                f"وفقاً للحكم \u2068REV-2\u2069 {_SINCE}."
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
        (AnchorKind.DECISION_DUE, "d-1", "the day that decision d-1 names, 31 October 2026"),
        (AnchorKind.TERM_END, "seat-1-2025-01-01", "the last day of the term seat-1-2025-01-01, 31 October"),
    ],
)
def test_what_sets_a_duty_off_is_named(kind, anchor, because):
    step = replace(SLOT, anchor=anchor, anchor_kind=kind)
    assert because in sentence(step, "en", NAMES | {"council": {"en": "Council"}})


def test_a_standing_duty_says_that_it_has_no_date_and_when_it_was_last_done():
    names = {"council": {"en": "Council", "ar": "المجلس"}}
    met = Anchor(AnchorKind.MEETING, "council c-1", date(2026, 10, 31), "minutes")
    assert [standing_sentence(met, language, names) for language in ("en", "ar")] == [
        "No date has to be kept here. It was last done on 31 October 2026: Council c-1.",
        "لا موعد يتعين التقيد به هنا. وكان آخر تنفيذ في 31 تشرين الأول/أكتوبر 2026: المجلس \u2068c-1\u2069.",
    ]
    assert standing_sentence(None, "en") == "No date has to be kept here, and nothing about it is on record."


def test_an_id_without_a_name_stands_for_itself():
    assert "the last completion of “working-arrangements-review” on" in sentence(CEILING, "en")
    assert "«\u2068international-migration-review-forum 2026\u2069»" in sentence(TARGET, "ar")
