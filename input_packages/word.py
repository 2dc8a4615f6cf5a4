"""The package for editing: a Word document, on the house's own template where the pack has one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, Final

import docx
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_DIRECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from input_packages.blocks import (
    Bullets,
    Definitions,
    Document,
    Heading,
    Lines,
    Paragraph,
    Quotation,
    Run,
    Style,
    Table,
    Tally,
    Text,
    Way,
)
from input_packages.packing import NONSENSE
from input_packages.speech import plain
from input_packages.typeset import dated
from input_packages.word_directions import direct, direct_styles, fit, turn_table, unhung
from input_packages.word_template import COLOURS, STYLES, house_template, saved

_PAGE = Mm(170)  # the width between the margins of the house template


class UnfitTemplateError(LookupError):
    """The house template lacks a style that documents are written in."""


def worded(document: Document, at: datetime | None, template: bytes | None = None) -> bytes:
    """Return the document as a Word file that bears the instant `at`.

    Raises:
        UnfitTemplateError: the template is no Word document, or lacks a style.
    """
    made = _opened(template or house_template())
    direct_styles(made, STYLES, document.language, document.direction)
    _describe(made, document, at)
    writer = _Writer(made, document.direction)
    writer.paragraph(document.institution, "Normal", bold=True)
    writer.paragraph((Run(document.kind, Style.SOFT),), "Normal")
    writer.paragraph(document.title, "Title")
    writer.paragraph(document.cycle, "Normal")
    writer.paragraph(document.edition, "Normal")
    for section in document.sections:
        writer.paragraph((Run(section.title),), "Heading 1")
        for block in section.blocks:
            _WRITERS[block.block](writer, block)
    writer.paragraph((Run(document.footer, Style.SOFT),), "Normal")
    return saved(made)


@dataclass(frozen=True, slots=True)
class _Writer:
    made: WordDocument
    way: Way

    def paragraph(self, text: Text, style: str, *, bold: bool = False) -> WordParagraph:
        """Write a paragraph."""
        written = self.made.add_paragraph(style=style)
        self.runs(written, text, bold=bold)
        return written

    def runs(self, written: WordParagraph, text: Text, *, bold: bool = False) -> None:
        """Write text into a paragraph."""
        for run in unhung(text):
            added = written.add_run(fit(run, self.way))
            if bold or run.style in (Style.STRONG, Style.ALERT):
                added.bold = True
            if colour := COLOURS.get(Style.SOFT if run.style is Style.ABSENT else run.style):
                added.font.color.rgb = RGBColor.from_string(colour)
            direct(added, run, self.way)

    def cell(self, cell: Any, lines: Lines, *, bold: bool = False) -> None:  # noqa: ANN401 (a cell of python-docx)
        """Write lines into a cell, each as a paragraph of its own."""
        for at, line in enumerate(lines):
            written = cell.paragraphs[0] if not at else cell.add_paragraph()
            written.paragraph_format.space_after = Pt(2)
            self.runs(written, line, bold=bold and not at)

    def grid(self, widths: tuple[int, ...]) -> Any:  # noqa: ANN401 (a table of python-docx)
        """Start a table."""
        table = self.made.add_table(rows=0, cols=len(widths), style="Table Grid")
        table.autofit = False
        for column, share in zip(table.columns, widths, strict=True):
            column.width = _PAGE * share // sum(widths)
        if self.way == "rtl":
            table.table_direction = WD_TABLE_DIRECTION.RTL
            turn_table(table)
        return table

    def row(self, table: Any, cells: list[Lines], bold: frozenset[int]) -> Any:  # noqa: ANN401 (the same)
        """Write one row, with the cells at `bold` in bold."""
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for at, (cell, lines) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = table.columns[at].width
            self.cell(cell, lines, bold=at in bold)
        return row


def _paragraph(writer: _Writer, it: Paragraph) -> None:
    style = {"alert": "Intense Quote", "plain": "Normal"}.get(it.look, "Caption")
    writer.paragraph(it.text, style)


def _heading(writer: _Writer, it: Heading) -> None:
    writer.paragraph(it.text, "Heading 2")


def _bullets(writer: _Writer, it: Bullets) -> None:
    for first, *more in it.items:
        written = writer.paragraph(first, "List Number" if it.numbered else "List Bullet")
        for line in more:
            written.add_run().add_break()
            writer.runs(written, line)


def _definitions(writer: _Writer, it: Definitions) -> None:
    table = writer.grid((2, 5))
    for named, said in it.rows:
        writer.row(table, [(named,), (said,)], frozenset({0}))


def _tally(writer: _Writer, it: Tally) -> None:
    table = writer.grid((1,) * len(it.figures))
    cells: list[Lines] = [(figure.number, figure.counts) for figure in it.figures]
    writer.row(table, cells, frozenset(range(len(cells))))


def _quotation(writer: _Writer, it: Quotation) -> None:
    way = it.direction if it.direction != writer.way else None
    written = writer.paragraph((Run(it.text, direction=way, language=it.language),), "Quote")
    if way:
        bidi = OxmlElement("w:bidi")
        bidi.set(qn("w:val"), "1" if way == "rtl" else "0")
        written.paragraph_format.element.get_or_add_pPr().append(bidi)


def _table(writer: _Writer, it: Table) -> None:
    writer.paragraph((Run(it.caption),), "Caption").paragraph_format.keep_with_next = True
    table = writer.grid(it.widths)
    heads: list[Lines] = [((Run(column),),) for column in it.columns]
    head = writer.row(table, heads, frozenset(range(len(heads))))
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    rows = [writer.row(table, list(row.cells), frozenset({row.heading})) for row in it.rows]
    # No page ends after the head of a table or its first row alone, or begins with its last one alone.
    for row in (head, *rows[:1], *rows[-2:-1]):
        for written in (each for cell in row.cells for each in cell.paragraphs):
            written.paragraph_format.keep_with_next = True


_WRITERS: Final[Mapping[str, Callable[[_Writer, Any], None]]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "bullets": _bullets,
    "definitions": _definitions,
    "tally": _tally,
    "quotation": _quotation,
    "table": _table,
}


def _opened(template: bytes) -> WordDocument:
    try:
        made = docx.Document(BytesIO(template))
    except (*NONSENSE, SyntaxError) as error:  # the latter is how lxml says that XML is none
        raise UnfitTemplateError("house.docx: not a Word document (.docx)") from error
    known = {style.name for style in made.styles}
    if lacking := [name for name in STYLES if name not in known]:
        raise UnfitTemplateError(
            f"house.docx: lacks the styles {', '.join(lacking)}; "
            "to start from a fit one: mandates package template"
        )
    return made


def _describe(made: WordDocument, document: Document, at: datetime | None) -> None:
    about = made.core_properties
    about.title, about.author = document.plain_title, plain(document.institution)
    about.language, about.last_modified_by, about.revision = document.language, about.author, 1
    about.comments, about.keywords = "", ""
    about.created = about.modified = dated(at).replace(tzinfo=None)
