"""What a file draws on outside itself, and what it says its parts are, whatever they are named."""

import pytest

from input_packages.reading.refusals import Refusal
from tests.input_packages.files import ENGLISH, repacked
from tests.input_packages.reading.office_files import (
    DOCUMENT,
    OOXML,
    S,
    W,
    document,
    one_sheet,
    paragraph,
    related_to,
    text,
    typed,
)

WORD, EXCEL = document(paragraph(text(ENGLISH))), one_sheet("")
ODD = b"<odd/>"
MICROSOFT = "application/vnd.ms-"


def outside(kind: str, target: str, mode: str = "External") -> bytes:
    return related_to(WORD, DOCUMENT, (kind, target, mode))


def inside(kind: str, office: bytes = WORD, main: str = DOCUMENT) -> bytes:
    return related_to(
        office, main, (kind, "odd.xml", "Internal"), **{f"{main.partition('/')[0]}__odd.xml": ODD}
    )


def sheet_inside(kind: str) -> bytes:
    return related_to(
        EXCEL,
        "xl/workbook.xml",
        ("worksheet", "worksheets/sheet1.xml", "Internal"),
        (kind, "odd.xml", "Internal"),
        xl__odd=ODD,
    )


def said_to_be(kind: str) -> bytes:
    return typed(
        repacked(WORD, {"word/theme/theme7.xml": ODD}),
        word__theme__theme7=kind,
        **{"word__theme__theme7.xml": kind},
    )


def rooted(name: str, space: str = S) -> bytes:
    return repacked(EXCEL, {"xl/theme/theme7.xml": f'<x:{name} xmlns:x="{space}"/>'.encode()})


TEMPLATE, LINK = "attachedTemplate", "hyperlink"
HOSTILE = {
    "a template on the web": (outside(TEMPLATE, "https://x.example/t.dotm"), Refusal.EXTERNAL),
    "a template on a machine": (outside(TEMPLATE, "\\\\server\\share\\t.dotx"), Refusal.EXTERNAL),
    "a template on a machine by address": (outside(TEMPLATE, "file://server/t.dotx"), Refusal.EXTERNAL),
    "a template on a machine with five bars": (
        outside(TEMPLATE, "file://///server/t.dotx"),
        Refusal.EXTERNAL,
    ),
    "a template with hidden bars": (outside(TEMPLATE, "file:///%5C%5Cserver/t.dotx"), Refusal.EXTERNAL),
    "a template with mixed bars": (outside(TEMPLATE, "/\\server/t.dotx"), Refusal.EXTERNAL),
    "a template by another protocol": (outside(TEMPLATE, "ftp://x.example/t.dotx"), Refusal.EXTERNAL),
    "a template that is said to be inside": (
        outside(TEMPLATE, "http://x.example/t.dotx", "Internal"),
        Refusal.EXTERNAL,
    ),
    "a mode in small letters": (outside("image", "http://x.example/p.png", "external"), Refusal.EXTERNAL),
    "a picture on a machine": (outside("image", "file://server/p.png"), Refusal.EXTERNAL),
    "a picture that is said to be inside": (
        outside("image", "http://x.example/p.png", "Internal"),
        Refusal.EXTERNAL,
    ),
    "an object elsewhere": (outside("oleObject", "file:///c:/x.xlsx"), Refusal.EXTERNAL),
    "a part of another document": (outside("subDocument", "file:///c:/x.docx"), Refusal.EXTERNAL),
    "the source of a letter": (outside("mailMergeSource", "file:///c:/x.mdb"), Refusal.EXTERNAL),
    "a relation nobody knows": (outside("fetch", "http://x.example/"), Refusal.EXTERNAL),
    "a link to a machine": (outside(LINK, "\\\\server\\share"), Refusal.EXTERNAL),
    "a link without a protocol": (outside(LINK, "//server/share"), Refusal.EXTERNAL),
    "a link to a program beside it": (outside(LINK, "tools/setup.exe"), Refusal.EXTERNAL),
    "a link to a tool of the system": (outside(LINK, "ms-msdt:/id PCWDiagnostic"), Refusal.EXTERNAL),
    "a link to a drive": (outside(LINK, "C:\\x.docx"), Refusal.EXTERNAL),
    "a link that is a page": (outside(LINK, "data:text/html,x"), Refusal.EXTERNAL),
    "macros under an odd name": (inside("vbaProject"), Refusal.MACROS),
    "keys that start macros": (inside("keyMapCustomizations"), Refusal.MACROS),
    "a control under an odd name": (inside("control"), Refusal.EMBEDDED),
    "an add-in": (inside("webextension"), Refusal.EMBEDDED),
    "a film": (inside("video"), Refusal.EMBEDDED),
    "a sheet of macros under an odd name": (sheet_inside("xlMacrosheet"), Refusal.MACROS),
    "a connection under an odd name": (sheet_inside("connections"), Refusal.EXTERNAL),
    "another workbook under an odd name": (sheet_inside("externalLink"), Refusal.EXTERNAL),
    "a part said to be macros": (said_to_be(f"{MICROSOFT}office.vbaProject"), Refusal.MACROS),
    "a part said to be a sheet of macros": (said_to_be(f"{MICROSOFT}excel.macrosheet+xml"), Refusal.MACROS),
    "a part said to be an object": (said_to_be(f"{OOXML}.oleObject"), Refusal.EMBEDDED),
    "a part said to be a control": (said_to_be(f"{MICROSOFT}office.activeX+xml"), Refusal.EMBEDDED),
    "a part said to be connections": (said_to_be(f"{OOXML}.spreadsheetml.connections+xml"), Refusal.EXTERNAL),
    "a part said to be a page": (said_to_be("text/html"), Refusal.EMBEDDED),
    "a sheet of macros by its root": (rooted("macrosheet"), Refusal.MACROS),
    "a dialog by its root": (rooted("dialogsheet"), Refusal.MACROS),
    "connections by their root": (rooted("connections"), Refusal.EXTERNAL),
    "another workbook by its root": (rooted("externalLink"), Refusal.EXTERNAL),
    "a query by its root": (rooted("queryTable"), Refusal.EXTERNAL),
    "a query of the newer kind": (
        rooted("DataMashup", "http://schemas.microsoft.com/DataMashup"),
        Refusal.EXTERNAL,
    ),
    "a page by its root": (rooted("html", "http://www.w3.org/1999/xhtml"), Refusal.EMBEDDED),
    "a letter to many": (
        repacked(
            WORD, {"word/settings.xml": f'<w:settings xmlns:w="{W}"><w:mailMerge/></w:settings>'.encode()}
        ),
        Refusal.EXTERNAL,
    ),
}


@pytest.mark.parametrize(("content", "refusal"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_drawn_from_elsewhere_or_acts_is_refused_by_what_it_is(content, refusal, read):
    assert read(content).refusals == (refusal,)


SOUND = {
    "a template on a drive": outside(TEMPLATE, "file:///C:\\Users\\me\\AppData\\Templates\\House.dotx"),
    "a template on a drive with bars": outside(TEMPLATE, "file:///C:/Templates/House%20style.dotm"),
    "a template by its path": outside(TEMPLATE, "C:\\Templates\\House.dotx"),
    "a template by its name": outside(TEMPLATE, "Normal.dotm"),
    "a template on a Mac": outside(TEMPLATE, "file://localhost/Users/me/House.dotx"),
    "a template in a home": outside(TEMPLATE, "/Users/me/House.dotx"),
    "a link to the web": outside(LINK, "https://migrationnetwork.un.org/a?b=c#d"),
    "a link to a mail": outside(LINK, "mailto:a@example.org?subject=Views"),
    "a link to a telephone": outside(LINK, "tel:+41 22 717 91 11"),
    "a link to a document beside it": outside(LINK, "Annex%201.docx"),
    "a link to a folder above": outside(LINK, "../Annexes/two.pdf"),
    "a link within": outside(LINK, "#_Toc1"),
    "a link to a name without a protocol": outside(LINK, "www.un.org"),
    "a part that nobody knows": inside("future"),
    "odd data of the house": repacked(WORD, {"customXml/item7.xml": b"<data>DDE cmd|'/c'!A1</data>"}),
}


@pytest.mark.parametrize("content", SOUND.values(), ids=SOUND)
def test_what_every_house_leaves_in_its_documents_is_no_fault(content, read):
    found = read(content)
    assert found.refusals == ()
    assert found.preview is not None
    assert found.preview.text == ENGLISH
