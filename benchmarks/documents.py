"""Documents as contributors send them, and what their libraries alone make of them."""

from collections.abc import Callable, Mapping
from io import BytesIO

import docx
import mammoth
import openpyxl
import pikepdf
import pypdfium2

TEXT = "The Network should meet earlier in the year, and publish what it decides within two weeks. " * 20
_PARAGRAPHS, _PAGES, _ROWS = 10, 5, 200


def word() -> bytes:
    """Return a Word document of ten paragraphs."""
    made, written = docx.Document(), BytesIO()
    for _ in range(_PARAGRAPHS):
        made.add_paragraph(TEXT)
    made.save(written)
    return written.getvalue()


def pdf() -> bytes:
    """Return a PDF of five pages with a line of text each."""
    made, written = pikepdf.new(), BytesIO()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    for _ in range(_PAGES):
        page = made.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = made.make_stream(f"BT /F1 8 Tf 40 800 Td ({TEXT[:90]}) Tj ET".encode())
    made.save(written)
    return written.getvalue()


def excel() -> bytes:
    """Return a workbook of two hundred rows."""
    made, written = openpyxl.Workbook(), BytesIO()
    for number in range(_ROWS):
        made.active.append([number, "a region", "a figure", number * 1.5])
    made.save(written)
    return written.getvalue()


def text() -> bytes:
    """Return a plain text."""
    return TEXT.encode()


def _word_alone(content: bytes) -> object:
    return mammoth.convert_to_html(BytesIO(content)).value


def _pdf_alone(content: bytes) -> object:
    with pikepdf.open(BytesIO(content)) as opened:
        list(opened.objects)
    document = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_range() for page in document]


def _excel_alone(content: bytes) -> object:
    return [[*sheet.values] for sheet in openpyxl.load_workbook(BytesIO(content), data_only=True)]


ALONE: Mapping[Callable[[], bytes], Callable[[bytes], object]] = {
    word: _word_alone,
    pdf: _pdf_alone,
    excel: _excel_alone,
    text: bytes.decode,
}
"""How each document is made, and how its library alone reads it."""
