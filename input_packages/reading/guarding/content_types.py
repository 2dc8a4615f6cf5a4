"""What an Office file says each of its parts is. Word and Excel go by this, and never by a part's name."""

import re
from collections.abc import Iterator, Mapping

from input_packages.reading.refusals import Refusal
from input_packages.reading.signatures import Kind
from input_packages.reading.xml_parts import Watch

PART = "[Content_Types].xml"
_SPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_MAIN = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": Kind.WORD,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": Kind.EXCEL,
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": Kind.POWERPOINT,
}
_ACTIVE = (
    (re.compile("macroenabled|vbaproject|vbadata|macrosheet|dialogsheet|attachedtoolbars"), Refusal.MACROS),
    (re.compile("oleobject|activex|webextension|javascript|text/html|x-msdownload|mhtml"), Refusal.EMBEDDED),
    (re.compile(r"externallink|connections\+xml|querytable|sheet\.binary"), Refusal.EXTERNAL),
)
# Parts that are neither XML nor known by their first bytes, and that nothing runs.
_OPAQUE = re.compile(
    r"printersettings|obfuscatedfont|x-fontdata|spreadsheetml\.customproperty|image/x-(wmf|emf|pict)"
)
CHART = re.compile(r"drawingml\.chart\+xml$|ms-office\.chartex\+xml$")


class ContentTypes(Watch):
    """The type of every part, by its name and else by its ending; both in small letters."""

    def __init__(self) -> None:
        super().__init__()
        self.overrides: dict[str, str] = {}
        self.defaults: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """See what one part, or every part with one ending, is."""
        kind = attributes.get("ContentType", "").strip().lower()
        if name == f"{_SPACE} Override":
            self.overrides[attributes.get("PartName", "").lstrip("/").lower()] = kind
        elif name == f"{_SPACE} Default":
            self.defaults[attributes.get("Extension", "").lower()] = kind

    def of(self, part: str) -> str:
        """Return the type of a part; an empty one if nothing is said about it."""
        name = part.lower()
        return self.overrides.get(name) or self.defaults.get(name.rpartition(".")[2], "")

    def is_opaque(self, part: str) -> bool:
        """Whether a part may be bytes that mean nothing to anybody but its program."""
        return bool(_OPAQUE.search(self.of(part)))

    def refusals(self, parts: list[str]) -> Iterator[Refusal]:
        """Yield why the file is refused for what its parts are said to be."""
        used = {*self.overrides.values(), *map(self.of, parts)}
        yield from (refusal for pattern, refusal in _ACTIVE if any(map(pattern.search, used)))

    def kind(self, main: list[str]) -> Kind | None:
        """Return what the file is: the type of its one main part, if there is no other of such a type."""
        mains = {*(part for part, kind in self.overrides.items() if kind in _MAIN), *map(str.lower, main)}
        return _MAIN.get(self.of(main[0])) if len(main) == len(mains) == 1 else None
