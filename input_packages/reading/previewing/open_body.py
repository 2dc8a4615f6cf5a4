"""The body of an OpenDocument text, as it goes by: paragraphs, tables, notes, and the boxes of its forms."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from input_packages.reading.guarding.open_parts import DRAW, FORM, OFFICE, TABLE, TEXT
from input_packages.reading.previewing.open_styles import OpenStyles
from input_packages.reading.previewing.preview import STRUCK, TICKED, UNTICKED
from input_packages.reading.xml_parts import Watch

_STYLED: Final = {
    f"{TEXT} p": "paragraph",
    f"{TEXT} h": "paragraph",
    f"{TEXT} span": "text",
}
_PASSED_OVER: Final = {
    f"{OFFICE} annotation": "comment",
    f"{TEXT} deletion": "del",
    f"{TEXT} ruby-text": "",
    f"{TEXT} tracked-changes": "",
    f"{OFFICE} forms": "",
}
_ROW, _CELL = f"{TABLE} table-row", f"{TABLE} table-cell"
_CITATION, _NOTE = f"{TEXT} note-citation", f"{TEXT} note-body"
_DRAWN = frozenset(
    f"{DRAW} {shape}"
    for shape in (
        *("line", "polyline", "polygon", "regular-polygon", "path", "rect", "circle", "ellipse"),
        *("connector", "custom-shape", "measure", "caption"),
    )
)
_BLANKS = frozenset({f"{TEXT} s", f"{TEXT} tab", f"{TEXT} line-break"})
_TRUE = "true"
_HIDDEN_BY_ITSELF = frozenset({f"{TEXT} section", f"{TEXT} hidden-text", f"{TEXT} hidden-paragraph"})


@dataclass(slots=True)
class _Paragraph:
    words: list[str] = field(default_factory=list)
    is_hidden: bool = False


class Body(Watch):
    """Gathers the lines of the body, and what is not in them; `notes` are those below and behind the text."""

    def __init__(self, styles: OpenStyles) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.notes: list[str] = []
        self.counts: Counter[str] = Counter()
        self.is_struck = False
        self._styles = styles
        self._open: list[str] = []
        self._into = [self.lines]
        self._rows: list[list[list[str]]] = []
        self._paragraphs: list[_Paragraph] = []
        self._styled: list[tuple[bool, bool]] = [(False, False)]
        self._passed_over: int | None = None
        self._framed: list[bool] = []
        self._boxes = Controls()
        self._citation = self._label = ""
        self._is_in_hidden = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """See an element begin."""
        self._open.append(name)
        self._boxes.start(name, attributes)
        if self._passed_over is not None:
            self.counts["del"] += name == f"{TEXT} deletion"
        elif name in _PASSED_OVER:
            self._pass_over(_PASSED_OVER[name])
        elif name == _ROW and attributes.get(f"{TABLE} visibility", "visible") != "visible":
            self._pass_over("row")
        elif name in _HIDDEN_BY_ITSELF and _is_hidden(name, attributes):
            self._start_hidden(name)
        else:
            self._start_seen(name, attributes)

    def _start_seen(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in _STYLED:
            self._begin_styled(name, attributes.get(f"{TEXT} style-name", ""))
        elif name == _ROW:
            self._rows.append([])
        elif name == _CELL and self._rows:
            self._rows[-1].append([])
            self._into.append(self._rows[-1][-1])
        elif name == _NOTE:
            self._into.append(self.notes)
            self._label = f"[{self._citation}] "
            self._citation = ""
        elif name == f"{DRAW} frame":
            self._framed.append(False)
        elif name in _DRAWN:
            self.counts["drawing"] += 1
        elif name == f"{DRAW} text-box" and self._framed:
            self._framed[-1] = True
        elif name in _BLANKS:
            self._write(" ")
        elif name == f"{DRAW} control":
            self._write(self._boxes.shown.get(attributes.get(f"{DRAW} control", ""), ""))

    def text(self, data: str) -> None:
        """Keep what stands in a paragraph; what describes a picture does not."""
        if self._passed_over is not None or not self._open[-1].startswith(f"{TEXT} "):
            return
        if self._open[-1] == _CITATION:
            self._citation += data
            data = f"[{data}]"
        self._write(data)

    def end(self, name: str) -> None:
        """See an element end."""
        depth = len(self._open)
        self._open.pop()
        if self._passed_over is not None and depth >= self._passed_over:
            self._passed_over = None if depth == self._passed_over else self._passed_over
            return
        if name in _STYLED:
            self._styled.pop()
        if name in {f"{TEXT} p", f"{TEXT} h"}:
            self._end_paragraph()
        elif name == _ROW:
            row = [" ".join(cell) for cell in self._rows.pop()]
            self._into[-1] += [" | ".join(row)] if any(row) else []
        elif (name == _CELL and self._rows) or name == _NOTE:
            self._into.pop()
        elif name == f"{DRAW} frame":
            self.counts["drawing"] += not self._framed.pop()

    def _begin_styled(self, name: str, style: str) -> None:
        family = _STYLED[name]
        hidden, struck = self._styled[-1] if family == "text" else (False, False)
        own_hidden, own_struck = self._styles.is_hidden(family, style), self._styles.is_struck(family, style)
        self._styled.append(
            (hidden if own_hidden is None else own_hidden, struck if own_struck is None else own_struck)
        )
        if family == "paragraph":
            self._paragraphs.append(_Paragraph())
            self._is_in_hidden = False

    def _start_hidden(self, name: str) -> None:
        self.counts["hidden"] += 1
        if name == f"{TEXT} hidden-paragraph" and self._paragraphs:
            self._paragraphs[-1].is_hidden = True
        self._pass_over("")

    def _pass_over(self, counted: str) -> None:
        self._passed_over = len(self._open)
        self.counts.update([counted] if counted else [])

    def _write(self, words: str) -> None:
        hidden, struck = self._styled[-1]
        if not self._paragraphs or (not words.strip(" ") and hidden):
            return
        self.counts["hidden"] += hidden and not self._is_in_hidden
        self._is_in_hidden = hidden
        if hidden:
            return
        self.is_struck |= struck and bool(words.strip())
        self._paragraphs[-1].words.append(f"{STRUCK}{words}{STRUCK}" if struck and words.strip() else words)

    def _end_paragraph(self) -> None:
        paragraph = self._paragraphs.pop()
        line = " ".join("".join(paragraph.words).replace(STRUCK * 2, "").split())
        if line and not paragraph.is_hidden:
            self._into[-1].append(f"{self._label}{line}" if self._into[-1] is self.notes else line)
            self._label = "" if self._into[-1] is self.notes else self._label


class Controls(Watch):
    """What was chosen or written in the fields of forms, by the names that the text has for them."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: dict[str, str] = {}
        self._list = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """See a field of a form."""
        space, _, kind = name.rpartition(" ")
        if space != FORM:
            return
        own = attributes.get("http://www.w3.org/XML/1998/namespace id") or attributes.get(f"{FORM} id", "")
        if kind in {"checkbox", "radio"}:
            keys = ("current-state", "state") if kind == "checkbox" else ("current-selected", "selected")
            is_on = _first(attributes, *keys) in {"checked", _TRUE}
            self.shown[own] = f"{TICKED if is_on else UNTICKED} {attributes.get(f'{FORM} label', '')} "
        elif kind == "listbox":
            self._list = own
        elif kind == "option" and _first(attributes, "current-selected", "selected") == _TRUE:
            chosen = filter(None, (self.shown.get(self._list), attributes.get(f"{FORM} label", "")))
            self.shown[self._list] = ", ".join(chosen)
        elif own and kind != "form":
            self.shown[own] = _first(attributes, "current-value", "value")


def _first(attributes: Mapping[str, str], *keys: str) -> str:
    return next((attributes[f"{FORM} {key}"] for key in keys if f"{FORM} {key}" in attributes), "")


def _is_hidden(name: str, attributes: Mapping[str, str]) -> bool:
    """Whether a section, or a text with a condition, is not shown; without a word of it, it is."""
    if name == f"{TEXT} section" and attributes.get(f"{TEXT} display") == "none":
        return True
    return attributes.get(f"{TEXT} is-hidden") == _TRUE
