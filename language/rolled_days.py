"""What is said beside a date that was moved to a working day, or that falls on a day off."""

from collections.abc import Iterator
from datetime import date

from language.catalogues import english, translations
from language.dates import format_day
from policies.calendar.working_days import RolledDay

_MOVED = english("moved from %(date)s: not a working day")
_PROVISIONAL = english("provisional")
_LAST = english("falls on a non-working day and does not move; the last working day before it is %(date)s")

WHY_PROVISIONAL = english(
    "A provisional date depends on holidays that have not yet been confirmed by a circular, and may move."
)
_LAST_PROVISIONAL = english("that working day depends on holidays not yet confirmed by a circular")


def remarks(rolled_from: date | None, language: str, *, provisional: bool) -> Iterator[str]:
    """Yield from which day a date was moved, and that it is provisional; why, `WHY_PROVISIONAL` says."""
    say = translations(language).gettext
    if rolled_from:
        yield say(_MOVED) % {"date": format_day(rolled_from, language)}
    if provisional:
        yield say(_PROVISIONAL)


def remarks_on_due(last_working_day: RolledDay | None, language: str) -> Iterator[str]:
    """Yield the last working day before a due date that falls on a day off."""
    if last_working_day:
        say = translations(language).gettext
        yield say(_LAST) % {"date": format_day(last_working_day.on, language)}
        if last_working_day.provisional:
            yield say(_LAST_PROVISIONAL)
