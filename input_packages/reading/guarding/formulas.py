"""The formulas of a workbook: those that ask another program or another machine when they are calculated."""

import re
from collections.abc import Mapping

from input_packages.reading.guarding.links import is_harmless
from input_packages.reading.refusals import Refusal
from input_packages.reading.xml_parts import Watch

SHEET = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_SPACES = (
    *SHEET,
    "http://schemas.microsoft.com/office/excel/2006/main",
    "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "http://purl.oclc.org/ooxml/drawingml/chart",
)
_NAMES = (
    *("f", "formula", "formula1", "formula2", "oldFormula", "definedName"),
    *("calculatedColumnFormula", "totalsRowFormula"),
)
FORMULAS = frozenset(f"{space} {name}" for space in _SPACES for name in _NAMES)
# What a workbook without macros can call to reach out, and what old macros called it.
_LIST = """
CALL COPILOT CUBEKPIMEMBER CUBEMEMBER CUBEMEMBERPROPERTY CUBERANKEDMEMBER CUBESET CUBESETCOUNT
CUBEVALUE DDE DETECTLANGUAGE EVALUATE EXEC EXECUTE FILTERXML FOPEN FWRITE FWRITELN GET.WORKBOOK
GET.WORKSPACE IMAGE IMPORTCSV IMPORTTEXT INITIATE POKE PY REGISTER REGISTER.ID REQUEST RTD RUN
SQL.OPEN SQL.REQUEST STOCKHISTORY TERMINATE TRANSLATE UNREGISTER WEBSERVICE
"""
_REACHING = frozenset(_LIST.split())
_QUOTED = re.compile(r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'|\[[^\]]*\]')
_CALL = re.compile(r"([A-Za-z_][\w.]*)\s*\(")
_PREFIX = re.compile(r"^(?:_XLFN\.|_XLWS\.|_XLUDF\.|_XLPM\.)+")
_LINK = re.compile(r'HYPERLINK\s*\(\s*"((?:[^"]|"")*)"', re.IGNORECASE)


def refusal_of(formula: str) -> Refusal | None:
    """Return why a formula is refused: it asks a program (`cmd|'/c'!A1`), an add-in or a machine."""
    bare = _QUOTED.sub("''", formula)
    return Refusal.EXTERNAL if "|" in bare or reaches_out(formula) else None


def reaches_out(formula: str) -> bool:
    """Whether a formula calls a function that asks something else, or links to what is not harmless."""
    called = {_PREFIX.sub("", name.upper()) for name in _CALL.findall(_QUOTED.sub("''", formula))}
    is_call = bool(called & _REACHING) or any(name.startswith("_XLL.") for name in called)
    return is_call or not all(map(is_harmless, _LINK.findall(formula)))


class Formulas(Watch):
    """Judges every formula of a part: of cells, names, rules and charts."""

    def __init__(self) -> None:
        super().__init__()
        self._formula: list[str] | None = None

    def start(self, name: str, _attributes: Mapping[str, str]) -> None:
        """See a formula begin. Nothing else stands in one: what Excel passes over could hide a part of it."""
        if self._formula is not None:
            self.found.append(Refusal.EXTERNAL)
        elif name in FORMULAS:
            self._formula = []

    def text(self, data: str) -> None:
        """Keep the text of a formula."""
        if self._formula is not None:
            self._formula.append(data)

    def end(self, name: str) -> None:
        """Judge a formula that is whole."""
        if self._formula is not None and name in FORMULAS:
            refusal = refusal_of("".join(self._formula))
            self.found += [refusal] if refusal and refusal not in self.found else []
            self._formula = None
