"""Names and subjects as they stand in a header, so that they are read as exactly what was meant.

What is plain and fits on its line stands as it is (RFC 5322). Everything else is encoded words of UTF-8
alone (RFC 2047): a reader joins those that stand side by side and drops the white space between them, so
every blank is inside one. Where a header may be folded its value has a single blank.
"""

import re
from collections.abc import Iterator, Sequence
from email.charset import Charset
from email.headerregistry import Address
from functools import lru_cache
from itertools import chain, repeat

LINE = 76
"""Characters of a line that has an encoded word (RFC 2047, section 2)."""
_LONGEST_WORD = 75
_UTF8 = Charset("utf-8")  # whichever of the encodings B and Q is shorter; its Q may stand in a name
_ATOMS = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+( [\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)
_LIKE_ENCODED = "=?"
_FOLD = "\r\n "


@lru_cache(maxsize=4096)
def text_value(header: str, text: str) -> str:
    """Return the value of a header of running text, folded; `text` is one line without control characters."""
    words = text.split(" ")
    fits = all(len(word) < LINE - len(header) - 2 for word in words)
    plain = text.isascii() and _LIKE_ENCODED not in text and "  " not in text and fits
    return _folded(header, words if plain else _encoded(text, len(header) + 2))


def people_value(header: str, people: Sequence[Address]) -> str:
    """Return the value of a header that names people, folded."""
    first, *others = people
    pieces = list(_person(first, len(header) + 2))
    for other in others:
        pieces[-1] += ","
        pieces += _person(other, 1)
    return _folded(header, pieces)


def _person(person: Address, before: int) -> Iterator[str]:
    """Yield the words of a name, then the address, between which the line may end."""
    name, address = person.display_name, person.addr_spec
    if not name:
        yield address
        return
    yield from _phrase(name, before)
    yield f"<{address}>"


def _phrase(name: str, before: int) -> Sequence[str]:
    """Return a name as one piece where it is plain and short, else as encoded words."""
    plain = name.isascii() and _LIKE_ENCODED not in name
    written = name if _ATOMS.fullmatch(name) else _quoted(name)
    return [written] if plain and before + len(written) <= LINE else _encoded(name, before)


def _quoted(name: str) -> str:
    return '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'


def _encoded(text: str, before: int) -> list[str]:
    """Return encoded words; the first leaves room for what stands before it on its line."""
    lengths = chain([LINE - before], repeat(_LONGEST_WORD))
    return [word for word in _UTF8.header_encode_lines(text, lengths) if word]


def _folded(header: str, pieces: Sequence[str]) -> str:
    """Return the pieces with a blank between two; a line ends before the piece that is too long for it."""
    lines, room = [""], LINE - len(header) - 2
    for piece in pieces:
        joined = f"{lines[-1]} {piece}" if lines[-1] else piece
        if len(joined) <= room or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(piece)
            room = LINE - 1
    return _FOLD.join(lines)
