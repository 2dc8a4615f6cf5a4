"""Which way a Word document runs: on its styles, its tables, and on every run that runs the other way.

Word keeps a second set of properties for scripts written from right to left (ECMA-376, 17.3.2); where only
the first is set, Arabic letters fall back to another size and lose their bold.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from input_packages.blocks import Run, Style, Text, Way
from language.direction import way_of

ARABIC_FONT = "Arial"
_AFTER_RTL = ("w:cs", "w:em", "w:lang", "w:eastAsianLayout", "w:specVanish", "w:oMath")


def direct_styles(made: WordDocument, names: Iterable[str], language: str, way: Way) -> None:
    """Turn the styles, the pages and the language of a document."""
    for lang in made.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:bidi" if way == "rtl" else "w:val"), language)
    if way == "ltr":
        return
    for name in names:
        style = made.styles[name].element
        if made.styles[name].type == 1:
            _first(style.get_or_add_pPr(), "w:bidi")
            _turn_bar(style.get_or_add_pPr())
        properties = style.get_or_add_rPr()
        fonts = properties.get_or_add_rFonts()
        fonts.set(qn("w:cs"), ARABIC_FONT)
        for plain, turned in (("w:b", "w:bCs"), ("w:i", "w:iCs"), ("w:sz", "w:szCs")):
            _mirrored(properties, plain, turned)
    for section in made.sections:
        section._sectPr.append(OxmlElement("w:bidi"))


def fit(run: Run, way: Way) -> str:
    """Return a run's letters for a document that runs `way`.

    Digits and brackets at its ends would be read from the right: marks around it forbid it.
    """
    mark = "\N{LEFT-TO-RIGHT MARK}"
    turned = way == "rtl" and run.direction == "ltr" and not run.text[:1].isalpha()
    return f"{mark}{run.text}{mark}" if turned else run.text


def unhung(text: Text) -> Iterator[Run]:
    """Yield the runs of a text, each with the brackets around it in it: no line ends between the two."""
    runs = list(text)
    for at in range(1, len(runs) - 1):
        before, run, after = runs[at - 1 : at + 2]
        if before.text.endswith("(") and after.text.startswith(")"):
            runs[at - 1] = replace(before, text=before.text[:-1])
            runs[at] = replace(run, text=f"({run.text})")
            runs[at + 1] = replace(after, text=after.text[1:])
    yield from (run for run in runs if run.text)


def direct(added: Any, run: Run, way: Way) -> None:  # noqa: ANN401 (a run of python-docx)
    """Mark a run that is written from right to left, and one in another language."""
    properties = added._r.get_or_add_rPr()
    if run.direction == "rtl" or (way == "rtl" and run.direction is None and _arabic(run.text)):
        if added.bold:
            _before(properties, OxmlElement("w:bCs"), ("w:i", "w:color", "w:sz", *_AFTER_RTL))
        _before(properties, OxmlElement("w:rtl"), _AFTER_RTL)
    if run.language:
        lang = OxmlElement("w:lang")
        lang.set(qn("w:bidi" if run.direction == "rtl" else "w:val"), run.language)
        properties.append(lang)
    if run.style is Style.CODE:
        added.font.name = "Consolas"


def turn_table(table: Any) -> None:  # noqa: ANN401 (a table of python-docx)
    """Let the first column of a table stand on the right."""
    properties = table._tbl.tblPr
    if properties.find(qn("w:bidiVisual")) is None:
        properties.insert(1, OxmlElement("w:bidiVisual"))


def _turn_bar(properties: Any) -> None:  # noqa: ANN401 (an element of python-docx)
    """Let a bar that stands alone at the left stand at the right, where the lines begin."""
    borders = properties.find(qn("w:pBdr"))
    if borders is not None and [each.tag for each in borders] == [qn("w:left")]:
        borders[0].tag = qn("w:right")


def _arabic(text: str) -> bool:
    return way_of(text) == "rtl" or not any(letter.isalpha() for letter in text)


def _mirrored(properties: Any, plain: str, turned: str) -> None:  # noqa: ANN401 (an element of python-docx)
    found = properties.find(qn(plain))
    if found is None:
        return
    for old in properties.findall(qn(turned)):
        properties.remove(old)
    made = OxmlElement(turned)
    if (value := found.get(qn("w:val"))) is not None:
        made.set(qn("w:val"), value)
    found.addnext(made)


def _first(properties: Any, tag: str) -> None:  # noqa: ANN401 (the same)
    """Put an element where the schema wants `w:bidi`: before spacing, indents and alignment."""
    later = (
        "w:adjustRightInd",
        "w:snapToGrid",
        "w:spacing",
        "w:ind",
        "w:contextualSpacing",
        "w:jc",
        "w:outlineLvl",
    )
    _before(properties, OxmlElement(tag), later)


def _before(properties: Any, made: Any, later: Iterable[str]) -> None:  # noqa: ANN401 (the same)
    following = next((e for e in properties if e.tag in {qn(tag) for tag in later}), None)
    if following is None:
        properties.append(made)
    else:
        following.addprevious(made)
