"""What is looked for in the XML parts of an Office file, whatever they are named."""

from collections.abc import Mapping
from typing import Final

from input_packages.reading.guarding.formulas import FORMULAS, SHEET, Formulas
from input_packages.reading.guarding.links import is_harmless
from input_packages.reading.guarding.word_fields import WORD, Fields
from input_packages.reading.refusals import Refusal
from input_packages.reading.xml_parts import Watch

_ROOTS: Final[Mapping[str, Refusal]] = {
    "macrosheet": Refusal.MACROS,
    "dialogsheet": Refusal.MACROS,
    "vbasuppdata": Refusal.MACROS,
    "externallink": Refusal.EXTERNAL,
    "connections": Refusal.EXTERNAL,
    "querytable": Refusal.EXTERNAL,
    "datamashup": Refusal.EXTERNAL,
    "ocx": Refusal.EMBEDDED,
    "html": Refusal.EMBEDDED,
    "webextension": Refusal.EMBEDDED,
    "taskpanes": Refusal.EMBEDDED,
}
_SVG, _VML, _XLINK = (
    "http://www.w3.org/2000/svg",
    "urn:schemas-microsoft-com:vml",
    "http://www.w3.org/1999/xlink",
)
_OFFICE = "urn:schemas-microsoft-com:office:office"
_SLIDES = (
    "http://schemas.openxmlformats.org/presentationml/2006/main",
    "http://purl.oclc.org/ooxml/presentationml/main",
)
_CLICKS = frozenset(
    f"{space} {name}"
    for space in (
        "http://schemas.openxmlformats.org/drawingml/2006/main",
        "http://purl.oclc.org/ooxml/drawingml/main",
    )
    for name in ("hlinkClick", "hlinkHover", "hlinkMouseOver")
)
# What a click may do besides following a link, which is judged as a relation: lead through the slides.
_HARMLESS_CLICKS = frozenset(
    {
        "",
        *(
            f"ppaction://{name}"
            for name in ("hlinksldjump", "hlinkshowjump", "customshow", "hlinkfile", "noaction")
        ),
    }
)
_ELEMENTS: Final[Mapping[str, Refusal]] = {
    **{f"{space} mailMerge": Refusal.EXTERNAL for space in WORD},
    **{f"{space} altChunk": Refusal.EMBEDDED for space in WORD},
    **{f"{space} ddeLink": Refusal.EXTERNAL for space in SHEET},
    **{f"{space} oleObject": Refusal.EMBEDDED for space in SHEET},
    **{f"{space} oleObj": Refusal.EMBEDDED for space in _SLIDES},
    **{f"{space} control": Refusal.EMBEDDED for space in _SLIDES},
    **{f"{space} cmd": Refusal.SCRIPTS for space in _SLIDES},
    f"{_OFFICE} OLEObject": Refusal.EMBEDDED,
    f"{_SVG} script": Refusal.SCRIPTS,
    f"{_SVG} foreignObject": Refusal.SCRIPTS,
}


class Part(Watch):
    """Looks through one part: its root says whether it can hold fields, formulas, or both."""

    def __init__(self) -> None:
        super().__init__()
        self._inner: list[Watch] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """See an element begin; the first one says what the part is."""
        if not self._inner:
            self._begin(name)
        self._add(_ELEMENTS.get(name))
        if name in _CLICKS and attributes.get("action", "").partition("?")[0] not in _HARMLESS_CLICKS:
            self._add(Refusal.SCRIPTS)
        if name.startswith((_SVG, _VML)):
            self._add(_of_drawing(name, attributes))
        for watch in self._inner:
            watch.start(name, attributes)

    def text(self, data: str) -> None:
        """Pass on the text."""
        for watch in self._inner:
            watch.text(data)

    def end(self, name: str) -> None:
        """Pass on the end of an element."""
        for watch in self._inner:
            watch.end(name)

    def close(self) -> None:
        """Gather what was found."""
        for watch in self._inner:
            watch.close()
            self.found += watch.found

    def _begin(self, root: str) -> None:
        space, _, name = root.rpartition(" ")
        self._inner = [
            *([Fields()] if space not in SHEET else []),
            *([Formulas()] if space not in WORD else []),
        ]
        self._add(_ROOTS.get(name.lower()))
        if space in SHEET:
            self.wanted = FORMULAS | set(_ELEMENTS)

    def _add(self, refusal: Refusal | None) -> None:
        self.found += [refusal] if refusal else []


def _of_drawing(name: str, attributes: Mapping[str, str]) -> Refusal | None:
    """Return why a drawing is refused: for a script in it, or a picture that it would fetch."""
    is_svg = name.startswith(_SVG)
    if is_svg and any(key.lower().startswith("on") for key in attributes):
        return Refusal.SCRIPTS
    if is_svg:
        links = [attributes.get(key, "") for key in ("href", f"{_XLINK} href")]
        return None if all(_stays(link, name) for link in links) else Refusal.EXTERNAL
    source = attributes.get("src", "")
    return Refusal.EXTERNAL if "://" in source or source.startswith(("\\\\", "//")) else None


def _stays(link: str, name: str) -> bool:
    is_link = name == f"{_SVG} a"
    return link.startswith(("#", "data:image/")) or not link or (is_link and is_harmless(link))
