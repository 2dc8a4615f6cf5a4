"""A preview of each kind: its text, for people who only want to read. The original stays the record.

Everything here runs in the child process, on files that have already been looked into.
"""

from collections.abc import Callable, Mapping
from html import escape
from typing import Final

from input_packages.reading.previewing.open_text import preview_of_odt
from input_packages.reading.previewing.pdf_text import preview_of_pdf
from input_packages.reading.previewing.preview import Preview
from input_packages.reading.previewing.slides import preview_of_slides
from input_packages.reading.previewing.word import preview_of_word
from input_packages.reading.previewing.workbook import preview_of_workbook
from input_packages.reading.signatures import Kind
from input_packages.reading.text import decoded


def preview_of(content: bytes, kind: Kind, longest: int) -> Preview:
    """Return the preview of a file, with at most `longest` characters of text. What it leaves out, it says.

    Raises:
        Exception: whatever a converter raises on a file that is not what it seems.
    """
    made = _MAKERS[kind](content, longest)
    said = "".join(f"[{sentence}]\n" for sentence in made.left_out)
    if len(said) + len(made.text) > longest or len(made.html or "") > 4 * longest:
        return _cut(made, said, longest)
    shown = made.html and "".join(f"<p>[{escape(s)}]</p>" for s in made.left_out) + made.html
    return made.model_copy(update={"text": said + made.text, "html": shown})


def _cut(made: Preview, said: str, longest: int) -> Preview:
    cut = "The text is longer than can be shown here: its end is left out."
    text = f"[{cut}]\n{said}{made.text}"[:longest]
    return made.model_copy(
        update={"text": text, "html": None, "cut": True, "left_out": (cut, *made.left_out)}
    )


def _text(content: bytes, _longest: int) -> Preview:
    text, encoding = decoded(content)
    return Preview(text=text, encoding=encoding)


_MAKERS: Final[Mapping[Kind, Callable[[bytes, int], Preview]]] = {
    Kind.WORD: preview_of_word,
    Kind.EXCEL: preview_of_workbook,
    Kind.POWERPOINT: preview_of_slides,
    Kind.ODT: preview_of_odt,
    Kind.PDF: preview_of_pdf,
    Kind.TEXT: _text,
}
