from datetime import date

import pytest

from language.dates import format_date, format_day, format_month

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


def test_a_month_is_written_without_its_day():
    assert format_month(date(2026, 10, 31), "en") == "October 2026"


def test_days_carry_their_weekday():
    on = date(2026, 9, 5)
    assert format_day(on, "en") == "Sat 5 September 2026"
    assert format_day(on, "ar") == "السبت 5 أيلول/سبتمبر 2026"


def test_a_language_without_a_catalogue_gets_english_dates():
    assert format_date(date(2026, 11, 10), "tlh") == "10 November 2026"
