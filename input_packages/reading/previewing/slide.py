"""One slide of a presentation, shape by shape as it is written, and the list of all slides."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from input_packages.reading.previewing.preview import STRUCK
from input_packages.reading.xml_parts import Watch

_SPACES: Final = {
    "http://schemas.openxmlformats.org/presentationml/2006/main": "p",
    "http://purl.oclc.org/ooxml/presentationml/main": "p",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
}
_IDS: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)
_SHAPES = frozenset({"p:sp", "p:pic", "p:graphicFrame", "p:grpSp", "p:cxnSp", "p:contentPart"})
_DRAWN = frozenset({"p:pic", "p:contentPart"})
_ON, _OFF = frozenset({"1", "true"}), frozenset({"0", "false"})
_NOT_STRUCK = frozenset({"", "noStrike"})


def _short(name: str) -> str:
    space, _, own = name.rpartition(" ")
    return f"{_SPACES[space]}:{own}" if space in _SPACES else ""


class SlideList(Watch):
    """The slides in their order: the relations that lead to them."""

    def __init__(self) -> None:
        super().__init__()
        self.relations: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """See a slide in the list."""
        if _short(name) == "p:sldId":
            self.relations.append(next(attributes[key] for key in _IDS if key in attributes))


class Slide(Watch):
    """Gathers the lines of a slide: one for each paragraph, one for each row of a table.

    With `own_shapes_only`, the shapes into which something else is put are passed over.
    """

    def __init__(self, *, own_shapes_only: bool = False) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.counts: Counter[str] = Counter()
        self.is_hidden = self.is_struck = False
        self._own_shapes_only = own_shapes_only
        self._depth = 0
        self._shapes: list[int] = []
        self._passed_over: int | None = None
        self._words: list[str] = []
        self._cells: list[list[str]] = []
        self._is_text = self._is_struck_run = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """See a shape, a paragraph or a text begin."""
        self._depth += 1
        own = _short(name)
        if self._passed_over is not None:
            return
        if own in _SHAPES:
            self._shapes.append(self._depth)
            self.counts["drawing"] += own in _DRAWN
        elif own == "mc:Fallback":
            self._passed_over = self._depth
        elif own == "p:cNvPr" and attributes.get("hidden") in _ON and self._shapes:
            self._pass_over_shape("hidden")
        elif own == "p:ph" and self._own_shapes_only:
            self._pass_over_shape("")
        else:
            self._start_inside(own, attributes)

    def _start_inside(self, own: str, attributes: Mapping[str, str]) -> None:
        if own == "p:sld":
            self.is_hidden = attributes.get("show") in _OFF
        elif own == "a:graphicData":
            self.counts["drawing"] += not attributes.get("uri", "").endswith("/table")
        elif own == "m:oMath":
            self.counts["formula"] += 1
        elif own == "a:tr":
            self._cells.append([])
        elif own == "a:tc":
            self._cells[-1].append("")
        elif own == "a:r":
            self._is_struck_run = False
        elif own == "a:rPr":
            self._is_struck_run = attributes.get("strike", "") not in _NOT_STRUCK
        elif own == "a:t":
            self._is_text = True
        elif own == "a:br":
            self._words.append(" ")

    def text(self, data: str) -> None:
        """Keep the text of a run."""
        if self._is_text:
            self.is_struck |= self._is_struck_run
            self._words.append(f"{STRUCK}{data}{STRUCK}" if self._is_struck_run else data)

    def end(self, name: str) -> None:
        """See a text, a paragraph, a row or a shape end."""
        own, depth = _short(name), self._depth
        self._depth -= 1
        if self._passed_over is not None and depth > self._passed_over:
            return
        self._passed_over = None
        if own in _SHAPES:
            self._shapes.pop()
        elif own == "a:t":
            self._is_text = False
        elif own == "a:p":
            self._end_paragraph()
        elif own == "a:tr":
            self._add(" | ".join(self._cells.pop()))

    def _end_paragraph(self) -> None:
        line = " ".join("".join(self._words).replace(STRUCK * 2, "").split())
        self._words.clear()
        if self._cells:
            self._cells[-1][-1] = f"{self._cells[-1][-1]} {line}".strip()
        else:
            self._add(line)

    def _add(self, line: str) -> None:
        self.lines += [line] if line.strip(" |") else []

    def _pass_over_shape(self, counted: str) -> None:
        """Pass over the rest of the shape that is being read."""
        self._passed_over = self._shapes[-1]
        self.counts.update([counted] if counted else [])
