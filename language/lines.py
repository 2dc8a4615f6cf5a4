"""How running text is set in any script: white space, line ends, and how wide the letters stand.

Chinese has no spaces between words or sentences, and its letters stand two columns wide.
"""

import re
from functools import lru_cache
from unicodedata import category, combining, east_asian_width

_IDEOGRAPHS = "\u3000-\u303f\u4e00-\u9fff\uff01-\uff60"
_OPENING = "“（《【"
_CLOSING = "”）》】，。、；：？！"
_CUT = "\u200b"

# No-break spaces are left alone: French sets them before its colons and inside its quotation marks.
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
_NEEDLESS = re.compile(rf"([{_IDEOGRAPHS}])[^\S\u00a0\u202f]+(?=[^\s<-])")
# A line may end between two Chinese letters, not inside a date, before a closing mark, after an opening one.
_BETWEEN_LETTERS = re.compile(
    rf"(?:(?<=[{_IDEOGRAPHS}])(?=[^\s\d])|(?<=[^\s\d])(?=[{_IDEOGRAPHS}]))(?<![{_OPENING}])(?![{_CLOSING}])"
)
_PIECE = re.compile(rf"(?=[ {_CUT}])")
# A number and what it counts, and a month and its year, stay on one line.
_OF_ONE_PIECE = re.compile(r"(?<=\d) (?=[^\W\d])|(?<=[^\W\d]) (?=\d{4}\b)")
_NO_BREAK, _JOINED = "\u00a0", "\ue000"


def closed_up(text: str) -> str:
    """Return the text without the white space that templates leave after Chinese letters and full stops."""
    return _NEEDLESS.sub(r"\1", text)


def one_line(text: str) -> str:
    """Return the text as one line, with one space wherever there was white space."""
    return _SPACES.sub(" ", text).strip(" ")


def flowing(text: str) -> str:
    """Return running text as one line, with no space where its language writes none."""
    return closed_up(one_line(text))


def columns(text: str) -> int:
    """Return how wide the text stands in a plain font: Chinese letters two columns, marks none."""
    if text.isascii():
        return len(text)
    return sum(_columns_of(letter) for letter in text)


def _columns_of(letter: str) -> int:
    if combining(letter) or category(letter) == "Cf":
        return 0
    return 2 if east_asian_width(letter) in "WF" else 1


def kept_whole(text: str) -> str:
    """Return the text with no-break spaces inside its dates and after its numbers."""
    return _OF_ONE_PIECE.sub(_NO_BREAK, text)


@lru_cache(maxsize=4096)
def wrapped(text: str, width: int, bullet: str = "") -> str:
    """Return the text in lines of at most `width` columns, those after the first under the first word.

    No word and no date is cut, however long it is. Many letters say the same, so it is remembered.
    """
    joined = _OF_ONE_PIECE.sub(_JOINED, flowing(text))
    first, *others = _PIECE.split(_BETWEEN_LETTERS.sub(_CUT, joined))
    lines, indent = [bullet + first], " " * columns(bullet)
    for piece in others:
        words = piece.removeprefix(_CUT)
        if columns(lines[-1] + words) > width:
            lines.append(indent + words.lstrip(" "))
        else:
            lines[-1] += words
    return "\n".join(lines).replace(_JOINED, " ")
