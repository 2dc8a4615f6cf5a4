"""A chart brings a workbook of its own, which is looked into by the same rules. Nothing else is inside."""

import pytest

from input_packages.reading.limits import MEGABYTE
from input_packages.reading.refusals import Refusal
from input_packages.reading.signatures import Kind
from tests.input_packages.files import ENGLISH, OLE, excel, repacked, word
from tests.input_packages.reading.office_files import (
    DOCUMENT,
    OOXML,
    S,
    cell,
    document,
    one_sheet,
    paragraph,
    related_to,
    relations,
    text,
    typed,
    types,
    workbook,
)

CHART = b'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/>'
WORD = document(paragraph(text(ENGLISH)))
DRAWN = ("chart", "charts/chart1.xml", "Internal")


def with_chart(inside: bytes, kind: str = f"{OOXML}.drawingml.chart+xml", relation: str = "package") -> bytes:
    """A Word file with a chart that draws its numbers from the workbook `inside`."""
    drawn = related_to(WORD, DOCUMENT, DRAWN)
    return typed(
        repacked(
            drawn,
            {
                "word/charts/chart1.xml": CHART,
                "word/charts/_rels/chart1.xml.rels": relations(
                    (relation, "../embeddings/book.xlsx", "Internal")
                ),
                "word/embeddings/book.xlsx": inside,
            },
        ),
        **{"word__charts__chart1.xml": kind},
    )


@pytest.mark.parametrize("inside", [excel(), one_sheet(cell("<v>1</v>"))])
def test_a_chart_with_a_sound_workbook_is_taken(inside, read):
    found = read(with_chart(inside))
    assert (found.kind, found.refusals) == (Kind.WORD, ())


DDE = one_sheet(cell("<f>cmd|'/c calc'!A1</f>"))
BOMB = repacked(excel(), {"xl/theme/theme1.xml": b"<a>" + b" " * 40 * MEGABYTE + b"</a>"})
HOSTILE = {
    "a formula that starts a program": (with_chart(DDE), Refusal.EXTERNAL),
    "macros": (with_chart(repacked(excel(), {"xl/vbaProject.bin": OLE})), Refusal.MACROS),
    "another workbook elsewhere": (
        with_chart(repacked(excel(), {"xl/odd.xml": f'<externalLink xmlns="{S}"/>'.encode()})),
        Refusal.EXTERNAL,
    ),
    "a program in it": (with_chart(repacked(excel(), {"xl/media/a.png": b"MZ\x90\x00"})), Refusal.EMBEDDED),
    "a workbook in it": (with_chart(repacked(excel(), {"xl/embeddings/a.xlsx": excel()})), Refusal.EMBEDDED),
    "a chart in a chart": (with_chart(with_chart(excel())), Refusal.EMBEDDED),
    "a Word file": (with_chart(word()), Refusal.EMBEDDED),
    "an old object": (with_chart(OLE), Refusal.EMBEDDED),
    "half a workbook": (with_chart(excel()[:3000]), Refusal.DAMAGED),
    "a bomb": (with_chart(BOMB), Refusal.BOMB),
    "a chart that is none": (with_chart(excel(), kind="application/xml"), Refusal.EMBEDDED),
    "an object instead of numbers": (with_chart(excel(), relation="oleObject"), Refusal.EMBEDDED),
}


@pytest.mark.parametrize(("content", "refusal"), HOSTILE.values(), ids=HOSTILE)
def test_a_chart_with_a_workbook_that_is_refused_is_refused_for_it(content, refusal, read):
    assert read(content).refusals == (refusal,)


SHAPES = {
    "two main parts": typed(WORD, xl__workbook=f"{OOXML}.spreadsheetml.sheet.main+xml"),
    "no main part": repacked(WORD, {"_rels/.rels": relations()}),
    "a main part of another type": repacked(WORD, {"[Content_Types].xml": types("xl/workbook.xml")}),
    "two relations to a main part": repacked(
        WORD,
        {"_rels/.rels": relations(*[("officeDocument", DOCUMENT, "Internal")] * 2)},
    ),
    "a presentation": repacked(
        WORD, {"[Content_Types].xml": types("word/x.xml").replace(b"wordprocessingml", b"presentationml")}
    ),
    "types that are none": repacked(WORD, {"[Content_Types].xml": b"<Types/>"}),
}


@pytest.mark.parametrize("content", SHAPES.values(), ids=SHAPES)
def test_a_file_that_does_not_say_plainly_what_it_is_is_of_another_kind(content, read):
    assert read(content).refusals == (Refusal.OTHER_KIND,)


def test_a_type_that_is_said_of_every_part_with_one_ending_is_said_of_the_main_part(read):
    said = types(DOCUMENT).replace(b'Extension="xml"', b'Extension="odd"')
    said = said.replace(b"Override", b"Default").replace(b'PartName="/word/document.xml"', b'Extension="xml"')
    assert read(repacked(WORD, {"[Content_Types].xml": said})).kind is Kind.WORD


def test_a_workbook_within_its_own_bounds_is_taken(read):
    assert read(workbook({"Views": b'<worksheet xmlns="%s"/>' % S.encode()})).kind is Kind.EXCEL
