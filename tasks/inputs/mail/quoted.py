"""What of a reply its sender wrote, apart from the letter that their mail program put below it."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from quotequail import unwrap

_MOST_LINES = 1000  # the library takes a second for some 2,000 lines of headers
_MOST_HEADLINES = 12
_WRAPPED = 2  # lines that "On 8 October 2027, somebody wrote:" may take
_HEADLINE = re.compile(r"[:\uff1a]")
_IN_A_ROW = 3  # words that stand together in a letter of ours before they count as quoted from it
_BLANKS = str.maketrans("\u00a0\u202f\u2009", "   ")  # before a colon in French
_LINK = re.compile(r"<?(?:https?|mailto|tel):\S+")
_WORD = re.compile(r"\w+")


def split_reply(text: str, letters: Iterable[str]) -> tuple[str, str]:
    """Return what a sender wrote above a quotation, and this; where it is not certain, all and nothing.

    A quotation is certain if each of its lines is marked as quoted, or its words stand in one of our letters.
    So words that somebody wrote between the lines of our letter, or below it, are never in it.
    """
    text = text.strip()
    plain = text.translate(_BLANKS)
    if plain.count("\n") >= _MOST_LINES or not (found := unwrap(plain)):
        return text, ""
    own = found.get("text_top") or ""
    if not own or found.get("text_bottom") or not plain.startswith(own):
        return text, ""
    rest = plain[len(own) :]
    if not _is_quoted(rest, letters):
        return text, ""
    return text[: len(own)], text[len(own) :].strip()


def _is_quoted(rest: str, letters: Iterable[str]) -> bool:
    """Return whether nothing in a rest is its sender's: what says whom it quotes, then what is quoted."""
    lines = rest.strip().splitlines()
    headlines = next((n for n, line in enumerate(lines) if not line.strip() or line.startswith(">")), 0)
    if headlines > _MOST_HEADLINES or not all(map(_HEADLINE.search, lines[_WRAPPED:headlines])):
        return False
    unmarked = [line for line in lines[headlines:] if not line.startswith(">")]
    words = _words("\n".join(unmarked))
    return not words or any(_hold(_words(letter), words) for letter in letters)


def _hold(letter: list[str], words: list[str]) -> bool:
    """Return whether all these words stand in a letter in the same order, some of them together each time."""
    blocks = SequenceMatcher(None, letter, words, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size >= _IN_A_ROW) == len(words)


def _words(text: str) -> list[str]:
    return _WORD.findall(_LINK.sub(" ", text).casefold())
