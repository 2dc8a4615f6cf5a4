"""The short words of a package: what its dates, states and gaps are called in each language."""

from datetime import UTC, datetime

from babel import Locale

from input_packages.contents import PastCycle
from language.catalogues import english, english_plural, translations
from language.dates import format_date
from language.direction import inside
from language.durations import pluralise
from language.explanations import Names, named
from language.milestone_names import milestone_label
from language.state_names import state_name
from policies.recurrence.cycles import Basis

_DATES = {
    "opens_on": english("Opens"),
    "target_on": english("Internal target date"),
    "due_on": english("Due date"),
}
_BASES = {
    Basis.MANDATE: english("Required by the text"),
    Basis.HOUSE_PRACTICE: english("Internal practice"),
}
_LATE = english_plural("one day late", "%(num)s days late")
_LABELLED = english("%(label)s: %(value)s")
_INSTANT = english("%(date)s, %(time)s")
_COMPLETION = "completion of "  # how clocks name a completion that nobody has recorded
_UNKNOWN_COMPLETION = english("when “%(name)s” was last completed")
_UNKNOWN_EVENT = english("the dates of “%(name)s”")


def date_label(of: str, language: str) -> str:
    """Return what a date of the cycle or a milestone is called: `Inputs due`."""
    return translations(language).gettext(_DATES[of]) if of in _DATES else milestone_label(of, language)


def basis_label(basis: str, language: str) -> str:
    """Return whose number it is: `House practice`."""
    return translations(language).gettext(_BASES[Basis(basis)])


def state_label(cycle: PastCycle, language: str) -> str:
    """Return how a cycle ended: `Met late: 20 days late`."""
    state = state_name(cycle.state, language)
    if not cycle.days_late:
        return state
    late = pluralise(_LATE, cycle.days_late, language)
    return translations(language).gettext(_LABELLED) % {"label": state, "value": late}


def instant(at: datetime, language: str) -> str:
    """Return an aware instant in UTC: `23 November 2026, 07:15 UTC`."""
    at = at.astimezone(UTC)
    time = inside(f"{at:%H:%M} UTC", language)
    return translations(language).gettext(_INSTANT) % {"date": format_date(at.date(), language), "time": time}


def anchor_label(anchor: str, language: str, names: Names) -> str:
    """Return what is not known, for people: `the dates of “International Migration Review Forum 2030”`."""
    subject = anchor.removeprefix(_COMPLETION)
    pattern = _UNKNOWN_EVENT if subject == anchor else _UNKNOWN_COMPLETION
    return translations(language).gettext(pattern) % {"name": named(subject, language, names)}


def own_name(language: str) -> str:
    """Return what speakers of a language call it: `English`, `العربية`."""
    return Locale.parse(language).language_name or language
