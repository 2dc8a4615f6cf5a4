"""Fields of Word, written in every way that means the same to Word."""

import pytest

from input_packages.reading.refusals import Refusal
from tests.input_packages.files import repacked
from tests.input_packages.reading.office_files import (
    DOCUMENT,
    W_STRICT,
    W,
    document,
    field,
    paragraph,
    text,
)

BEGIN, SEPARATE, END = (f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>' for k in ("begin", "separate", "end"))


def code(*parts: str, name: str = "instrText") -> str:
    return "".join(f"<w:r><w:{name}>{part}</w:{name}></w:r>" for part in parts)


def simple(instruction: str) -> str:
    return f"<w:fldSimple w:instr='{instruction}'>{text('x')}</w:fldSimple>"


WITH_DDE = field("DDE excel x")
HEADER = f'<w:hdr xmlns:w="{W}">{paragraph(WITH_DDE)}</w:hdr>'.encode()
NOTES = f'<w:footnotes xmlns:w="{W}"><w:footnote>{paragraph(WITH_DDE)}</w:footnote></w:footnotes>'.encode()
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def passed_over(*runs: str) -> str:
    """What Word does not read: a choice that it does not know."""
    choice = f'<mc:Choice Requires="unknown">{"".join(runs)}</mc:Choice>'
    return f'<mc:AlternateContent xmlns:mc="{MC}">{choice}</mc:AlternateContent>'


def ignored(*runs: str, space: str = "urn:odd") -> str:
    return f'<odd:x xmlns:odd="{space}">{"".join(runs)}</odd:x>'


def deleted(*runs: str) -> str:
    return f"<w:del>{''.join(runs)}</w:del>"


PAGE, DDE = code("PAGE "), code("DDE x")
DECOYS = {
    "a name in front that Word passes over": paragraph(BEGIN, passed_over(PAGE), DDE, SEPARATE, END),
    "a name in front that Word ignores": paragraph(BEGIN, ignored(PAGE), DDE, SEPARATE, END),
    "a name in front in words like Word's": paragraph(BEGIN, ignored(PAGE, space=f"{W}s"), DDE, END),
    "a name in front that is deleted": paragraph(BEGIN, deleted(PAGE), DDE, SEPARATE, END),
    "a name in front that is deleted as such": paragraph(BEGIN, code("PAGE ", name="delInstrText"), DDE, END),
    "a result that Word passes over": paragraph(BEGIN, passed_over(SEPARATE), DDE, END),
    "a result that is deleted": paragraph(BEGIN, PAGE, deleted(SEPARATE), DDE, END),
    "a result of an inner field that is deleted": paragraph(
        BEGIN, PAGE, BEGIN, deleted(SEPARATE), DDE, END, SEPARATE, END
    ),
    "an end that Word passes over": paragraph(BEGIN, PAGE, passed_over(END), DDE, END),
    "a beginning that Word passes over": paragraph(
        BEGIN, passed_over(BEGIN), PAGE, passed_over(END), DDE, END
    ),
    "parts of which Word reads one": paragraph(BEGIN, passed_over(PAGE), passed_over(DDE), SEPARATE, END),
    "a mark inside the instruction": paragraph(
        BEGIN, "<w:r><w:instrText><odd:x xmlns:odd='urn:odd'>PAGE </odd:x>DDE x</w:instrText></w:r>", END
    ),
}
HOSTILE = {
    **{name: document(body) for name, body in DECOYS.items()},
    "a letter as a number": document(paragraph(field("&#68;DEAUTO c:\\x.exe"))),
    "a letter as a hexadecimal number": document(paragraph(field("D&#x44;E c:\\x.exe"))),
    "CDATA": document(paragraph(field("<![CDATA[DDEAUTO]]> c:\\x.exe"))),
    "CDATA for a part of the name": document(paragraph(field("DD<![CDATA[E]]> c:\\x.exe"))),
    "a comment in the name": document(paragraph(field("DD<!-- -->E c:\\x.exe"))),
    "an attribute": document(paragraph(simple('DDEAUTO "c:\\x.exe"'))),
    "an attribute in numbers": document(paragraph(simple("&#68;&#68;&#69; x"))),
    "a name over three runs": document(paragraph(BEGIN, code("D", "D", "E c:\\x.exe"), SEPARATE, END)),
    "a name over two paragraphs": document(paragraph(BEGIN, code("DDE")) + paragraph(code("AUTO x"), END)),
    "no result": document(paragraph(BEGIN, code("DDE x"), END)),
    "no end": document(paragraph(BEGIN, code("DDE x"))),
    "no beginning": document(paragraph(code("DDE x"))),
    "small letters": document(paragraph(field("ddeauto x"))),
    "inside another field": document(paragraph(BEGIN, code("IF 1 = 1 "), WITH_DDE, SEPARATE, END)),
    "a name that another field gives": document(paragraph(BEGIN, field("QUOTE 68", "DDE"), code(" x"), END)),
    "a name that another field completes": document(paragraph(BEGIN, code("D"), field("QUOTE 68"), END)),
    "text as an instruction": document(paragraph(BEGIN, text("DDE x"), SEPARATE, END)),
    "a deleted field": document(paragraph(BEGIN, code("DDE x", name="delInstrText"), END)),
    "a header": document("", word__header1=HEADER),
    "a part with an odd name": document("", word__theme__odd=HEADER),
    "footnotes": document("", word__footnotes=NOTES),
    "the strict form": document(paragraph(WITH_DDE), space=W_STRICT),
    "UTF-16": repacked(
        document(""),
        {
            DOCUMENT: (
                f'<?xml version="1.0" encoding="UTF-16"?><w:document xmlns:w="{W}">{WITH_DDE}</w:document>'
            ).encode("utf-16")
        },
    ),
    "another prefix": repacked(
        document(""),
        {DOCUMENT: (f'<q:document xmlns:q="{W}">{WITH_DDE.replace("w:", "q:")}</q:document>').encode()},
    ),
    "a picture from elsewhere": document(paragraph(field('INCLUDEPICTURE "http://x.example/p.png" \\d'))),
    "a text from elsewhere": document(paragraph(field('INCLUDETEXT "c:\\x.docx"'))),
    "a link to another program": document(paragraph(field("LINK Excel.Sheet.12 c:\\x.xlsx"))),
    "a database": document(paragraph(field('DATABASE \\d "c:\\x.mdb"'))),
    "an import": document(paragraph(field("IMPORT c:\\x.bmp"))),
    "another document": document(paragraph(field("RD c:\\x.docx"))),
    "an object": document(paragraph(field("EMBED Package"))),
    "a control": document(paragraph(field("CONTROL Forms.TextBox.1"))),
    "a macro": document(paragraph(field("MACROBUTTON Go click"))),
    "a field nobody knows": document(paragraph(field("FETCHALL x"))),
    "a link to a file": document(paragraph(field('HYPERLINK "file:///c:/windows/x.exe"'))),
    "a link to a machine": document(paragraph(field("HYPERLINK \\\\\\\\server\\\\share"))),
    "a link that is a script": document(paragraph(field('HYPERLINK "java&#9;script:alert(1)"'))),
    "a link behind a switch": document(paragraph(field('HYPERLINK \\n "ms-msdt:/id"'))),
    "a link that another field completes": document(
        paragraph(BEGIN, code("HYPERLINK "), field("QUOTE x"), END)
    ),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_field_that_reaches_out_is_refused_however_it_is_written(content, read):
    found = read(content)
    assert (found.refusals, found.preview) == ((Refusal.EXTERNAL,), None)


HARMLESS = (
    "PAGE",
    " NUMPAGES  \\* MERGEFORMAT ",
    'TOC \\o "1-3" \\h \\z \\u',
    "REF _Ref123 \\h",
    "PAGEREF _Toc1 \\h",
    'HYPERLINK "https://www.un.org/" \\t "_blank"',
    'HYPERLINK "mailto:a@example.org"',
    'HYPERLINK "tel:+41227179111"',
    'HYPERLINK \\l "_Toc1"',
    'HYPERLINK "annex%201.docx" \\o "See: the annex"',
    'DATE \\@ "d MMMM yyyy"',
    "TIME",
    "SEQ Table \\* ARABIC",
    "MERGEFIELD Name",
    "FORMTEXT",
    'STYLEREF "Heading 1"',
    "TITLE",
    "AUTHOR",
    "FILENAME \\p",
    "=SUM(ABOVE)",
    "= 1 + 2",
    "ADDIN ZOTERO_ITEM CSL_CITATION {&quot;citationID&quot;:&quot;DDE&quot;}",
    "MACROBUTTON NoMacro [Click here]",
    "SYMBOL 254 \\f Wingdings",
    "",
)


def test_fields_that_show_something_of_the_document_are_no_fault(read):
    body = "".join(paragraph(field(instruction, "shown"), simple(instruction)) for instruction in HARMLESS)
    nested = paragraph(BEGIN, code("IF "), field("PAGE", "1"), code(" = 1 yes no"), END)
    boxed = paragraph(
        passed_over(field("PAGE", "1")), ignored(field("DATE", "2")), deleted(field("TIME", "3"))
    )
    found = read(document(body + nested + boxed + paragraph(text("DDE AUTO is a name"))))
    assert found.refusals == ()
    assert found.preview is not None
    assert found.preview.text.count("shown") == len(HARMLESS)
