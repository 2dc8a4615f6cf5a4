"""Puts what Word shows into a form that the converter understands, and counts what it cannot show."""

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Final
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring
from zipfile import ZipFile

from input_packages.reading.guarding.word_fields import WORD
from input_packages.reading.previewing.preview import TICKED, UNTICKED, counted
from input_packages.reading.previewing.word_styles import Styles

_BODIES = frozenset({"document", "footnotes", "endnotes"})
_WRITTEN_ANEW = _BODIES | {"styles"}
_MARGINS = frozenset({"hdr", "ftr"})
# Boxes in typefaces that draw something else for a letter: Wingdings, Wingdings 2, Webdings.
_BOXES: Final = {
    **{("wingdings", code): TICKED for code in (0xFE, 0xFD, 0x78)},
    **{("wingdings", code): UNTICKED for code in (0xA8, 0x6F, 0x70, 0x71, 0x72)},
    **{("wingdings 2", code): TICKED for code in (0x52, 0x53, 0x54)},
    **{("wingdings 2", code): UNTICKED for code in (0xA3, 0x2A, 0x30)},
    ("webdings", 0x63): UNTICKED,
}
_PRIVATE = 0xF000  # where Word puts the letters of such typefaces
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_STRICT_MATH = "{http://purl.oclc.org/ooxml/officeDocument/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WORDS: Final = {
    "hidden": ("passage of hidden text", "passages of hidden text"),
    "drawing": ("picture, chart or drawing", "pictures, charts or drawings"),
    "oMath": ("formula", "formulas"),
    "comment": ("comment", "comments"),
    "del": ("deletion that is only proposed", "deletions that are only proposed"),
    "margin": ("header or footer", "headers and footers"),
}


def rewritten(content: bytes) -> tuple[BytesIO, list[str]]:
    """Return the document, rewritten for the converter, and sentences on what its text will not hold."""
    left_out: Counter[str] = Counter()
    with ZipFile(BytesIO(content)) as archive:
        roots = dict(_roots(archive))
        styles = {n: r for n, r in roots.items() if _local(r) == "styles"}
        for root in roots.values():
            sheet = next((s for s in styles.values() if _space(s) == _space(root)), None)
            left_out += _Body(root, Styles(sheet, _space(root))).rewrite()
        written = BytesIO()
        with ZipFile(written, "w") as copy:
            for name in archive.namelist():
                is_anew = name in roots and _local(roots[name]) in _WRITTEN_ANEW
                copy.writestr(name, tostring(roots[name]) if is_anew else archive.read(name))
    return written, [f"Left out: {counted(left_out[key], *_WORDS[key])}." for key in _WORDS if left_out[key]]


def _roots(archive: ZipFile) -> Iterator[tuple[str, Element]]:
    """Yield the parts that are written in Word's own words."""
    for name in archive.namelist():
        content = archive.read(name)
        if any(
            space.encode(code) in content for space in WORD for code in ("utf-8", "utf-16-le", "utf-16-be")
        ):
            root = fromstring(content)  # noqa: S314 (looked into before: it has no DOCTYPE)
            if _space(root) in WORD:
                yield name, root


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _space(element: Element) -> str:
    return element.tag.rpartition("}")[0].removeprefix("{")


class _Body:
    """One part of a document."""

    def __init__(self, root: Element, styles: Styles) -> None:
        self._root, self._styles, self._w = root, styles, f"{{{_space(root)}}}"

    def rewrite(self) -> Counter[str]:
        """Change the part in place, and return what is left out of it, by the keys of the words for it."""
        kind = _local(self._root)
        if kind in _MARGINS:
            return Counter(margin=int(any((t.text or "").strip() for t in self._root.iter(f"{self._w}t"))))
        if kind == "comments":
            return Counter(comment=len(self._root))
        if kind == "styles":
            self._say_types()
        if kind not in _BODIES:
            return Counter()
        for parent in list(self._root.iter()):
            self._unwrap(parent)
        found = self._seen()
        for paragraph in self._root.iter(f"{self._w}p"):
            found["hidden"] += self._without_hidden(paragraph)
        for run in self._root.iter(f"{self._w}r"):
            self._show_boxes(run)
        return found

    def _say_types(self) -> None:
        """Say of each style what it is for: the converter asks, and Word takes it to be for paragraphs."""
        for style in self._root.findall(f"{self._w}style"):
            style.attrib.setdefault(f"{self._w}type", "paragraph")

    def _seen(self) -> Counter[str]:
        names = Counter(e.tag for e in self._root.iter())
        w = self._w
        return Counter(
            drawing=names[f"{w}drawing"] + names[f"{w}pict"] + names[f"{w}object"],
            oMath=names[f"{_MATH}oMath"] + names[f"{_STRICT_MATH}oMath"],
            **{"del": names[f"{w}delText"]},
        )

    def _unwrap(self, parent: Element) -> None:
        """Put the content of simple fields, and of drawings without an older form, where it is looked for."""
        for at, child in reversed(list(enumerate(parent))):
            if child.tag == f"{self._w}fldSimple":
                parent[at : at + 1] = list(child)
            elif child.tag == f"{_MC}AlternateContent" and child.find(f"{_MC}Fallback") is None:
                boxes = list(child.iter(f"{self._w}txbxContent"))
                parent[at : at + 1] = boxes

    def _without_hidden(self, paragraph: Element) -> int:
        """Take out hidden runs, mark struck ones, and return how many passages were hidden."""
        hidden = 0
        for parent in [e for e in paragraph.iter() if e is paragraph or e.tag != f"{self._w}p"]:
            for run in parent.findall(f"{self._w}r"):
                if self._styles.has("vanish", run, paragraph):
                    hidden += bool("".join(t.text or "" for t in run.iter(f"{self._w}t")).strip())
                    self._empty(run)
                elif self._is_struck(run, paragraph):
                    self._strike(run)
        return hidden

    def _empty(self, run: Element) -> None:
        """Take out what a run shows; the marks of fields stay, for what follows hangs on them."""
        for child in list(run):
            if child.tag not in {f"{self._w}fldChar", f"{self._w}instrText", f"{self._w}rPr"}:
                run.remove(child)

    def _is_struck(self, run: Element, paragraph: Element) -> bool:
        return any(self._styles.has(prop, run, paragraph) for prop in ("strike", "dstrike"))

    def _strike(self, run: Element) -> None:
        properties = run.find(f"{self._w}rPr")
        if properties is None:
            properties = Element(f"{self._w}rPr")
            run.insert(0, properties)
        for said in properties.findall(f"{self._w}strike"):
            properties.remove(said)
        SubElement(properties, f"{self._w}strike")

    def _show_boxes(self, run: Element) -> None:
        """Write the boxes of symbol typefaces as boxes, and the choice in a drop-down list of an old form."""
        fonts = run.find(f"{self._w}rPr/{self._w}rFonts")
        typeface = "" if fonts is None else fonts.get(f"{self._w}ascii", "").lower()
        for child in list(run):
            if child.tag == f"{self._w}sym":
                self._show_symbol(child)
            elif child.tag == f"{self._w}t" and typeface in {"wingdings", "wingdings 2", "webdings"}:
                child.text = "".join(_boxed(typeface, ord(letter)) or letter for letter in child.text or "")
            elif child.tag == f"{self._w}fldChar":
                self._show_choice(run, child)

    def _show_symbol(self, symbol: Element) -> None:
        code = int(symbol.get(f"{self._w}char", "0"), 16)
        box = _boxed(symbol.get(f"{self._w}font", "").lower(), code)
        if box:
            symbol.tag, symbol.text = f"{self._w}t", box
            symbol.attrib.clear()

    def _show_choice(self, run: Element, begin: Element) -> None:
        choices = begin.find(f"{self._w}ffData/{self._w}ddList")
        if choices is None:
            return
        chosen = choices.find(f"{self._w}result")
        at = 0 if chosen is None else int(chosen.get(f"{self._w}val", "0"))
        entries = [e.get(f"{self._w}val", "") for e in choices.findall(f"{self._w}listEntry")]
        SubElement(run, f"{self._w}t").text = entries[at] if at < len(entries) else ""


def _boxed(typeface: str, code: int) -> str | None:
    return _BOXES.get((typeface, code - _PRIVATE if code >= _PRIVATE else code))
