"""The house's Word template: letters, pages and styles of documents where the pack has no `house.docx`."""

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from typing import Any, Final

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from input_packages.blocks import Style
from input_packages.packing import repack

COLOURS: Final[Mapping[str, str]] = {Style.STRONG: "1B4F8C", Style.ALERT: "8F2D1F", Style.SOFT: "4A5561"}
# The styles that documents are written in; a template of the house's own has to have them all.
STYLES: Final = (
    *("Normal", "Title", "Heading 1", "Heading 2", "List Bullet", "List Number", "Caption", "Quote"),
    *("Intense Quote", "Table Grid"),
)
_SIZES: Final[Mapping[str, float]] = {
    "Normal": 10.5,
    "Title": 22,
    "Heading 1": 15,
    "Heading 2": 11.5,
    "Caption": 9,
}
_IN_COLOUR: Final[Mapping[str, str]] = {
    "Title": Style.STRONG,
    "Heading 1": Style.STRONG,
    "Heading 2": Style.STRONG,
    "Caption": Style.SOFT,
    "Intense Quote": Style.ALERT,
}
_KEPT_TABLES: Final = {"Normal Table", "Table Grid"}
_NEEDLESS: Final = ("stylesWithEffects", "thumbnail")


@cache
def house_template() -> bytes:
    """Return the template that is used where the pack has none; made to be changed in Word."""
    made = docx.Document()
    _strip(made)
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    for name in STYLES[:-1]:
        font = made.styles[name].font
        font.name, font.italic = "Calibri", False
        if size := _SIZES.get(name):
            font.size = Pt(size)
        if colour := _IN_COLOUR.get(name):
            font.color.rgb = RGBColor.from_string(COLOURS[colour])
    made.styles["Caption"].font.bold = False
    _bar(made.styles["Quote"], COLOURS[Style.STRONG])
    _bar(made.styles["Intense Quote"], COLOURS[Style.ALERT])
    made.styles["Caption"].paragraph_format.space_before = Pt(8)
    _number(made)
    return saved(made)


def saved(made: WordDocument) -> bytes:
    """Return a document as bytes that depend on nothing but what is in it."""
    written = BytesIO()
    made.save(written)
    return repack(written.getvalue())


def _strip(made: WordDocument) -> None:
    """Take out what nobody needs: a picture of an empty page, and some ninety styles of tables."""
    for relations in (made.part.rels, made.part.package.rels):
        for name in [name for name, each in relations.items() if each.reltype.endswith(_NEEDLESS)]:
            del relations[name]
    for style in [each for each in made.styles if each.type == WD_STYLE_TYPE.TABLE]:
        if style.name not in _KEPT_TABLES:
            style.delete()


def _bar(style: Any, colour: str) -> None:  # noqa: ANN401 (a style of python-docx)
    """Draw a bar at the side where the lines of a style begin, and no other line around them."""
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    bar = OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "24"), ("space", "8"), ("color", colour)):
        bar.set(qn(f"w:{name}"), value)
    borders = OxmlElement("w:pBdr")
    borders.append(bar)
    properties.insert(0, borders)


def _number(made: WordDocument) -> None:
    """Put the number of the page at its foot."""
    paragraph = made.sections[0].footer.paragraphs[0]
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
