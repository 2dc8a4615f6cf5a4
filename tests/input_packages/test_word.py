"""The Word document: opened again as a reader and as an editor of the house would."""

from io import BytesIO
from zipfile import ZipFile

import docx
import mammoth
import pytest
from docx.oxml.ns import qn

from input_packages.documents import document
from input_packages.word import UnfitTemplateError, worded
from input_packages.word_template import house_template
from tests.input_packages.examples import BARE, FULL
from tests.input_packages.files import word


def made(contents, language="en", template=None) -> bytes:
    return worded(document(contents, language), contents.facts_upto, template)


def text(content: bytes) -> str:
    return " ".join(str(mammoth.extract_raw_text(BytesIO(content)).value).split())


def letters(runs) -> set[str]:
    return {"".join(each.text for each in run.iter(qn("w:t"))) for run in runs}


def test_it_says_what_the_other_forms_say():
    said = text(made(FULL))
    expected = [
        "Should each group go on?",
        "Version 3, released by A. Officer on 11 September 2026",
        "ILO focal point answered on 5 September 2022, after the day on which inputs were due",
        "Met late: 11 days late",
    ]
    assert [each for each in expected if each not in said] == []


def test_an_arabic_document_runs_from_right_to_left_throughout():
    opened = docx.Document(BytesIO(made(FULL, "ar")))
    body = opened.element.body
    assert opened.styles["Normal"].element.pPr.find(qn("w:bidi")) is not None
    assert len(body.findall(f".//{qn('w:bidiVisual')}")) == len(opened.tables) > 0
    turned = [r for r in body.iter(qn("w:r")) if r.rPr is not None and r.rPr.find(qn("w:rtl")) is not None]
    assert "أعضاء الشبكة" in letters(turned)
    assert "WGR-4" not in letters(turned)


def test_arabic_is_not_slanted_and_no_bracket_hangs_at_the_end_of_a_line():
    opened = docx.Document(BytesIO(made(FULL, "ar")))
    for name in ("Quote", "Intense Quote"):
        slants = [opened.styles[name].element.rPr.find(qn(tag)) for tag in ("w:i", "w:iCs")]
        assert [each.get(qn("w:val")) for each in slants if each is not None] == ["0", "0"]
    runs = [
        "".join(each.text or "" for each in run.iter(qn("w:t"))) for run in opened.element.iter(qn("w:r"))
    ]
    assert [run for run in runs if run.endswith("(")] == []
    assert any(run.strip("\N{LEFT-TO-RIGHT MARK}") == "(WGR-4, REV-3)" for run in runs)


@pytest.mark.parametrize(("language", "side"), [("en", "left"), ("ar", "right")])
def test_a_quotation_has_a_bar_at_the_side_where_its_lines_begin(language, side):
    opened = docx.Document(BytesIO(made(FULL, language)))
    bars = opened.styles["Quote"].element.pPr.find(qn("w:pBdr"))
    assert [each.tag for each in bars] == [qn(f"w:{side}")]


def test_no_page_ends_after_the_first_row_of_a_table_or_begins_with_its_last():
    opened = docx.Document(BytesIO(made(FULL)))
    longest = max(opened.tables, key=lambda table: len(table.rows))
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in longest.rows]
    assert kept == [True, True, *[None] * (len(kept) - 4), True, None]


def test_an_english_document_turns_only_what_is_arabic():
    body = docx.Document(BytesIO(made(FULL))).element.body
    turned = [r for r in body.iter(qn("w:r")) if r.rPr is not None and r.rPr.find(qn("w:rtl")) is not None]
    assert turned
    assert all(any("\u0600" <= letter <= "\u06ff" for letter in text) for text in letters(turned))


def test_the_head_of_a_table_is_repeated_on_every_page():
    tables = docx.Document(BytesIO(made(FULL))).element.body.findall(qn("w:tbl"))
    assert any(table.find(f".//{qn('w:tblHeader')}") is not None for table in tables)


def test_what_the_house_changes_in_its_template_stays():
    changed = docx.Document(BytesIO(house_template()))
    changed.sections[0].header.paragraphs[0].text = "PALAIS DES NATIONS, GENEVA"
    changed.styles["Title"].font.name = "Garamond"
    written = BytesIO()
    changed.save(written)
    opened = docx.Document(BytesIO(made(BARE, template=written.getvalue())))
    assert opened.sections[0].header.paragraphs[0].text == "PALAIS DES NATIONS, GENEVA"
    assert opened.styles["Title"].font.name == "Garamond"


def test_a_template_that_cannot_be_used_is_refused_with_what_it_lacks():
    lacking = docx.Document(BytesIO(word()))
    lacking.styles["Caption"].delete()
    written = BytesIO()
    lacking.save(written)
    with pytest.raises(UnfitTemplateError, match="lacks the styles Caption; to start from a fit one"):
        made(BARE, template=written.getvalue())
    with pytest.raises(UnfitTemplateError, match="not a Word document"):
        made(BARE, template=b"PK no")


def test_it_bears_the_date_of_its_facts_and_the_name_of_the_institution():
    about = docx.Document(BytesIO(made(FULL))).core_properties
    assert (about.author, f"{about.modified:%Y-%m-%d %H:%M}") == (
        "United Nations Network on Migration",
        "2026-11-23 07:15",
    )


def test_it_holds_nothing_that_our_own_reader_would_refuse(tmp_path):
    from input_packages.reading.reader import Reader  # noqa: PLC0415 (only this test starts the reader)

    file = tmp_path / "package.docx"
    file.write_bytes(made(FULL, "ar"))
    with Reader() as reader:
        assert reader.read(file).refusals == ()
    with ZipFile(file) as archive:
        assert "docProps/thumbnail.jpeg" not in archive.namelist()
