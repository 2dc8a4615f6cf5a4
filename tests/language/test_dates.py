from datetime import date

import pytest

from language.dates import format_date, format_day, format_month
from tests.days import day

ARABIC = (
    "10 كانون الثاني/يناير 2026",
    "10 شباط/فبراير 2026",
    "10 آذار/مارس 2026",
    "10 نيسان/أبريل 2026",
    "10 أيار/مايو 2026",
    "10 حزيران/يونيه 2026",
    "10 تموز/يوليه 2026",
    "10 آب/أغسطس 2026",
    "10 أيلول/سبتمبر 2026",
    "10 تشرين الأول/أكتوبر 2026",
    "10 تشرين الثاني/نوفمبر 2026",
    "10 كانون الأول/ديسمبر 2026",
)


@pytest.mark.parametrize(("month", "written"), list(enumerate(ARABIC, start=1)))
def test_arabic_dates_carry_both_names_of_the_month(month, written):
    assert format_date(date(2026, month, 10), "ar") == written
    assert format_month(date(2026, month, 10), "ar") == written.removeprefix("10 ")


@pytest.mark.parametrize(
    ("on", "written"),
    [
        (date(2026, 11, 10), "10 November 2026"),
        (date(2028, 2, 29), "29 February 2028"),
        (date(2026, 1, 1), "1 January 2026"),
    ],
)
def test_english_dates_are_day_month_year(on, written):
    assert format_date(on, "en") == written


@pytest.mark.parametrize(
    ("written", "french", "spanish", "russian", "chinese"),
    [
        (
            "Thu 2026-10-01",
            "1er octobre 2026",
            "1 de octubre de 2026",
            "1 октября 2026 года",
            "2026年10月1日",
        ),
        (
            "Tue 2026-11-10",
            "10 novembre 2026",
            "10 de noviembre de 2026",
            "10 ноября 2026 года",
            "2026年11月10日",
        ),
        (
            "Tue 2028-02-29",
            "29 février 2028",
            "29 de febrero de 2028",
            "29 февраля 2028 года",
            "2028年2月29日",
        ),
        ("Sat 2026-08-01", "1er août 2026", "1 de agosto de 2026", "1 августа 2026 года", "2026年8月1日"),
        (
            "Mon 2026-12-21",
            "21 décembre 2026",
            "21 de diciembre de 2026",
            "21 декабря 2026 года",
            "2026年12月21日",
        ),
        ("Fri 2026-05-08", "8 mai 2026", "8 de mayo de 2026", "8 мая 2026 года", "2026年5月8日"),
    ],
)
def test_dates_are_those_of_united_nations_documents(written, french, spanish, russian, chinese):
    said = [format_date(day(written), language) for language in ("fr", "es", "ru", "zh")]
    assert said == [french, spanish, russian, chinese]


@pytest.mark.parametrize(
    ("language", "month"),
    [
        ("en", "October 2026"),
        ("ar", "تشرين الأول/أكتوبر 2026"),
        ("fr", "octobre 2026"),
        ("es", "octubre de 2026"),
        ("ru", "октябрь 2026 года"),
        ("zh", "2026年10月"),
    ],
)
def test_a_month_is_written_without_its_day(language, month):
    assert format_month(day("Sat 2026-10-31"), language) == month


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Saturday, 5 September 2026"),
        ("ar", "السبت 5 أيلول/سبتمبر 2026"),
        ("fr", "samedi 5 septembre 2026"),
        ("es", "sábado 5 de septiembre de 2026"),
        ("ru", "суббота, 5 сентября 2026 года"),
        ("zh", "2026年9月5日星期六"),
    ],
)
def test_days_carry_their_weekday(language, said):
    assert format_day(day("Sat 2026-09-05"), language) == said


def test_a_language_without_a_catalogue_gets_english_dates():
    assert format_date(date(2026, 11, 10), "tlh") == "10 November 2026"
