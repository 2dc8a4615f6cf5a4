"""The text of a Word document, with its boxes ticked or not, and what is struck between two tildes."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import mammoth
import nh3

from input_packages.reading.previewing.preview import STRUCK, STRUCK_SAID, TICKED, UNTICKED, Preview
from input_packages.reading.previewing.word_rewriting import rewritten

_BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "table", "br"})
_TAGS = _BLOCKS | {"ul", "ol", "thead", "tbody", "td", "th", "strong", "em", "sup", "sub", "a", "s"}
# The only inputs in what mammoth writes: its text is escaped.
_BOX = re.compile(r"<input [^>]*>")


def preview_of_word(content: bytes, _longest: int) -> Preview:
    """Return the text and the form of a Word document, and what of it is not in them."""
    archive, left_out = rewritten(content)
    no_pictures = mammoth.images.img_element(lambda _image: {"src": ""})
    html = mammoth.convert_to_html(archive, convert_image=no_pictures).value
    clean = nh3.clean(
        _BOX.sub(lambda box: TICKED if "checked=" in box[0] else UNTICKED, html),
        tags=set(_TAGS),
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
    )
    struck = [STRUCK_SAID] if "<s>" in clean else []
    return Preview(text="\n".join(_lines_of(clean)), html=clean, left_out=(*struck, *left_out))


class _Lines(HTMLParser):
    """Text by lines: one for each paragraph, item and row; cells with a bar between them."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[list[str]] = [[]]
        self._in_row = False

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        if tag == "tr":
            self._in_row = True
        elif tag in {"td", "th"} and self.lines[-1]:
            self.lines[-1].append(" | ")
        elif tag == "s":
            self._begin_struck()

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr":
            self._in_row = False
        elif tag == "s":
            self.lines[-1].append(STRUCK)
        if tag in _BLOCKS:
            self.lines[-1:] = [[*self.lines[-1], " "]] if self._in_row else [self.lines[-1], []]

    def _begin_struck(self) -> None:
        """Go on with a passage that is struck and set in several ways, or begin one."""
        if self.lines[-1][-1:] == [STRUCK]:
            self.lines[-1].pop()
        else:
            self.lines[-1].append(STRUCK)

    def handle_data(self, data: str) -> None:
        self.lines[-1].append(data)


def _lines_of(html: str) -> Iterator[str]:
    reader = _Lines()
    reader.feed(html)
    yield from (line for parts in reader.lines if (line := " ".join("".join(parts).split())))
