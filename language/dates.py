"""Dates as United Nations documents write them. Calendar dates only; there is no time of day here."""

from datetime import date
from functools import lru_cache

from babel.dates import format_date as babel_format_date

from language.catalogues import english, spoken, translations

_ARABIC_MONTHS = (
    "كانون الثاني/يناير",
    "شباط/فبراير",
    "آذار/مارس",
    "نيسان/أبريل",
    "أيار/مايو",
    "حزيران/يونيه",
    "تموز/يوليه",
    "آب/أغسطس",
    "أيلول/سبتمبر",
    "تشرين الأول/أكتوبر",
    "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
)
_ENGLISH_DATE = "d MMMM y"
_DAY = english("%(weekday)s %(date)s")


@lru_cache(maxsize=4096)
def format_date(on: date, language: str) -> str:
    """Return the date in words: `10 November 2026`, `10 تشرين الثاني/نوفمبر 2026`.

    Arabic carries both names of the month and Latin digits; other languages follow the CLDR's long form.
    """
    language = spoken(language)
    if language == "ar":
        return f"{on.day} {format_month(on, language)}"
    return babel_format_date(on, _ENGLISH_DATE if language == "en" else "long", locale=language)


def format_day(on: date, language: str) -> str:
    """Return the date with its weekday: `Sat 5 September 2026`, `السبت 5 أيلول/سبتمبر 2026`."""
    weekday = babel_format_date(on, "EEE", locale=spoken(language))
    return translations(language).gettext(_DAY) % {"weekday": weekday, "date": format_date(on, language)}


def format_month(on: date, language: str) -> str:
    """Return the month of the date in words: `October 2026`, `تشرين الأول/أكتوبر 2026`."""
    language = spoken(language)
    if language == "ar":
        return f"{_ARABIC_MONTHS[on.month - 1]} {on.year}"
    return babel_format_date(on, "LLLL y", locale=language)
