"""The reading copy: the package with every contribution behind it, as one PDF to read from front to back.

What came as a PDF stands in it page by page. Of anything else it shows the text, as a preview: the file
itself lies beside it in the package. Merging would break the tags that reading aloud needs: it has none, and
the package alone is a PDF of its own that has them.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any

import pikepdf

from input_packages.blocks import Document, Run, Style, Text
from input_packages.contents import Contents, Contribution
from input_packages.reading.previewing.pdf_text import filled_in
from input_packages.reading.signatures import Kind
from input_packages.speech import Speech, plain
from input_packages.typeset import typeset
from language.catalogues import english
from language.direction import way_of

_LONGEST_LINE = 20_000  # characters; a line without an end would be one paragraph of hundreds of pages
_REMARKS = {
    "pages": english("The following pages are reproduced as received."),
    "form": english(
        "The following pages are reproduced as received. What was filled into the form is given first."
    ),
    "preview": english("The text of the file follows as a preview. The file itself is in the package."),
    "nothing": english(
        "The file contains no text that can be shown here. The file itself is in the package."
    ),
}


@dataclass(frozen=True, slots=True)
class Attached:
    """A contribution's bytes as they came, and the text that was read of it on the day it came."""

    original: bytes
    preview: str


def reading_copy(document: Document, contents: Contents, attached: Mapping[str, Attached]) -> bytes:
    """Return the document with its annexes, each from `attached` by the name its contribution has.

    Raises:
        KeyError: a contribution is not attached.
        pikepdf.PdfError: a PDF among them cannot be read any more.
    """
    annexes = [
        _annex(each, contents, attached[each.file], document.language) for each in contents.contributions
    ]
    words = {key: Speech(document.language).plain(remark) for key, remark in _REMARKS.items()}
    words["annexes"] = Speech(document.language).plain(english("Annexes"))
    author = plain(document.institution)
    data = {"document": asdict(document), "author": author, "annexes": annexes, "words": words}
    front = typeset("package.typ", data, contents.facts_upto, for_ever=False)
    return _merged(front, contents, attached)


def _annex(
    contribution: Contribution, contents: Contents, attached: Attached, language: str
) -> dict[str, Any]:
    s = Speech(language)
    if contribution.kind == Kind.PDF:
        text = _form(attached.original)
        remark = "form" if text else "pages"
    else:
        text = attached.preview
        remark = "preview" if text else "nothing"
    lines = (line[:_LONGEST_LINE] for line in text.splitlines() if line.strip())
    return {
        "number": contribution.annex,
        "prefix": _prefix(contribution),
        "short": _prefix(contribution).removesuffix("."),
        "title": [asdict(r) for r in s.gettext(english("Annex %(number)s"), number=contribution.annex)],
        "giver": [asdict(s.name(contribution.name))],
        "facts": [[[asdict(r) for r in part] for part in row] for row in _facts(contribution, contents, s)],
        "remark": remark,
        "lines": [[line, way_of(line)] for line in lines],
    }


def _form(original: bytes) -> str:
    """Return what was filled into a PDF: its pages are merged without the form that draws it."""
    with pikepdf.open(BytesIO(original)) as came:
        return "\n".join(filled_in(came))


def _facts(contribution: Contribution, contents: Contents, s: Speech) -> list[tuple[Text, Text]]:
    titles = {item.id: item.title for item in contents.items}
    what = s.words(titles[contribution.item]) if contribution.item in titles else (s.id(contribution.item),)
    return [
        (s.gettext(english("Item")), what),
        (s.gettext(english("Requested as")), s.words(contribution.actor)),
        (s.gettext(english("Received on")), s.date(contribution.received_on)),
        (s.gettext(english("Received as")), (s.name(contribution.title),)),
        (s.gettext(english("File")), (s.id(contribution.file),)),
        ((Run("SHA-256"),), (s.id(contribution.sha256, Style.CODE),)),
    ]


def _prefix(contribution: Contribution) -> str:
    return f"A{contribution.annex}."


def _merged(front: bytes, contents: Contents, attached: Mapping[str, Attached]) -> bytes:
    with pikepdf.open(BytesIO(front)) as merged:
        starts = _starts(merged, len(contents.contributions))
        labels: list[Any] = [0, pikepdf.Dictionary(S=pikepdf.Name.D)]
        added = 0
        for contribution, start in zip(contents.contributions, starts, strict=True):
            labels += [start + added, pikepdf.Dictionary(P=_prefix(contribution), S=pikepdf.Name.D)]
            if contribution.kind == Kind.PDF:
                added += _insert(merged, start + added + 1, attached[contribution.file].original)
        merged.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(labels))
        written = BytesIO()
        # Nothing is compressed anew: what a compressor writes depends on its version.
        merged.save(
            written,
            deterministic_id=True,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
        return written.getvalue()


def _starts(merged: pikepdf.Pdf, annexes: int) -> list[int]:
    """Return the page, from 0, on which each annex starts: its heading is on the outline's first level."""
    if not annexes:
        return []
    numbers = {page.obj.objgen: number for number, page in enumerate(merged.pages)}
    with merged.open_outline() as outline:
        roots = list(outline.root)[-annexes:]
        return [numbers[_target(merged, each).objgen] for each in roots]


def _target(merged: pikepdf.Pdf, item: pikepdf.OutlineItem) -> pikepdf.Object:
    found: Any = item.destination if item.destination is not None else item.action.D  # type: ignore[union-attr]
    if isinstance(found, pikepdf.String | pikepdf.Name):
        found = pikepdf.NameTree(merged.Root.Names.Dests)[str(found)]
    return found.D[0] if isinstance(found, pikepdf.Dictionary) else found[0]


def _insert(merged: pikepdf.Pdf, at: int, original: bytes) -> int:
    with pikepdf.open(BytesIO(original)) as came:
        for offset, page in enumerate(came.pages):
            merged.pages.insert(at + offset, page)
        return len(came.pages)
