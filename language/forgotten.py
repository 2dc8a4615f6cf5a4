"""That something is forgotten, in the reader's language: it stands where a name or somebody's words were."""

import re
from datetime import date

from language.catalogues import english, translations
from language.dates import format_date

_KEPT = re.compile(r"forgotten on ([0-9]{4}-[0-9]{2}-[0-9]{2})")  # as records/personal/wallet.py writes it
_FORGOTTEN = english("forgotten on %(date)s")


def forgotten_in(text: str, language: str) -> str:
    """Return a text in which the record's word for what is forgotten is in a language.

    >>> forgotten_in("from forgotten on 2027-03-01:", "fr")
    'from données effacées le 1er mars 2027:'
    """
    if "forgotten on " not in text:
        return text
    say = translations(language).gettext(_FORGOTTEN)
    return _KEPT.sub(lambda found: say % {"date": _in_words(found[1], language)}, text)


def _in_words(kept: str, language: str) -> str:
    try:
        return format_date(date.fromisoformat(kept), language)
    except ValueError:
        return kept
