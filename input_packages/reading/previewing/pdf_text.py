"""The text of a PDF, page by page, with what was filled into its form."""

from collections.abc import Iterator, Sequence
from io import BytesIO

import pikepdf
import pypdfium2

from input_packages.reading.previewing.preview import TICKED, UNTICKED, Preview, counted

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
        filled, left_out = list(filled_in(pdf)), [*_empty_pages(texts), *_notes(pdf)]
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


def filled_in(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Yield what was filled into the form of a PDF, a line for each field; nothing where it has no form."""
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
    own = {key: field[key] for key in ("/FT", "/V", "/Ff", "/Opt", "/AS") if key in field}
    known = pikepdf.Dictionary({**dict(inherited.items()), **own})
    part = str(field["/T"]) if "/T" in field else ""
    name = ".".join(filter(None, (outer, part)))
    below = [kid for kid in _children(field, "/Kids") if "/T" in kid]
    if below and depth < _DEEPEST:
        for kid in below:
            yield from _of_field(kid, name, known, depth + 1)
    elif (
        value := _value(known, [kid["/AS"] for kid in _children(field, "/Kids") if "/AS" in kid])
    ) is not None:
        yield f"{str(field['/TU']) if '/TU' in field else name}: {value}"


def _value(known: pikepdf.Dictionary, looks: Sequence[object]) -> str | None:
    """Return what was filled in; None where there is nothing to fill in, or nothing was.

    `looks` are the states that the boxes of a field are drawn in: a box may say nothing else.
    """
    value = known.get("/V")
    if known.get("/FT") == pikepdf.Name.Btn:
        drawn = next((look for look in looks if str(look) != _OFF), known.get("/AS"))
        return None if int(known.get("/Ff", 0)) & _PUSH_BUTTON else _box(drawn if value is None else value)
    if isinstance(value, pikepdf.Stream):
        return value.read_bytes().decode("utf-8", "replace")
    chosen = list(value) if isinstance(value, pikepdf.Array) else [value]
    shown = [_shown(each, known.get("/Opt")) for each in chosen if isinstance(each, pikepdf.String)]
    return ", ".join(shown) or None


def _shown(chosen: pikepdf.String, choices: object) -> str:
    """Return what a list shows for a choice, which may be kept as another word than the one that is seen."""
    for each in list(choices) if isinstance(choices, pikepdf.Array) else []:
        if isinstance(each, pikepdf.Array) and len(each) > 1 and str(each[0]) == str(chosen):
            return str(each[1])
    return str(chosen)


def _box(value: object) -> str:
    """A ticked box is on, whatever its own word for that is; of several in one field, the word says which."""
    state = str(value) if isinstance(value, pikepdf.Name) else _OFF
    if state == _OFF:
        return UNTICKED
    return (
        TICKED if state.lower() in {"/yes", "/on", "/1", "/true"} else f"{TICKED} {state.removeprefix('/')}"
    )
