"""One dictionary of a PDF: what in it acts, holds another file or fetches something.

The kinds are those of ISO 32000-2, 12.5 (annotations) and 12.6 (actions).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import pikepdf

from input_packages.reading.guarding.links import is_harmless
from input_packages.reading.refusals import Refusal

_KEYS: Final[Mapping[str, Refusal]] = {
    "/JS": Refusal.SCRIPTS,
    "/JavaScript": Refusal.SCRIPTS,
    "/XFA": Refusal.SCRIPTS,
    "/RichMediaContent": Refusal.EMBEDDED,
    "/EF": Refusal.EMBEDDED,
    "/3DD": Refusal.EMBEDDED,
    "/OPI": Refusal.EXTERNAL,
    "/FFilter": Refusal.EXTERNAL,
}
# Where an action stands, these do nothing but lead through the document, or to an address.
_HARMLESS_ACTIONS = frozenset({"/GoTo", "/URI", "/Named", "/Hide", "/SetOCGState", "/Trans", "/ResetForm"})
_HARMLESS_NAMES = frozenset(
    {"/NextPage", "/PrevPage", "/FirstPage", "/LastPage", "/GoBack", "/GoForward", "/Find", "/Print"}
)
_ACTIONS: Final[Mapping[str, Refusal]] = {
    "/JavaScript": Refusal.SCRIPTS,
    "/Launch": Refusal.SCRIPTS,
    "/Rendition": Refusal.SCRIPTS,
    "/Movie": Refusal.SCRIPTS,
    "/Sound": Refusal.SCRIPTS,
    "/RichMediaExecute": Refusal.SCRIPTS,
    "/SubmitForm": Refusal.EXTERNAL,
    "/ImportData": Refusal.EXTERNAL,
    "/GoToR": Refusal.EXTERNAL,
    "/Thread": Refusal.EXTERNAL,
    "/GoToE": Refusal.EMBEDDED,
    "/GoTo3DView": Refusal.EMBEDDED,
}
_HARMLESS_ANNOTATIONS: Final = frozenset(
    f"/{name}"
    for name in (
        *(
            "Text",
            "Link",
            "FreeText",
            "Line",
            "Square",
            "Circle",
            "Polygon",
            "PolyLine",
            "Highlight",
            "Underline",
        ),
        *(
            "Squiggly",
            "StrikeOut",
            "Stamp",
            "Caret",
            "Ink",
            "Popup",
            "Widget",
            "PrinterMark",
            "TrapNet",
            "Watermark",
        ),
        "Redact",
    )
)
_DEEPEST_TREE = 32  # levels of a name tree


def refusals_of_dictionary(found: Mapping[str, pikepdf.Object], *, is_stream: bool) -> Iterator[Refusal]:
    """Yield what one dictionary, or that of one stream, is refused for."""
    yield from (_KEYS[key] for key in found if key in _KEYS and not _is_empty_tree(key, found[key]))
    if is_stream and "/F" in found:
        yield Refusal.EXTERNAL
    if "/EmbeddedFiles" in found and _names_anything(found["/EmbeddedFiles"]):
        yield Refusal.EMBEDDED
    if _name(found.get("/S")) in _ACTIONS:
        yield _ACTIONS[_name(found.get("/S"))]
    if "/Rect" in found and "/Subtype" in found and _name(found["/Subtype"]) not in _HARMLESS_ANNOTATIONS:
        yield Refusal.EMBEDDED
    if _name(found.get("/Subtype")) in {"/3D", "/RichMedia", "/FileAttachment", "/Screen"}:
        yield Refusal.EMBEDDED
    if _name(found.get("/S")) == "/URI" and not is_harmless(str(found.get("/URI", ""))):
        yield Refusal.EXTERNAL
    if isinstance(found.get("/Base"), pikepdf.String) and not is_harmless(str(found["/Base"])):
        yield Refusal.EXTERNAL
    yield from _of_actions(found)


def _of_actions(found: Mapping[str, pikepdf.Object]) -> Iterator[Refusal]:
    """Yield why the actions in a dictionary are refused: each of a kind that is not known to be harmless."""
    for action in _actions(found):
        kind = _name(action.get("/S"))
        is_known = kind in _HARMLESS_ACTIONS or kind in _ACTIONS
        is_odd_name = kind == "/Named" and _name(action.get("/N")) not in _HARMLESS_NAMES
        if (kind and not is_known) or is_odd_name:
            yield Refusal.SCRIPTS


def _actions(found: Mapping[str, pikepdf.Object]) -> Iterator[pikepdf.Dictionary]:
    places = [found[key] for key in ("/A", "/OpenAction", "/Next", "/PA") if key in found]
    occasions = found.get("/AA")
    if isinstance(occasions, pikepdf.Dictionary):
        places += occasions.values()
    for place in places:
        each: Iterable[object] = place if isinstance(place, pikepdf.Array) else [place]
        yield from (action for action in each if isinstance(action, pikepdf.Dictionary))


def _is_empty_tree(key: str, value: pikepdf.Object) -> bool:
    """Whether the scripts of a document are a name tree without a name, as some programs leave it."""
    return key == "/JavaScript" and isinstance(value, pikepdf.Dictionary) and not _names_anything(value)


def _name(value: object) -> str:
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _names_anything(tree: pikepdf.Object, depth: int = 0) -> bool:
    """Whether a name tree has an entry. One that is too deep to be followed counts as if it had."""
    if not isinstance(tree, pikepdf.Dictionary):
        return True
    kids = tree.get("/Kids")
    below = list(kids) if isinstance(kids, pikepdf.Array) else []
    return bool(len(tree.get("/Names", pikepdf.Array()))) or (
        bool(below) and (depth > _DEEPEST_TREE or any(_names_anything(kid, depth + 1) for kid in below))
    )
