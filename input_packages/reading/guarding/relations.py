"""The relations of an Office file's parts: what each draws on, inside the file and outside it."""

import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from input_packages.reading.guarding.links import is_harmless, is_on_this_machine, leads_away
from input_packages.reading.refusals import Refusal
from input_packages.reading.xml_parts import Watch

ENDING = ".rels"
_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"
_ACTIVE: Final[Mapping[str, Refusal]] = {
    "vbaproject": Refusal.MACROS,
    "wordvbadata": Refusal.MACROS,
    "xlmacrosheet": Refusal.MACROS,
    "xlintlmacrosheet": Refusal.MACROS,
    "dialogsheet": Refusal.MACROS,
    "attachedtoolbars": Refusal.MACROS,
    "keymapcustomizations": Refusal.MACROS,
    "oleobject": Refusal.EMBEDDED,
    "control": Refusal.EMBEDDED,
    "activexcontrolbinary": Refusal.EMBEDDED,
    "afchunk": Refusal.EMBEDDED,
    "subdocument": Refusal.EMBEDDED,
    "webextension": Refusal.EMBEDDED,
    "webextensiontaskpanes": Refusal.EMBEDDED,
    "video": Refusal.EMBEDDED,
    "audio": Refusal.EMBEDDED,
    "media": Refusal.EMBEDDED,
    "externallink": Refusal.EXTERNAL,
    "connections": Refusal.EXTERNAL,
    "querytable": Refusal.EXTERNAL,
    "powerpivotdata": Refusal.EXTERNAL,
    "frame": Refusal.EXTERNAL,
}
# What may be outside the file. Everything else that is outside it would be fetched.
_OUTSIDE: Final[Mapping[str, Callable[[str], bool]]] = {
    "hyperlink": is_harmless,
    "attachedtemplate": is_on_this_machine,
}


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation: its kind is the last word of its type, in small letters."""

    kind: str
    target: str
    is_outside: bool
    id: str = ""

    def refusal(self) -> Refusal | None:
        """Return why the file is refused for this relation."""
        if self.kind in _OUTSIDE:
            return None if _OUTSIDE[self.kind](self.target) else Refusal.EXTERNAL
        if self.is_outside or leads_away(self.target):
            return Refusal.EXTERNAL
        return _ACTIVE.get(self.kind)


class Relations(Watch):
    """Keeps the relations of one part."""

    def __init__(self) -> None:
        super().__init__()
        self.all: list[Relation] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """See one relation."""
        if name == _RELATION:
            kind = attributes.get("Type", "").rstrip("/").rpartition("/")[2].lower()
            is_outside = attributes.get("TargetMode", "").lower() == "external"
            self.all.append(
                Relation(kind, attributes.get("Target", ""), is_outside, attributes.get("Id", ""))
            )


def source_of(name: str) -> str:
    """Return the name of the part whose relations are in the part `name`; of the whole file, it is empty."""
    folder, _, file = name.rpartition("/")
    return posixpath.join(posixpath.dirname(folder), file.removesuffix(ENDING))


def parts_of(source: str, relations: list[Relation], kind: str) -> Iterator[str]:
    """Yield the names of the parts that are in a relation of one kind to the part `source`."""
    folder = posixpath.join("/", posixpath.dirname(source))
    for relation in relations:
        if relation.kind == kind and not relation.is_outside:
            yield posixpath.normpath(posixpath.join(folder, unquote(relation.target))).lstrip("/")
