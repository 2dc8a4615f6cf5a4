"""What a cycle is called for people: the year or the word it is known by, and never the key of its row."""

import re
from datetime import date

from language.catalogues import english, translations
from language.dates import format_date

_SINCE = re.compile(r"since-(\d{4}-\d\d-\d\d)")
_COUNTED = english("since %(date)s")
STANDING = "standing"


def cycle_name(name: str, language: str) -> str:
    """Return what people call a cycle, from its name or its key: `2026`, `since 10 November 2025`.

    The one cycle of a standing duty has no name: a dash.
    """
    own = name.rpartition("/")[2]
    if found := _SINCE.fullmatch(own):
        on = format_date(date.fromisoformat(found[1]), language)
        return translations(language).gettext(_COUNTED) % {"date": on}
    return "\N{EM DASH}" if own == STANDING else own
