"""The text of a PDF, page by page, with what was filled into its form."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pypdfium2

from input_packages.reading.previewing.preview import Preview, counted
from input_packages.reading.previewing.word_rewriting import TICKED, UNTICKED

_DEEPEST = 32  # fields in one another
_NAMED = 20  # empty pages that are named
_OFF = "/Off"
_PUSH_BUTTON = 1 << 16  # the flag of a push button, which holds no answer (ISO 32000-2, 12.7.5.2)
_NOTES = frozenset(
    {"/Text", "/FreeText", "/Highlight", "/StrikeOut", "/Underline", "/Squiggly", "/Stamp", "/Ink"}
)


def preview_of_pdf(content: bytes, _longest: int) -> Preview:
    """Return the text of a PDF, and behind it the fields of its form, one a line."""
    texts = [text.replace("\r\n", "\n") for text in _pages(content)]
    with pikepdf.open(BytesIO(content)) as pdf:
        filled, left_out = list(_filled(pdf)), [*_empty_pages(texts), *_notes(pdf)]
    return Preview(text="\n".join([*texts, *filled]), pages=len(texts), left_out=tuple(left_out))


def _pages(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def _empty_pages(texts: list[str]) -> Iterator[str]:
    empty = [str(number) for number, text in enumerate(texts, 1) if not text.strip()]
    if empty:
        shown = ", ".join(empty[:_NAMED]) + (" and more" if len(empty) > _NAMED else "")
        yield f"No text can be read on {'page' if len(empty) == 1 else 'pages'} {shown}: empty, or a picture."


def _notes(pdf: pikepdf.Pdf) -> Iterator[str]:
    notes = sum(str(note.get("/Subtype", "")) in _NOTES for page in pdf.pages for note in _annotations(page))
    if notes:
        yield f"Left out: {counted(notes, 'note or mark', 'notes and marks')} on the pages."


def _annotations(page: pikepdf.Page) -> list[pikepdf.Dictionary]:
    found = page.obj.get("/Annots")
    every = list(found) if isinstance(found, pikepdf.Array) else []
    return [each for each in every if isinstance(each, pikepdf.Dictionary)]


def _filled(pdf: pikepdf.Pdf) -> Iterator[str]:
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary):
        for field in _children(form, "/Fields"):
            yield from _of_field(field, "", pikepdf.Dictionary(), 0)


def _children(parent: pikepdf.Dictionary, key: str) -> list[pikepdf.Dictionary]:
    found = parent.get(key)
    every = list(found) if isinstance(found, pikepdf.Array) else []
    return [each for each in every if isinstance(each, pikepdf.Dictionary)]


def _of_field(
    field: pikepdf.Dictionary, outer: str, inherited: pikepdf.Dictionary, depth: int
) -> Iterator[str]:
    """Yield what was filled into a field, or into those below it, which inherit from it."""
    own = {key: field[key] for key in ("/FT", "/V", "/Ff") if key in field}
    known = pikepdf.Dictionary({**dict(inherited.items()), **own})
    part = str(field["/T"]) if "/T" in field else ""
    name = ".".join(filter(None, (outer, part)))
    below = [kid for kid in _children(field, "/Kids") if "/T" in kid]
    if below and depth < _DEEPEST:
        for kid in below:
            yield from _of_field(kid, name, known, depth + 1)
    elif (value := _value(known)) is not None:
        yield f"{str(field['/TU']) if '/TU' in field else name}: {value}"


def _value(known: pikepdf.Dictionary) -> str | None:
    """Return what was filled in; None where there is nothing to fill in, or nothing was."""
    value = known.get("/V")
    if known.get("/FT") == pikepdf.Name.Btn:
        return None if int(known.get("/Ff", 0)) & _PUSH_BUTTON else _box(value)
    if isinstance(value, pikepdf.Array):
        return ", ".join(str(each) for each in value)
    if isinstance(value, pikepdf.Stream):
        return value.read_bytes().decode("utf-8", "replace")
    return str(value) if isinstance(value, pikepdf.String) and str(value) else None


def _box(value: object) -> str:
    """A ticked box is on, whatever its own word for that is; of several in one field, the word says which."""
    state = str(value) if isinstance(value, pikepdf.Name) else _OFF
    if state == _OFF:
        return UNTICKED
    return (
        TICKED if state.lower() in {"/yes", "/on", "/1", "/true"} else f"{TICKED} {state.removeprefix('/')}"
    )
