"""What a workbook shows is read whatever its file says of itself; what is not shown is named."""

import pytest

from input_packages.reading.limits import Limits
from input_packages.reading.reader import Reader
from input_packages.reading.signatures import Kind
from tests.input_packages.files import excel, repacked
from tests.input_packages.reading.office_files import (
    S_STRICT,
    R,
    S,
    cell,
    one_sheet,
    related_to,
    relations,
    sheet,
    workbook,
)

STYLES = (
    f'<styleSheet xmlns="{S}"><numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts><font/><font><strike/></font></fonts><fills><fill/></fills>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="22"/><xf numFmtId="0" fontId="1"/>'
    '<xf numFmtId="20"/></cellXfs><dxfs><dxf><font><strike/></font></dxf></dxfs></styleSheet>'
).encode()  # fmt: skip
STYLED = {"xl/styles.xml": STYLES}
DATE_1904 = '<workbookPr date1904="1"/>'


def values(*shown: str) -> str:
    return "".join(cell(each, f"A{n}") for n, each in enumerate(shown, 1))


def styled(value: str, style: int) -> str:
    return f'<row r="1"><c r="A1" s="{style}"><v>{value}</v></c></row>'


SHOWN = {
    "a number": (one_sheet(values("<v>12</v>")), "12"),
    "a part of a number": (one_sheet(values("<v>0.30000000000000004</v>")), "0.3"),
    "what is true": (one_sheet(cell("<v>1</v>", kind="b")), "TRUE"),
    "what is false": (one_sheet(cell("<v>0</v>", kind="b")), "FALSE"),
    "an error": (one_sheet(cell("<v>#DIV/0!</v>", kind="e")), "#DIV/0!"),
    "a text in its cell": (one_sheet(cell("<is><t>views</t></is>", kind="inlineStr")), "views"),
    "a text of several runs": (
        one_sheet(cell("<is><r><t>a</t></r><r><t>b</t></r><rPh><t>c</t></rPh></is>", kind="inlineStr")),
        "ab",
    ),
    "a struck run": (
        one_sheet(cell("<is><r><t>a</t></r><r><rPr><strike/></rPr><t>b</t></r></is>", kind="inlineStr")),
        "a~~b~~",
    ),
    "a text that Excel escapes": (one_sheet(cell("<is><t>a_x0009_b</t></is>", kind="inlineStr")), "a b"),
    "the value of a formula": (one_sheet(values("<f>1+1</f><v>2</v>")), "2"),
    "the text of a formula": (one_sheet(cell("<f>A2</f><v>yes</v>", kind="str")), "yes"),
    "the empty text of a formula": (one_sheet(cell("<f>A2</f><v></v>", kind="str") + values()), ""),
    "a formula that was never calculated": (one_sheet(values("<f>SUM(A2:A9)</f>")), "=SUM(A2:A9)"),
    "a formula with an empty value": (one_sheet(values("<f>A2</f><v/>")), "=A2"),
    "a day": (one_sheet(styled("46347", 1), more=STYLED), "2026-11-21"),
    "a day and a time": (one_sheet(styled("46347.5", 2), more=STYLED), "2026-11-21 12:00:00"),
    "a time": (one_sheet(styled("0.5", 4), more=STYLED), "12:00:00"),
    "a day that cannot be": (one_sheet(styled("99999999999", 1), more=STYLED), "99999999999"),
    "a struck cell": (one_sheet(styled("7", 3), more=STYLED), "~~7~~"),
    "a style that is not there": (one_sheet(styled("7", 99), more=STYLED), "7"),
    "a day counted from 1904": (
        workbook({"Sheet": sheet(styled("1", 1))}, around=DATE_1904, more=STYLED), "1904-01-02"),
    "cells without places": (one_sheet("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"),
                             "1 | 2\n3"),
    "empty cells between": (one_sheet(cell("<v>1</v>", "C1")), " |  | 1"),
    "a cell far to the right": (one_sheet(cell("<v>1</v>", "XFD1")), " | … | 1"),
    "a row far down": (one_sheet(cell("<v>1</v>", "A1048576")), "1"),
    "the strict form": (
        workbook({"Sheet": sheet(values("<v>1</v>"), space=S_STRICT)}, space=S_STRICT), "1"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "shown"), SHOWN.values(), ids=SHOWN)
def test_a_cell_is_read_as_it_is_seen(content, shown, read):
    found = read(content)
    assert (found.kind, found.refusals) == (Kind.EXCEL, ())
    assert found.preview is not None
    said = [line for line in found.preview.text.splitlines() if not line.startswith("[")]
    assert "\n".join(said).rstrip("\n") == f"Sheet\n{shown}".rstrip("\n")


def lines(preview_of) -> list[str]:
    preview = preview_of.preview
    assert preview is not None
    return list(preview.text.splitlines())


def test_a_formula_that_was_never_calculated_is_said_to_be_one(read):
    never = one_sheet(values("<f>SUM(A2:A9)</f>", "<f>A3</f><v/>", "<f>A4</f><v>1</v>"))
    assert lines(read(never)) == [
        "[On the sheet “Sheet” 2 formulas have no value kept: the formula is shown.]",
        *("Sheet", "=SUM(A2:A9)", "=A3", "1"),
    ]


def test_a_hidden_row_is_said_to_be_left_out(read):
    rows = '<row r="1" hidden="1"><c r="A1"><v>1</v></c></row>' + cell("<v>2</v>", "A2")
    assert lines(read(one_sheet(rows))) == ["[Left out: 1 hidden row.]", "Sheet", "2"]


def test_rows_and_columns_beyond_what_the_sheet_says_of_its_size_are_read(read):
    rows = "".join(cell(f"<v>{n}</v>", f"BZ{n}") for n in range(1, 3001))
    wide = sheet(rows).replace(b"<sheetData>", b'<dimension ref="A1"/><sheetData>')
    assert lines(read(workbook({"S": wide})))[-1] == " | … | 3000"


def test_what_is_too_long_says_from_which_row_on_it_is_left_out(tmp_path):
    file = tmp_path / "long.xlsx"
    file.write_bytes(one_sheet(values(*[f"<v>{n}</v>" for n in range(1000, 3000)])))
    with Reader(Limits(preview=1000)) as reader:
        preview = reader.read(file).preview
    assert preview is not None
    assert preview.left_out[-1] == "Left out: the sheet “Sheet” from row 201 on."


def test_hidden_sheets_and_sheets_of_charts_are_named_and_left_out(read):
    chart = f'<chartsheet xmlns="{S}"/>'.encode()
    sheets = {"Seen": sheet(values("<v>1</v>")), "Not": sheet(values("<v>2</v>")), "Never": sheet("")}
    book = workbook({**sheets, "Bars": chart}, {"Not": "hidden", "Never": "veryHidden"})
    kinds = [("worksheet", f"worksheets/sheet{n}.xml", "Internal") for n in (1, 2, 3)]
    found = read(
        related_to(book, "xl/workbook.xml", *kinds, ("chartsheet", "worksheets/sheet4.xml", "Internal"))
    )
    assert found.refusals == ()
    assert lines(found) == [
        "[Left out: the hidden sheet “Not”.]",
        "[Left out: the hidden sheet “Never”.]",
        "[Left out: the sheet “Bars”, which is a chart or no table.]",
        "Seen",
        "1",
    ]


def test_hidden_columns_are_counted_if_they_hold_anything(read):
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    hidden = sheet(rows).replace(
        b"<sheetData>", b'<cols><col min="2" max="99" hidden="1"/></cols><sheetData>'
    )
    assert lines(read(workbook({"S": hidden}))) == ["[Left out: 1 hidden column.]", "S", "1"]


def test_drawings_and_comments_are_said_to_be_left_out(read):
    around = relations(("drawing", "../odd.xml", "Internal"), ("comments", "../odd.xml", "Internal"))
    book = one_sheet("", more={"xl/worksheets/_rels/sheet1.xml.rels": around, "xl/odd.xml": b"<odd/>"})
    assert lines(read(book)) == [
        "[Left out: 1 drawing: a picture or a chart.]",
        "[Left out: 1 page of comments.]",
        "Sheet",
    ]


ODD = {
    "an odd date of its making": {
        "docProps/core.xml": b"<coreProperties><created>soon</created></coreProperties>"
    },
    "an empty fill": {"xl/styles.xml": STYLES},
    "a style nobody knows": {
        "xl/styles.xml": f'<styleSheet xmlns="{S}"><cellXfs><xf/></cellXfs></styleSheet>'.encode()
    },
    "no styles worth the name": {"xl/styles.xml": f'<styleSheet xmlns="{S}"/>'.encode()},
    "a calculation chain": {"xl/calcChain.xml": f'<calcChain xmlns="{S}"/>'.encode()},
    "a table": {"xl/tables/t.xml": f'<table xmlns="{S}" xmlns:r="{R}"/>'.encode()},
}


@pytest.mark.parametrize("parts", ODD.values(), ids=ODD)
def test_odd_parts_around_the_sheets_keep_nobody_from_reading_them(parts, read):
    found = read(repacked(excel(("Group", 12)), parts))
    assert found.refusals == ()
    assert lines(found) == ["Sheet", "Group | 12"]
