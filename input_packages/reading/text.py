"""Plain text in whatever encoding it came: that of a BOM, UTF-8, or the likeliest of the old ones."""

import codecs

from charset_normalizer import from_bytes

# The encodings that texts in the six official languages were written in before UTF-8.
_OLD = ["cp1256", "iso8859_6", "cp1251", "koi8_r", "cp1252", "gb18030", "big5"]
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", *_OLD)  # all that a text may be decoded from


class NoTextError(ValueError):
    """The bytes are no text in any encoding that is expected here."""


def decoded(content: bytes) -> tuple[str, str]:
    """Return the text and the encoding it was read in (a name Python knows).

    Raises:
        NoTextError: no encoding makes text of it.
    """
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8")
    try:
        return _without_controls(content.decode(marked)), marked
    except UnicodeDecodeError:
        best = from_bytes(content, cp_isolation=_OLD).best()
    if best is None:
        raise NoTextError
    return _without_controls(str(best)), best.encoding


def _without_controls(text: str) -> str:
    if "\x00" in text:
        raise NoTextError
    return text.replace("\r\n", "\n").replace("\r", "\n")
