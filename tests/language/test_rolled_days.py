from dataclasses import replace

from language.rolled_days import remarks, remarks_on_due
from policies.calendar.working_days import RolledDay
from tests.days import day

CHRISTMAS = day("Fri 2026-12-25")
BEFORE = RolledDay(day("Fri 2026-12-04"), rolled_from=day("Sun 2026-12-06"), provisional=True)


def test_a_date_that_was_moved_says_from_where():
    assert list(remarks(CHRISTMAS, "en", provisional=False)) == [
        "moved from Friday, 25 December 2026: not a working day"
    ]
    assert list(remarks(CHRISTMAS, "ar", provisional=False)) == [
        "نُقل من الجمعة 25 كانون الأول/ديسمبر 2026 لأنه ليس يوم عمل"
    ]


def test_a_date_that_leans_on_provisional_holidays_says_so():
    assert list(remarks(None, "en", provisional=True)) == ["provisional"]
    assert list(remarks(None, "ar", provisional=True)) == ["مبدئي"]


def test_a_certain_working_day_needs_no_remark():
    assert list(remarks(None, "en", provisional=False)) == []


def test_a_due_date_on_a_day_off_shows_the_last_working_day_before_it():
    assert list(remarks_on_due(BEFORE, "en")) == [
        (
            "falls on a non-working day and does not move; the last working day before it is Friday, "
            "4 December 2026"
        ),
        "that working day depends on holidays not yet confirmed by a circular",
    ]
    assert list(remarks_on_due(BEFORE, "ar")) == [
        "يقع في يوم عطلة ولا يُنقل أبداً؛ وآخر يوم عمل قبله هو الجمعة 4 كانون الأول/ديسمبر 2026",
        "ويستند تحديد يوم العمل هذا إلى عطل لم يؤكدها تعميم إعلامي بعد",
    ]


def test_a_last_working_day_that_is_certain_says_no_more():
    assert len(list(remarks_on_due(replace(BEFORE, provisional=False), "en"))) == 1


def test_a_due_date_on_a_working_day_needs_no_remark():
    assert list(remarks_on_due(None, "en")) == []
