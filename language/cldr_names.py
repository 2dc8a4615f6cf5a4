"""What the CLDR calls time zones and languages, in each language."""

from collections.abc import Iterable

from babel import Locale
from babel.dates import get_timezone, get_timezone_name
from babel.lists import format_list


def zone_name(zone: str, language: str) -> str:
    """Return what a time zone (IANA name) is called, winter or summer: `Central European Time`."""
    return get_timezone_name(get_timezone(zone), zone_variant="generic", locale=language)


def languages_named(codes: Iterable[str], language: str) -> str:
    """Return a list of languages, for any of them: `English, Arabic or French`."""
    names = Locale.parse(language).languages
    return format_list([names[code] for code in codes], style="or", locale=language)
