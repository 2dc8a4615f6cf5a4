"""The parts of a workbook that its sheets point to: the list of sheets, the shared texts, and the formats."""

import re
from collections.abc import Mapping

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from input_packages.reading.guarding.formulas import SHEET
from input_packages.reading.previewing.preview import STRUCK
from input_packages.reading.xml_parts import Watch

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_IDS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)
_OFF = frozenset({"0", "false"})


def local(name: str) -> str:
    """Return the name of an element without its namespace; empty where it is none of a workbook."""
    space, _, own = name.rpartition(" ")
    return own if space in SHEET else ""


def is_on(value: str | None) -> bool:
    """Whether an attribute that is true or false is true."""
    return value is not None and value.lower() not in _OFF


class Book(Watch):
    """The sheets in their order: name, state, and the relation that leads to each."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str, str]] = []
        self.from_1904 = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """See a sheet, or which day is counted from."""
        if local(name) == "sheet":
            number = next((attributes[key] for key in _IDS if key in attributes), "")
            self.sheets.append((attributes.get("name", ""), attributes.get("state", "visible"), number))
        elif local(name) == "workbookPr":
            self.from_1904 = is_on(attributes.get("date1904"))


class Words(Watch):
    """The text of shared texts and of texts in cells: their runs joined, those that are struck marked."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[str] = []
        self._is_text = self._is_sound = self._is_struck = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """See a run or its text begin; how a word sounds is no text."""
        own = local(name)
        if own == "t":
            self._is_text = not self._is_sound
        elif own == "rPh":
            self._is_sound = True
        elif own == "r":
            self._is_struck = False
        elif own == "strike":
            self._is_struck = is_on(attributes.get("val", "1"))

    def text(self, data: str) -> None:
        """Keep the text of a run."""
        if self._is_text:
            self._parts.append(f"{STRUCK}{data}{STRUCK}" if self._is_struck else data)

    def end(self, name: str) -> None:
        """See a run or its text end."""
        own = local(name)
        if own == "t":
            self._is_text = False
        elif own == "rPh":
            self._is_sound = False
        elif own == "r":
            self._is_struck = False

    def taken(self) -> str:
        """Return the text that was read since the last time."""
        said = unescaped("".join(self._parts))
        self._parts.clear()
        return said


class Strings(Watch):
    """The texts that cells share, by number."""

    def __init__(self) -> None:
        super().__init__()
        self.all: list[str] = []
        self._words = Words()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Pass on what begins."""
        self._words.start(name, attributes)

    def text(self, data: str) -> None:
        """Pass on text."""
        self._words.text(data)

    def end(self, name: str) -> None:
        """Keep a text that is whole."""
        self._words.end(name)
        if local(name) == "si":
            self.all.append(self._words.taken())


class Styles(Watch):
    """What a format says of its cells: whether their numbers are dates, and whether they are struck."""

    def __init__(self) -> None:
        super().__init__()
        self._formats: dict[int, str] = dict(BUILTIN_FORMATS)
        self._fonts: list[bool] = []
        self._cells: list[tuple[int, int]] = []
        self._within: set[str] = set()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """See a format."""
        own = local(name)
        self._within.add(own)
        if own == "numFmt":
            self._formats[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif own == "font" and "fonts" in self._within:
            self._fonts.append(False)
        elif own == "strike" and "fonts" in self._within:
            self._fonts[-1:] = [is_on(attributes.get("val", "1"))]
        elif own == "xf" and "cellXfs" in self._within:
            self._cells.append((_number(attributes.get("numFmtId")), _number(attributes.get("fontId"))))

    def end(self, name: str) -> None:
        """See a list of formats end."""
        self._within.discard(local(name))

    def format_of(self, style: str | None) -> str:
        """Return the format of the numbers in a cell of this style."""
        at = _number(style)
        return self._formats.get(self._cells[at][0], "") if at < len(self._cells) else ""

    def is_date(self, style: str | None) -> bool:
        """Whether the numbers in a cell of this style are days and times."""
        return bool(is_date_format(self.format_of(style)))

    def is_struck(self, style: str | None) -> bool:
        """Whether a cell of this style is struck."""
        at = _number(style)
        font = self._cells[at][1] if at < len(self._cells) else 0
        return font < len(self._fonts) and self._fonts[font]


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


def unescaped(text: str) -> str:
    """Return a text with the letters that XML cannot hold, which Excel writes as `_x000D_`."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
