"""One sheet of a workbook, row by row as it is written: what it says of its own size is not asked."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, time

from openpyxl.utils.cell import column_index_from_string
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from input_packages.reading.previewing.preview import STRUCK
from input_packages.reading.previewing.workbook_parts import Book, Styles, Words, is_on, local
from input_packages.reading.xml_parts import Watch

_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_WIDEST_GAP = 20  # empty cells beside one another; more are one sign
_LONGEST_NUMBER = 15  # digits that Excel keeps


class EnoughError(Exception):
    """The text is as long as it may be."""


class Sheet(Watch):
    """Gathers the rows that are seen, until their text is as long as it may be."""

    def __init__(self, book: Book, styles: Styles, strings: list[str], longest: int) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.hidden: Counter[str] = Counter()
        self.length = self.row = self.without_value = 0
        self._book, self._styles, self._strings, self._longest = book, styles, strings, longest
        self._words = Words()
        self._hidden_columns: list[tuple[int, int]] = []
        self._columns_not_shown: set[int] = set()
        self._cells: dict[int, str] = {}
        self._column = 0
        self._cell: Mapping[str, str] = {}
        self._value: dict[str, str] = {}
        self._reading = ""
        self._is_hidden_row = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """See a row, a cell or its value begin."""
        own = local(name)
        if own == "col" and is_on(attributes.get("hidden")):
            self._hidden_columns.append((int(attributes.get("min", "1")), int(attributes.get("max", "1"))))
        elif own == "row":
            self._begin_row(attributes)
        elif own == "c":
            self._begin_cell(attributes)
        elif own in {"v", "f"}:
            self._reading = own
            self._value.setdefault(own, "")
        else:
            self._words.start(name, attributes)

    def text(self, data: str) -> None:
        """Keep a value, a formula or a text."""
        if self._reading:
            self._value[self._reading] += data
        else:
            self._words.text(data)

    def end(self, name: str) -> None:
        """See a value, a cell or a row end."""
        own = local(name)
        if own in {"v", "f"}:
            self._reading = ""
        elif own == "c":
            self._end_cell()
        elif own == "row":
            self._end_row()
        else:
            self._words.end(name)

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        self.row = int(attributes.get("r", self.row + 1))
        self._column = 0
        self._cells = {}
        self._is_hidden_row = is_on(attributes.get("hidden"))

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        place = _CELL.fullmatch(attributes.get("r", ""))
        self._column = column_index_from_string(place[1]) if place else self._column + 1
        self._cell, self._value = attributes, {}

    def _end_cell(self) -> None:
        shown = " ".join(self._shown().split())
        if shown and self._styles.is_struck(self._cell.get("s")):
            shown = f"{STRUCK}{shown}{STRUCK}"
        if not shown:
            return
        if any(first <= self._column <= last for first, last in self._hidden_columns):
            self._columns_not_shown.add(self._column)
            self.hidden["column"] = len(self._columns_not_shown)
        else:
            self._cells[self._column] = shown

    def _shown(self) -> str:
        """Return what a cell shows; of a formula that was never calculated, the formula itself."""
        words, value = self._words.taken(), self._value.get("v", "").strip()
        kind = self._cell.get("t", "n")
        if kind == "inlineStr":
            return words
        if not value:
            formula = self._value.get("f", "").strip()
            self.without_value += "f" in self._value and kind != "str"
            return f"={formula}" if formula and kind != "str" else ""
        if kind == "s":
            return self._strings[int(value)]
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        return self._number(value) if kind == "n" else value

    def _number(self, value: str) -> str:
        style = self._cell.get("s")
        try:
            number = float(value)
        except ValueError:
            return value
        if self._styles.is_date(style):
            return _day(number, from_1904=self._book.from_1904) or value
        return f"{number:.{_LONGEST_NUMBER}g}"

    def _end_row(self) -> None:
        if not self._cells:
            return
        if self._is_hidden_row:
            self.hidden["row"] += 1
            return
        line = _joined(self._cells)
        if self.length + len(line) > self._longest:
            raise EnoughError
        self.length += len(line) + 1
        self.lines.append(line)


def _joined(cells: Mapping[int, str]) -> str:
    """Return a row with a bar between its columns."""
    said, before = [], 1
    for column in sorted(cells):
        gap = column - before
        said.append(" | … | " if gap > _WIDEST_GAP else " | " * gap)
        said.append(cells[column])
        before = column
    return "".join(said)


def _day(number: float, *, from_1904: bool) -> str | None:
    """Return the day, the time or both that a number stands for; None if it stands for none."""
    try:
        found = from_excel(number, CALENDAR_MAC_1904 if from_1904 else CALENDAR_WINDOWS_1900)
    except (OverflowError, ValueError):
        return None
    if isinstance(found, datetime) and found.time() == time():
        return found.date().isoformat()
    return None if found is None else str(found)
