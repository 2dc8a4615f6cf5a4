"""PDF files, looked into object by object: also those inside compressed object streams."""

from collections.abc import Iterator
from pathlib import Path

import pikepdf

from input_packages.reading.limits import Limits
from input_packages.reading.refusals import Refusal

_KEYS = {
    "/JS": Refusal.SCRIPTS,
    "/JavaScript": Refusal.SCRIPTS,
    "/XFA": Refusal.SCRIPTS,
    "/RichMediaContent": Refusal.EMBEDDED,
    "/EmbeddedFiles": Refusal.EMBEDDED,
    "/EF": Refusal.EMBEDDED,
}
# Kinds of action (ISO 32000-1, 12.6.4) beyond going to a place in the document or to an address.
_ACTIONS = {
    "/JavaScript": Refusal.SCRIPTS,
    "/Launch": Refusal.SCRIPTS,
    "/Rendition": Refusal.SCRIPTS,
    "/Movie": Refusal.SCRIPTS,
    "/Sound": Refusal.SCRIPTS,
    "/SubmitForm": Refusal.EXTERNAL,
    "/ImportData": Refusal.EXTERNAL,
    "/GoToR": Refusal.EXTERNAL,
    "/GoToE": Refusal.EMBEDDED,
}
_SUBTYPES = {"/FileAttachment": Refusal.EMBEDDED, "/RichMedia": Refusal.EMBEDDED, "/Screen": Refusal.SCRIPTS}
_DEEPEST = 64  # levels of direct objects in one another; qpdf itself stops at a few hundred


def refusals_of(file: Path, limits: Limits) -> list[Refusal]:
    """Return everything a PDF file is refused for, each once."""
    try:
        with pikepdf.open(file) as pdf:
            if pdf.is_encrypted:
                return [Refusal.ENCRYPTED]
            if not len(pdf.pages):
                return [Refusal.DAMAGED]
            heavy = [Refusal.TOO_HEAVY] if len(pdf.pages) > limits.pages else []
            return [*heavy, *dict.fromkeys(_active(pdf))]
    except pikepdf.PasswordError:
        return [Refusal.ENCRYPTED]
    except (pikepdf.PdfError, RuntimeError, ValueError):
        return [Refusal.DAMAGED]


def _active(pdf: pikepdf.Pdf) -> Iterator[Refusal]:
    waiting: list[tuple[pikepdf.Object, int]] = [(each, 0) for each in pdf.objects]
    while waiting:
        each, depth = waiting.pop()
        if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            found = dict(each.items())
            yield from _of_dictionary(found)
            waiting += _direct(found.values(), depth)
        elif isinstance(each, pikepdf.Array):
            waiting += _direct(each, depth)


def _direct(values: object, depth: int) -> Iterator[tuple[pikepdf.Object, int]]:
    """Yield the objects that stand inside another one; those that are referred to come by themselves."""
    if depth < _DEEPEST:
        yield from ((v, depth + 1) for v in values if isinstance(v, pikepdf.Object) and not v.is_indirect)  # type: ignore[attr-defined]  # arrays and views alike


def _of_dictionary(found: dict[str, pikepdf.Object]) -> Iterator[Refusal]:
    yield from (_KEYS[key] for key in found if key in _KEYS)
    for key, kinds in (("/S", _ACTIONS), ("/Subtype", _SUBTYPES)):
        named = found.get(key)
        if isinstance(named, pikepdf.Name) and str(named) in kinds:
            yield kinds[str(named)]
