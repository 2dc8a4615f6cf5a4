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
# Patterns of the CLDR. Arabic is not among them: it carries both names of the month.
_DATES = {
    "en": "d MMMM y",
    "es": "d 'de' MMMM 'de' y",
    "fr": "d MMMM y",
    "ru": "d MMMM y 'года'",
    "zh": "y年M月d日",
}
_MONTHS = {
    "en": "LLLL y",
    "es": "LLLL 'de' y",
    "fr": "LLLL y",
    "ru": "LLLL y 'года'",
    "zh": "y年M月",
}
_FIRST_OF_MONTH = {"fr": "1'er' MMMM y"}
_DAY = english("%(weekday)s, %(date)s")


@lru_cache(maxsize=4096)
def format_date(on: date, language: str) -> str:
    """Return the date in words: `10 November 2026`, `1er octobre 2026`, `10 تشرين الثاني/نوفمبر 2026`.

    Arabic carries both names of the month and Latin digits. Figures show no case, so a Russian date may
    follow any preposition that a day takes. A language without a pattern here follows the CLDR's long form.
    """
    language = spoken(language)
    if language == "ar":
        return f"{on.day} {format_month(on, language)}"
    pattern = _DATES.get(language, "long")
    if on.day == 1:
        pattern = _FIRST_OF_MONTH.get(language, pattern)
    return babel_format_date(on, pattern, locale=language)


def format_day(on: date, language: str) -> str:
    """Return the date with its weekday: `Saturday, 5 September 2026`, `2026年9月5日星期六`.

    The weekday is in the nominative: a Russian sentence sets it apart with a colon or a dash.
    """
    language = spoken(language)
    weekday = babel_format_date(on, "EEEE", locale=language)
    return translations(language).gettext(_DAY) % {"weekday": weekday, "date": format_date(on, language)}


def format_month(on: date, language: str) -> str:
    """Return the month of the date in words: `October 2026`, `октябрь 2026 года`.

    The month is in the nominative: a Russian or French sentence puts it into brackets.
    """
    language = spoken(language)
    if language == "ar":
        return f"{_ARABIC_MONTHS[on.month - 1]} {on.year}"
    return babel_format_date(on, _MONTHS.get(language, "LLLL y"), locale=language)
