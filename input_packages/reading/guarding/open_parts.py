"""What is looked for in the XML parts of an OpenDocument file: what acts, and what is drawn from elsewhere.

A reference may name a part of the file itself. Where people click, it may lead where links may; a template
may lie on the reader's own machine. Everything else would be fetched or run.
"""

import posixpath
import re
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import unquote

from input_packages.reading.guarding.formulas import reaches_out
from input_packages.reading.guarding.links import is_harmless, is_on_this_machine
from input_packages.reading.guarding.parts import Part
from input_packages.reading.refusals import Refusal

_ODF: Final = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TEXT, DRAW, FORM, TABLE, STYLE, META, SCRIPT, PRESENTATION = (
    f"{_ODF}{name}:1.0"
    for name in ("office", "text", "drawing", "form", "table", "style", "meta", "script", "presentation")
)
HREF: Final = "http://www.w3.org/1999/xlink href"
_ELEMENTS: Final[Mapping[str, Refusal]] = {
    f"{OFFICE} script": Refusal.MACROS,
    f"{TEXT} script": Refusal.SCRIPTS,
    f"{TEXT} execute-macro": Refusal.MACROS,
    f"{OFFICE} event-listeners": Refusal.SCRIPTS,
    f"{PRESENTATION} event-listener": Refusal.SCRIPTS,
    f"{PRESENTATION} sound": Refusal.EMBEDDED,
    f"{DRAW} object-ole": Refusal.EMBEDDED,
    f"{DRAW} applet": Refusal.EMBEDDED,
    f"{DRAW} plugin": Refusal.EMBEDDED,
    f"{DRAW} floating-frame": Refusal.EMBEDDED,
    f"{OFFICE} dde-source": Refusal.EXTERNAL,
    f"{TEXT} dde-connection": Refusal.EXTERNAL,
    f"{TEXT} dde-connection-decl": Refusal.EXTERNAL,
    f"{TABLE} dde-link": Refusal.EXTERNAL,
    f"{TABLE} table-source": Refusal.EXTERNAL,
    f"{TABLE} cell-range-source": Refusal.EXTERNAL,
    f"{TABLE} source-service": Refusal.EXTERNAL,
    f"{TABLE} database-source-sql": Refusal.EXTERNAL,
    f"{TABLE} database-source-table": Refusal.EXTERNAL,
    f"{TABLE} database-source-query": Refusal.EXTERNAL,
    f"{TEXT} database-display": Refusal.EXTERNAL,
    f"{TEXT} database-next": Refusal.EXTERNAL,
    f"{TEXT} database-row-select": Refusal.EXTERNAL,
    f"{FORM} connection-resource": Refusal.EXTERNAL,
    f"{META} auto-reload": Refusal.EXTERNAL,
}
_SPACES: Final[Mapping[str, Refusal]] = {
    SCRIPT: Refusal.SCRIPTS,
    "http://www.w3.org/2002/xforms": Refusal.EXTERNAL,
}
_CLICKED = frozenset({f"{TEXT} a", f"{DRAW} a"})
_TEMPLATE = f"{META} template"
_ACTING = re.compile(
    r"\s*(vnd\.sun\.star\.(script|expand|pkg|extension)|macro|service|slot|javascript|vbscript):",
    re.IGNORECASE,
)
_CALCULATED = ("formula", "condition", "expression")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:/|\\\\", re.IGNORECASE)


class OpenPart(Part):
    """Looks through one part of a file whose parts have these names."""

    def __init__(self, names: Iterable[str], part: str) -> None:
        super().__init__()
        self._names, self._folder = tuple(names), posixpath.dirname(part)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """See an element begin."""
        super().start(name, attributes)
        self._add(_ELEMENTS.get(name))
        self._add(_SPACES.get(name.rpartition(" ")[0]))
        if HREF in attributes and not self._leads_nowhere(name, attributes[HREF]):
            self._add(Refusal.EXTERNAL)
        for key, value in attributes.items():
            if key != HREF and _ACTING.match(value):
                self._add(Refusal.SCRIPTS)
            if key.endswith(_CALCULATED) and (reaches_out(value) or _ELSEWHERE.search(value)):
                self._add(Refusal.EXTERNAL)

    def _leads_nowhere(self, name: str, target: str) -> bool:
        if name in _CLICKED:
            return is_harmless(target)
        if name == _TEMPLATE:
            return is_on_this_machine(target)
        if not target or target.startswith("#"):
            return True
        inside = posixpath.normpath(posixpath.join(self._folder, unquote(target)))
        return any(each == inside or each.startswith(f"{inside}/") for each in self._names)
