"""The text of an OpenDocument file, with its boxes ticked or not, and what of it is not in its text."""

from io import BytesIO
from typing import Final
from zipfile import ZipFile

from input_packages.reading.previewing.office_parts import Parts
from input_packages.reading.previewing.open_body import Body
from input_packages.reading.previewing.open_styles import OpenStyles
from input_packages.reading.previewing.preview import STRUCK_SAID, Preview, counted

_CONTENT, _STYLES = "content.xml", "styles.xml"
_COUNTED: Final = {
    "hidden": ("passage of hidden text", "passages of hidden text"),
    "row": ("hidden row of a table", "hidden rows of tables"),
    "drawing": ("picture, chart, formula or drawing", "pictures, charts, formulas or drawings"),
    "comment": ("comment", "comments"),
    "del": ("deletion that is only proposed", "deletions that are only proposed"),
    "margin": ("header or footer", "headers and footers"),
}


def preview_of_odt(content: bytes, _longest: int) -> Preview:
    """Return the text of an OpenDocument file, its notes behind it, and what is in the file besides."""
    styles = OpenStyles()
    with ZipFile(BytesIO(content)) as archive:
        parts = Parts(archive)
        if _STYLES in archive.namelist():
            parts.read(_STYLES, styles)
        parts.read(_CONTENT, styles)
        body = Body(styles)
        parts.read(_CONTENT, body)
    body.counts["margin"] = styles.margins
    counts = [f"Left out: {counted(body.counts[k], *w)}." for k, w in _COUNTED.items() if body.counts[k]]
    struck = [STRUCK_SAID] if body.is_struck else []
    return Preview(text="\n".join((*body.lines, *body.notes)), left_out=(*struck, *counts))
