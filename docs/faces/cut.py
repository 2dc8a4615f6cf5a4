"""Cut the bold Chinese face out of the collection that Debian's package fonts-noto-cjk holds.

`python docs/faces/cut.py NotoSansCJK-Bold.ttc NotoSansSC-Bold.otf`, with fonttools and cffsubr installed. It
keeps what GB 2312 holds and the letters of Latin, without hints, and bears the name of the family.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import cffsubr
from fontTools import subset

SIMPLIFIED_CHINESE = 2  # the place of the face in the collection
LATIN = (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2040))
NAMES = {1: "Noto Sans SC", 4: "Noto Sans SC Bold", 6: "NotoSansSC-Bold"}


def main() -> None:
    """Write the face named second, out of the collection named first."""
    collection, face = map(Path, sys.argv[1:])
    options = subset.Options(
        font_number=SIMPLIFIED_CHINESE,
        hinting=False,
        layout_features=["ccmp", "kern", "liga"],
        name_IDs=["*"],
        notdef_outline=True,
    )
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE"]
    font = subset.load_font(str(collection), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes={*LATIN, *_gb_2312()})
    cutter.subset(font)
    for record in list(font["name"].names):
        if record.nameID in NAMES:
            font["name"].setName(NAMES[record.nameID], record.nameID, 3, 1, 0x409)
        elif record.nameID in {16, 17}:
            font["name"].removeNames(record.nameID)
    font["CFF "].cff.fontNames[0] = NAMES[6]
    subset.save_font(cffsubr.subroutinize(font), str(face), options)


def _gb_2312() -> Iterator[int]:
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            letter = bytes((row, cell)).decode("gb2312", errors="ignore")
            yield from map(ord, letter)


main()
