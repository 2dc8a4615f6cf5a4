"""What the styles of an OpenDocument text say: whether a text is hidden, and whether it is struck."""

from collections.abc import Mapping

from input_packages.reading.guarding.open_parts import STYLE, TEXT
from input_packages.reading.xml_parts import Watch

_LINES = tuple(f"{STYLE} text-line-through-{what}" for what in ("style", "type"))
_MARGINS = frozenset(f"{STYLE} {what}" for what in ("header", "footer", "header-left", "footer-left"))


class OpenStyles(Watch):
    """Keeps the styles of one part after another, and how many headers and footers have a text."""

    def __init__(self) -> None:
        super().__init__()
        self.margins = 0
        self._parents: dict[tuple[str, str], str] = {}
        self._hidden: dict[tuple[str, str], bool] = {}
        self._struck: dict[tuple[str, str], bool] = {}
        self._style: tuple[str, str] | None = None
        self._is_in_margin = False
        self._said = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """See a style, its properties, or a header begin."""
        if name == f"{STYLE} style":
            self._style = attributes.get(f"{STYLE} family", ""), attributes.get(f"{STYLE} name", "")
            self._parents[self._style] = attributes.get(f"{STYLE} parent-style-name", "")
        elif name == f"{STYLE} text-properties" and self._style:
            if f"{TEXT} display" in attributes:
                self._hidden[self._style] = attributes[f"{TEXT} display"] == "none"
            lines = {attributes[key] for key in _LINES if key in attributes}
            if lines:
                self._struck[self._style] = lines != {"none"}
        elif name in _MARGINS:
            self._is_in_margin, self._said = True, ""

    def text(self, data: str) -> None:
        """Keep the text of a header."""
        if self._is_in_margin:
            self._said += data

    def end(self, name: str) -> None:
        """See a style or a header end."""
        if name == f"{STYLE} style":
            self._style = None
        elif name in _MARGINS:
            self.margins += bool(self._said.strip())
            self._is_in_margin = False

    def is_hidden(self, family: str, style: str) -> bool | None:
        """Whether a text of this style is hidden; None where neither it nor those it rests on say."""
        return self._said_of(self._hidden, family, style)

    def is_struck(self, family: str, style: str) -> bool | None:
        """Whether a text of this style is struck; None as above."""
        return self._said_of(self._struck, family, style)

    def _said_of(self, said: Mapping[tuple[str, str], bool], family: str, style: str) -> bool | None:
        seen: set[str] = set()
        while style and style not in seen:
            if (family, style) in said:
                return said[family, style]
            seen.add(style)
            style = self._parents.get((family, style), "")
        return None
