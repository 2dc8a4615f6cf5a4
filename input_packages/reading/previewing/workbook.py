"""The text of an Excel workbook, sheet by sheet, read from its parts: what each cell shows.

The library for workbooks stops at a style or a date that it does not expect, and passes over what it does not
know without a word. So the sheets are read here, with its help for formats and days alone.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final
from zipfile import ZipFile

from input_packages.reading.guarding.relations import parts_of
from input_packages.reading.previewing.office_parts import Parts
from input_packages.reading.previewing.preview import Preview, counted
from input_packages.reading.previewing.sheet import EnoughError, Sheet
from input_packages.reading.previewing.workbook_parts import Book, Strings, Styles

_COUNTED: Final = {
    "row": ("hidden row", "hidden rows"),
    "column": ("hidden column", "hidden columns"),
    "drawing": ("drawing: a picture or a chart", "drawings: pictures or charts"),
    "comments": ("page of comments", "pages of comments"),
}


def preview_of_workbook(content: bytes, longest: int) -> Preview:
    """Return the text of the visible sheets, and what is in the file besides it."""
    with ZipFile(BytesIO(content)) as archive:
        reading = _Reading(Parts(archive), longest)
        lines = list(reading.lines())
    counts = [
        f"Left out: {counted(reading.counts[k], *w)}." for k, w in _COUNTED.items() if reading.counts[k]
    ]
    return Preview(text="\n".join(lines), left_out=(*reading.left_out, *counts))


@dataclass(slots=True)
class _Reading:
    parts: Parts
    longest: int
    left_out: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def lines(self) -> Iterator[str]:
        """Yield the names of the sheets and their rows, until the text is long enough."""
        (main,) = parts_of("", self.parts.relations(""), "officedocument")
        relations = self.parts.relations(main)
        book, styles, strings = Book(), Styles(), Strings()
        self.parts.read(main, book)
        for kind, watch in (("styles", styles), ("sharedstrings", strings)):
            for part in parts_of(main, relations, kind):
                self.parts.read(part, watch)
        by_id = {relation.id: relation for relation in relations}
        for name, state, number in book.sheets:
            relation = by_id.get(number)
            if state != "visible":
                self.left_out.append(f"Left out: the hidden sheet “{name}”.")
            elif relation is None or relation.kind != "worksheet":
                self.left_out.append(f"Left out: the sheet “{name}”, which is a chart or no table.")
            else:
                (part,) = parts_of(main, [relation], "worksheet")
                yield from self._sheet(name, part, Sheet(book, styles, strings.all, self.longest))

    def _sheet(self, name: str, part: str, sheet: Sheet) -> Iterator[str]:
        try:
            self.parts.read(part, sheet)
        except EnoughError:
            self.left_out.append(f"Left out: the sheet “{name}” from row {sheet.row} on.")
        self.longest = max(self.longest - sheet.length, 0)
        if sheet.without_value:
            counted_formulas = counted(sheet.without_value, "formula has", "formulas have")
            self.left_out.append(
                f"On the sheet “{name}” {counted_formulas} no value kept: the formula is shown."
            )
        around = Counter(relation.kind for relation in self.parts.relations(part))
        self.counts += sheet.hidden + Counter(
            drawing=around["drawing"], comments=around["comments"] + around["threadedcomment"]
        )
        yield name
        yield from sheet.lines
