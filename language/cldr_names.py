"""What the CLDR knows of each language: its names of time zones and languages, and how it lists."""

from collections.abc import Iterable
from typing import Literal

from babel import Locale
from babel.dates import get_timezone, get_timezone_name
from babel.lists import format_list

# The United Nations write no comma before "and" or "or".
_OF_LISTS = {"en": "en_GB"}


def zone_name(zone: str, language: str) -> str:
    """Return what a time zone (IANA name) is called, winter or summer: `Central European Time`."""
    return get_timezone_name(get_timezone(zone), zone_variant="generic", locale=language)


def languages_named(codes: Iterable[str], language: str) -> str:
    """Return a list of languages by the alphabet, for any of them: `Arabic, English or French`."""
    names = Locale.parse(language).languages
    return listed(sorted(names[code] for code in codes), language, style="or")


def listed(words: Iterable[str], language: str, style: Literal["standard", "or"] = "standard") -> str:
    """Return words as a list of them all, `A, B and C`, or of any of them, `A, B or C`."""
    return format_list([*words], style=style, locale=_OF_LISTS.get(language, language))
