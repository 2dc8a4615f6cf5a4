"""The fonts that documents are set in: static faces under the Open Font License."""

import re
from functools import cache
from pathlib import Path
from typing import Final
from unicodedata import category

import fontpkg_amiri
import fontpkg_pt_sans

FAMILIES = ("PT Sans", "Amiri", "Noto Sans SC")
"""In the order in which a letter is looked for: Latin and Cyrillic, Arabic, Chinese."""

FACES: Final = Path(__file__).with_name("faces")
COVERAGE: Final = FACES / "coverage.txt"
"""Every letter with a meaning of its own that one of the faces has, as ranges of hexadecimal numbers."""


def font_folders() -> list[str]:
    """Return the folders of the font files, for a typesetter that must use no others."""
    packages = (fontpkg_pt_sans, fontpkg_amiri)
    return [*(str(Path(str(package.__file__)).parent) for package in packages), str(FACES)]


def with_every_letter_shown(text: str) -> str:
    """Return a text in which each letter that no face has stands as its number, such as `[U+1F600]`.

    A document that must keep for decades cannot hold a letter without a shape, and one that is left out is
    missed by nobody.
    """
    return _without_a_shape().sub(lambda found: _number(found.group()), text)


def with_every_mark_shown(text: str) -> str:
    """Return a text in which marks that join the letter before them stand as their numbers too.

    Faces have such marks, but not for every letter; whether one has both is known only once they are set.
    """
    return "".join(_number(letter) if category(letter).startswith("M") else letter for letter in text)


def _number(letter: str) -> str:
    return f"[U+{ord(letter):04X}]"


@cache
def _without_a_shape() -> re.Pattern[str]:
    ranges = (line.partition("-") for line in COVERAGE.read_text(encoding="ascii").split())
    covered = "".join(rf"\U{int(first, 16):08X}-\U{int(last, 16):08X}" for first, _, last in ranges)
    return re.compile(f"[^{covered}{_WITHOUT_INK}]")


# Breaks of lines and what steers direction, joining and variants: no face need have it, and nothing is lost.
_WITHOUT_INK: Final = r"\t\n\r\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFE00-\uFE0F"
