"""Which way a language runs, and how text that runs the other way is kept whole inside it.

Isolates are those of Unicode Standard Annex 9 (Unicode Bidirectional Algorithm).
"""

from collections.abc import Mapping
from functools import cache
from typing import Literal
from unicodedata import bidirectional

from babel import Locale

from language.catalogues import SOURCE, spoken

OPEN_ISOLATE = "\N{FIRST STRONG ISOLATE}"
CLOSE_ISOLATE = "\N{POP DIRECTIONAL ISOLATE}"
RIGHT_TO_LEFT = "\N{RIGHT-TO-LEFT MARK}"

_STRONG: dict[str, Literal["ltr", "rtl"]] = {"L": "ltr", "R": "rtl", "AL": "rtl"}

# A stray embedding or override inside a name would turn around the text that follows it.
_STRAY = dict.fromkeys(map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


@cache
def direction(language: str) -> Literal["ltr", "rtl"]:
    """Return the direction in which the language is written."""
    return "rtl" if Locale.parse(spoken(language)).text_direction == "rtl" else "ltr"


def without_marks(text: str) -> str:
    """Return the text without the invisible marks that turn text around."""
    return text.translate(_STRAY)


def way_of(text: str) -> Literal["ltr", "rtl"]:
    """Return which way the text runs by its first letter, as in FIRST STRONG ISOLATE; else left to right."""
    return next((_STRONG[kind] for kind in map(bidirectional, text) if kind in _STRONG), "ltr")


def isolate(text: str) -> str:
    """Return the text with its direction settled by itself alone: FIRST STRONG ISOLATE … POP."""
    return f"{OPEN_ISOLATE}{without_marks(text)}{CLOSE_ISOLATE}"


def inside(text: str, language: str) -> str:
    """Return an id or a name that may be in Latin letters, fit to stand in a sentence of `language`."""
    return isolate(text) if direction(language) == "rtl" else without_marks(text)


def said_in(language: str, words: Mapping[str, str]) -> str:
    """Return the words of `language`, else the English ones, fit to stand in a sentence of `language`."""
    found = words.get(spoken(language))
    return found or inside(words[SOURCE], language)
