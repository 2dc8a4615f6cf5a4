"""Lengths of time and distances to a day, with the plural forms of each language."""

from datetime import date

from language.catalogues import english_plural, translations
from policies.calendar.counting import Unit

_DURATIONS = {
    Unit.DAYS: english_plural("one day", "%(num)s days"),
    Unit.WEEKS: english_plural("one week", "%(num)s weeks"),
    Unit.MONTHS: english_plural("one month", "%(num)s months"),
    Unit.WORKING_DAYS: english_plural("one working day", "%(num)s working days"),
}
_AHEAD = english_plural("in one day", "in %(num)s days")
_AGO = english_plural("one day ago", "%(num)s days ago")


def duration(count: int, unit: Unit, language: str) -> str:
    """Return `12 months`, `12 شهراً`; in Arabic in the case that follows a preposition."""
    return pluralise(_DURATIONS[unit], count, language)


def distance(on: date, as_of: date, language: str) -> str:
    """Return how far `on` is from `as_of`: `in 14 days`, `today`, `13 days ago`."""
    days = (on - as_of).days
    if not days:
        return translations(language).gettext("today")
    return pluralise(_AHEAD if days > 0 else _AGO, abs(days), language)


def pluralise(forms: tuple[str, str], count: int, language: str) -> str:
    """Return the form that goes with `count`, with `%(num)s` filled in."""
    return translations(language).ngettext(*forms, count) % {"num": count}
