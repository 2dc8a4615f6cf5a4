"""The printed package: read back by other people's programs, in both directions."""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from input_packages.documents import document
from input_packages.typeset import printed, set_apart, typeset
from language.fonts import COVERAGE
from tests.input_packages.examples import BARE, FULL, REVIEW

HOSTILE = '#evil *not bold* $x$ \\ ] ) " <b>'


def made(contents, language="en") -> bytes:
    return printed(document(contents, language), contents.facts_upto)


def opened(contents, language="en") -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(made(contents, language)))


def text(content: bytes) -> str:
    pages = pypdfium2.PdfDocument(content)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_says_that_it_keeps_the_standards_and_in_which_language(language):
    with opened(FULL, language) as pdf:
        about = str(pdf.Root.Metadata.read_bytes(), "utf-8")
        assert "<pdfuaid:part>1</pdfuaid:part>" in about
        assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in about
        assert str(pdf.Root.Lang) == language
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert "/StructTreeRoot" in pdf.Root
        direction = pdf.Root.ViewerPreferences.get("/Direction", pikepdf.Name.L2R)
        assert str(direction) == ("/R2L" if language == "ar" else "/L2R")


def test_its_outline_has_every_section():
    with opened(FULL) as pdf, pdf.open_outline() as outline:
        [title] = outline.root
        assert [each.title for each in title.children] == [s.title for s in document(FULL, "en").sections]


def test_it_holds_its_own_fonts_and_no_others():
    with opened(FULL, "ar") as pdf:
        fonts = {
            str(each.BaseFont)
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and "/BaseFont" in each
        }
        assert {name.partition("+")[2].partition("-")[0] for name in fonts} <= {
            "Amiri",
            "PTSans",
            "NotoSansSC",
        }


def test_its_date_is_that_of_the_facts():
    with opened(REVIEW) as pdf:
        assert str(pdf.docinfo.CreationDate).startswith("D:20261123071500")
    with opened(BARE) as pdf:
        assert str(pdf.docinfo.CreationDate).startswith("D:19800101000000")


def test_words_are_words_whatever_they_look_like():
    hostile = replace(BARE, title={"en": HOSTILE}, cycle=HOSTILE)
    assert HOSTILE in text(made(hostile))


def test_the_text_can_be_found_again_in_both_languages():
    assert "Should each group go on?" in text(made(FULL))
    assert "يرأس المنسق" in text(made(FULL, "ar")) or "المنسق يرأس" in text(made(FULL, "ar"))


@pytest.mark.parametrize(("language", "word", "near"), [("ar", "package", 0.75), ("en", "رؤساء", 0.1)])
def test_a_name_that_runs_the_other_way_stands_at_the_near_side_of_its_cell(language, word, near):
    pages = [(page.get_width(), page.get_textpage()) for page in pypdfium2.PdfDocument(made(FULL, language))]
    width, found, text_page = next((w, f, t) for w, t in pages if (f := t.search(word).get_next()))
    begins = text_page.get_charbox(found[0] + (found[1] - 1 if language == "en" else 0))[0] / width
    assert begins > near if language == "ar" else begins < near + 0.05


@pytest.mark.parametrize("for_ever", [True, False])
def test_a_document_set_in_a_process_of_its_own_is_the_same(for_ever):
    at = datetime(2026, 11, 23, 6, tzinfo=UTC)
    data = {"document": asdict(document(FULL, "ar")), "author": "somebody"}
    said = json.dumps({**data, "at": [2026, 11, 23, 6, 0, 0]})
    apart = set_apart("package.typ", said, int(at.timestamp()), for_ever=for_ever)
    assert apart == typeset("package.typ", data, at, for_ever=for_ever)


def test_letters_that_no_face_has_are_shown_by_number_and_stop_no_document():
    title = "Thanks 😀 to 한국 and ไทย \x01\ue000\ufeff"
    said = text(made(replace(BARE, title={"en": title}, cycle=title)))
    assert "Thanks [U+1F600] to [U+D55C][U+AD6D] and [U+0E44]" in said


def test_letters_on_the_list_can_be_set_for_ever():
    ranges = [line.split("-") for line in COVERAGE.read_text(encoding="ascii").split()]
    every = [chr(n) for first, last in ranges for n in range(int(first, 16), int(last, 16) + 1)]
    some = " ".join(every[::37])
    assert made(replace(BARE, title={"en": some})).startswith(b"%PDF")


def test_a_mark_on_a_letter_that_no_face_has_it_for_stops_no_document():
    title = "强\u20de or ب\u0335"
    assert "强[U+20DE]" in text(made(replace(BARE, title={"en": title}, cycle=title)))


def test_a_chinese_heading_is_bold_and_a_letter_without_a_bold_shape_is_still_there():
    with opened(replace(FULL, title={"en": "强镕", "zh": "强镕"}), "zh") as pdf:
        fonts = {
            str(each.BaseFont).partition("+")[2]
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and "/BaseFont" in each
        }
    assert {name for name in fonts if "NotoSansSC" in name} >= {"NotoSansSC-Bold", "NotoSansSC-Regular"}
