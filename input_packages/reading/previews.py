"""A preview of each kind: its text, for people who only want to read. The original stays the record.

Everything here runs in the child process, on files that have already been looked into.
"""

from collections.abc import Callable, Iterable, Mapping
from html.parser import HTMLParser
from itertools import islice
from pathlib import Path
from typing import Any, Final

import mammoth
import nh3
import openpyxl
import pypdfium2
from pydantic import BaseModel, ConfigDict

from input_packages.reading.signatures import Kind
from input_packages.reading.text import decoded

_ROWS, _COLUMNS = 2000, 50  # of a sheet; more is no text to read
_BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "table", "br"})
_TAGS = _BLOCKS | {"ul", "ol", "thead", "tbody", "td", "th", "strong", "em", "sup", "sub", "a"}


class Preview(BaseModel):
    """What can be read of a file. `html` only where the file has a form worth showing; `cut` when too long.

    `encoding` is that of plain text, `pages` the number a PDF has.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    text: str
    html: str | None = None
    encoding: str | None = None
    pages: int | None = None
    cut: bool = False


def preview_of(file: Path, kind: Kind, longest: int) -> Preview:
    """Return the preview of a file, with at most `longest` characters of text.

    Raises:
        Exception: whatever a converter raises on a file that is not what it seems.
    """
    made = _MAKERS[kind](file)
    if len(made.text) <= longest and len(made.html or "") <= 4 * longest:
        return made
    return made.model_copy(update={"text": made.text[:longest], "html": None, "cut": True})


def _word(file: Path) -> Preview:
    with file.open("rb") as stream:
        no_pictures = mammoth.images.img_element(lambda _image: {"src": ""})
        html = mammoth.convert_to_html(stream, convert_image=no_pictures).value
    clean = nh3.clean(
        html, tags=set(_TAGS), attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}
    )
    return Preview(text=_lines_of(clean), html=clean)


def _excel(file: Path) -> Preview:
    with file.open("rb") as stream:  # given a name, openpyxl would judge the file by its ending
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        return Preview(text="\n".join(line for sheet in book.worksheets for line in _sheet(sheet)))


def _sheet(sheet: Any) -> Iterable[str]:  # noqa: ANN401 (openpyxl has no types)
    yield sheet.title
    for row in islice(sheet.iter_rows(max_col=_COLUMNS, values_only=True), _ROWS):
        cells = ["" if value is None else str(value) for value in row]
        if any(cells):
            yield " | ".join(cells).rstrip(" |")


def _pdf(file: Path) -> Preview:
    document = pypdfium2.PdfDocument(file)
    try:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return Preview(text="\n".join(texts).replace("\r\n", "\n"), pages=len(texts))


def _text(file: Path) -> Preview:
    content = file.read_bytes()
    text, encoding = decoded(content)
    return Preview(text=text, encoding=encoding)


_MAKERS: Final[Mapping[Kind, Callable[[Path], Preview]]] = {
    Kind.WORD: _word,
    Kind.EXCEL: _excel,
    Kind.PDF: _pdf,
    Kind.TEXT: _text,
}


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

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr":
            self._in_row = False
        if tag in _BLOCKS:
            self.lines[-1:] = [[*self.lines[-1], " "]] if self._in_row else [self.lines[-1], []]

    def handle_data(self, data: str) -> None:
        self.lines[-1].append(data)


def _lines_of(html: str) -> str:
    reader = _Lines()
    reader.feed(html)
    return "\n".join(line for parts in reader.lines if (line := " ".join("".join(parts).split())))
