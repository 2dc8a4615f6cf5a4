"""The files of a statement: text stays text, the PDF is tagged and archivable, the bytes are the same."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from tasks.statement.files import files_of
from tasks.statement.issue import Issue
from tasks.statement.paper import Paper, Sheet

ISSUE = Issue("2026-10", 1, datetime(2026, 11, 1, 6, tzinfo=UTC))
EVIL = '=HYPERLINK("https://elsewhere.example","click")'
PAPER = Paper(
    language="en",
    direction="ltr",
    title="Statement of mandates as of 31 October 2026",
    institution="Harbour Commission",
    lines=["For the harbour master."],
    sheets=[
        Sheet(
            "Findings",
            "A note.",
            ["About", "Found"],
            [[EVIL, "#strong[not *bold*] $x$ <b>plain</b>"], ["-1+1", "@SUM(A1)"]],
        ),
        Sheet(
            "Coming", "", ["Day", "What", "Number", "Nothing"], [[date(2026, 11, 10), "Pilotage", 7, None]]
        ),
    ],
)
ARABIC = replace(
    PAPER, language="ar", direction="rtl", title="بيان بحالة الولايات", institution="لجنة الميناء"
)
CHINESE = replace(PAPER, language="zh", title="任务说明", institution="港口委员会")


@pytest.mark.parametrize("paper", [PAPER, ARABIC, CHINESE], ids=lambda paper: paper.language)
def test_the_same_statement_is_the_same_bytes(paper):
    assert files_of(paper, ISSUE) == files_of(paper, ISSUE)


@pytest.mark.parametrize("paper", [PAPER, ARABIC, CHINESE], ids=lambda paper: paper.language)
def test_the_pdf_is_tagged_archivable_and_can_be_searched(paper):
    content = files_of(paper, ISSUE)[ISSUE.file(paper.language, "pdf")]
    pdf = PdfReader(BytesIO(content))
    root: Any = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == paper.language
    assert b"pdfaid:part" in content
    assert b"pdfuaid:part" in content
    text = "".join(page.extract_text() for page in pdf.pages)
    assert "Harbour" in text or paper.language != "en"
    assert "https://elsewhere.example" in text.replace("\n", "")


def test_no_cell_of_the_workbook_is_a_formula_or_a_link():
    book = load_workbook(BytesIO(files_of(PAPER, ISSUE)[ISSUE.file("en", "xlsx")]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert [cell.value for cell in cells if cell.hyperlink] == []
    assert EVIL in [cell.value for cell in cells]


def test_words_in_the_page_are_never_markup():
    page = files_of(PAPER, ISSUE)[ISSUE.file("en", "html")].decode()
    assert "<b>plain</b>" not in page
    assert "&lt;b&gt;plain&lt;/b&gt;" in page
    assert "<script" not in page
