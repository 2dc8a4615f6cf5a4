"""The files of a statement: HTML to read, PDF to file, XLSX to count with; the same facts, the same bytes."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

import typst
from jinja2 import FileSystemLoader
from xlsxwriter import Workbook

from language.dates import format_date
from language.environments import environment
from language.fonts import FAMILIES, font_folders
from tasks.statement.issue import Issue
from tasks.statement.paper import Cell, Paper, Sheet

_TEMPLATES = Path(__file__).parent / "templates"
_LONGEST_TAB = 31  # characters that spreadsheets allow for the name of a sheet
_WIDTHS = (14, 60)


def files_of(paper: Paper, issue: Issue) -> dict[str, bytes]:
    """Return the files of a statement in one language, by name."""
    return {
        issue.file(paper.language, kind): write(paper, issue.known_at) for kind, write in _WRITERS.items()
    }


def _html(paper: Paper, _known_at: datetime) -> bytes:
    made = environment(paper.language, FileSystemLoader(_TEMPLATES), escaped=True)
    made.tests["day"] = lambda value: isinstance(value, date)
    return made.get_template("statement.html").render(paper=paper).encode()


def _pdf(paper: Paper, known_at: datetime) -> bytes:
    """Typeset as PDF/A-2a and PDF/UA-1, with our own fonts only; a rule of either that is broken raises."""
    told = asdict(paper) | {"families": FAMILIES}
    for sheet in told["sheets"]:
        sheet["rows"] = [[_written(cell, paper.language) for cell in row] for row in sheet["rows"]]
    return bytes(
        typst.compile(
            str(_TEMPLATES / "statement.typ"),
            root=str(_TEMPLATES),
            font_paths=font_folders(),
            ignore_system_fonts=True,
            sys_inputs={"paper": json.dumps(told, ensure_ascii=False, default=str)},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(known_at.timestamp()),
        )
    )


def _written(cell: Cell, language: str) -> str:
    if cell is None:
        return "–"
    return format_date(cell, language) if isinstance(cell, date) else _plain(str(cell))


def _plain(text: str) -> str:
    """Return text without the marks of direction, which a typesetter sets by itself."""
    return text.translate(_MARKS)


_MARKS = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))


def _xlsx(paper: Paper, known_at: datetime) -> bytes:
    """Write a workbook in which no text is ever a formula or a link."""
    written = BytesIO()
    inert = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(written, {**inert, "in_memory": True}) as book:
        book.set_properties(
            {
                "title": _plain(paper.title),
                "author": "Mandate Keeper",
                "created": known_at.replace(tzinfo=None),
            }
        )
        formats = {"date": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})}
        formats["head"] = book.add_format({"bold": True, "bottom": 1})
        formats["text"] = book.add_format({"text_wrap": True, "valign": "top"})
        for sheet in paper.sheets:
            _tab(book, paper, sheet, formats)
    return written.getvalue()


def _tab(book: Any, paper: Paper, sheet: Sheet, formats: Mapping[str, Any]) -> None:  # noqa: ANN401 (untyped library)
    tab = book.add_worksheet(sheet.name[:_LONGEST_TAB])
    if paper.direction == "rtl":
        tab.right_to_left()
    heads = [paper.title, *paper.lines, *([sheet.note] if sheet.note else [])]
    for row, line in enumerate(heads):
        tab.write_string(row, 0, _plain(line))
    top = len(heads) + 1
    for column, name in enumerate(sheet.columns):
        tab.write_string(top, column, name, formats["head"])
        longest = max([len(name), *(len(str(row[column] or "")) for row in sheet.rows)])
        tab.set_column(column, column, min(max(longest + 2, _WIDTHS[0]), _WIDTHS[1]))
    for number, cells in enumerate(sheet.rows, start=top + 1):
        for column, cell in enumerate(cells):
            _cell(tab, number, column, cell, formats)
    if sheet.rows:
        tab.autofilter(top, 0, top + len(sheet.rows), len(sheet.columns) - 1)
        tab.freeze_panes(top + 1, 0)


def _cell(tab: Any, row: int, column: int, cell: Cell, formats: Mapping[str, Any]) -> None:  # noqa: ANN401 (untyped library)
    if isinstance(cell, date):
        tab.write_datetime(row, column, datetime.combine(cell, time()), formats["date"])
    elif isinstance(cell, int):
        tab.write_number(row, column, cell)
    elif cell is not None:
        tab.write_string(row, column, _plain(cell), formats["text"])


_WRITERS: Mapping[str, Callable[[Paper, datetime], bytes]] = {"html": _html, "pdf": _pdf, "xlsx": _xlsx}
