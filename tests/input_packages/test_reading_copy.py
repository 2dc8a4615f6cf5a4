"""The package with its annexes behind it."""

from io import BytesIO

import pikepdf
import pytest

from input_packages.documents import document
from input_packages.reading_copy import Attached, reading_copy
from tests.input_packages.examples import ATTACHED, BARE, FULL
from tests.input_packages.reading.previewing.test_pdf_text import field, form
from tests.input_packages.test_typeset import text


@pytest.fixture(scope="module", params=["en", "ar"])
def copy(request) -> bytes:
    return reading_copy(document(FULL, request.param), FULL, ATTACHED)


def test_every_annex_starts_where_its_label_says(copy):
    with pikepdf.open(BytesIO(copy)) as pdf:
        labels = [page.label for page in pdf.pages]
    annexes = labels[labels.index("A1.1") :]
    assert annexes == ["A1.1", "A2.1", "A3.1", "A3.2", "A3.3", "A3.4", "A4.1"]
    assert labels[: labels.index("A1.1")] == [str(number) for number in range(1, labels.index("A1.1") + 1)]


def test_pages_of_a_pdf_stand_behind_the_sheet_of_their_annex(copy):
    with pikepdf.open(BytesIO(copy)) as pdf:
        labels = [page.label for page in pdf.pages]
        contents = pdf.pages[labels.index("A3.2")].Contents.read_bytes()
    assert b"(One) Tj" in contents


def test_the_outline_and_the_list_lead_to_every_annex(copy):
    with pikepdf.open(BytesIO(copy)) as pdf, pdf.open_outline() as outline:
        assert len(outline.root) == 1 + len(FULL.contributions)
        links = [a for page in pdf.pages for a in page.get("/Annots", []) if a.Subtype == "/Link"]
        sections = len(document(FULL, "en").sections) + 1
        assert len(links) >= sections + len(FULL.contributions)


def test_what_is_no_pdf_is_shown_by_its_text(copy):
    said = text(copy)
    assert {"The", "Network", "should", "meet", "earlier"} <= set(said.split())
    assert "移民网络应在每年更早的时候举行会议" in said


def test_the_sheet_of_an_annex_bears_the_sum_of_the_file():
    assert FULL.contributions[0].sha256 in text(reading_copy(document(FULL, "en"), FULL, ATTACHED))


def test_a_file_without_text_says_so():
    silent = {name: Attached(each.original, "") for name, each in ATTACHED.items()}
    said = text(reading_copy(document(FULL, "en"), FULL, silent))
    assert said.count("The file contains no text that can be shown here.") == 3


def test_without_contributions_it_is_the_package_alone():
    with pikepdf.open(BytesIO(reading_copy(document(BARE, "en"), BARE, {}))) as pdf:
        assert [page.label for page in pdf.pages] == [str(n) for n in range(1, len(pdf.pages) + 1)]


def test_what_was_filled_into_a_form_stands_before_its_pages():
    filled = ATTACHED | {"annex-3-eca.pdf": Attached(form(field("Tx", "name", V=pikepdf.String("Amal"))), "")}
    said = text(reading_copy(document(FULL, "en"), FULL, filled))
    assert "What was filled into the form is given first." in said
    assert "name: Amal" in said
