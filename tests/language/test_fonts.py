"""The faces: which letters they have, and what becomes of the others."""

from itertools import pairwise
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from language.fonts import (
    COVERAGE,
    FACES,
    FAMILIES,
    font_folders,
    with_every_letter_shown,
    with_every_mark_shown,
)
from tests.golden import assert_golden

FILES = [file for folder in font_folders() for file in Path(folder).rglob("*.[ot]tf")]
PRIVATE = range(0xE000, 0xF900)
NOT_TEXT = {0xFEFF}  # a mark of byte order, which no document for keeping may hold


def letters(file: Path) -> set[int]:
    with TTFont(file, lazy=True) as font:
        found = {number for number in font.getBestCmap() if number >= ord(" ")}
        return found - NOT_TEXT - set(PRIVATE)


def ranges(numbers: set[int]) -> str:
    ordered = sorted(numbers)
    breaks = [(one, other) for one, other in pairwise(ordered) if other - one > 1]
    firsts = [ordered[0], *(other for _, other in breaks)]
    lasts = [*(one for one, _ in breaks), ordered[-1]]
    return "".join(f"{first:04X}-{last:04X}\n" for first, last in zip(firsts, lasts, strict=True))


def test_the_list_of_letters_is_that_of_the_faces():
    assert_golden(COVERAGE, ranges(set().union(*map(letters, FILES))))


def test_every_family_that_documents_name_is_there():
    found = set()
    for file in FILES:
        with TTFont(file, lazy=True) as font:
            found.add(font["name"].getBestFamilyName())
    assert set(FAMILIES) <= found


def test_the_bold_chinese_face_has_every_letter_of_our_own_chinese_words():
    words = (FACES.parent / "catalogues/zh/messages.po").read_text(encoding="utf-8")
    chinese = {ord(letter) for letter in words if "\u4e00" <= letter <= "\u9fff"}
    assert chinese - letters(FACES / "NotoSansSC-Bold.otf") == set()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Réunion — Участники: 臺灣, 朱镕基, رؤساء", "Réunion — Участники: 臺灣, 朱镕基, رؤساء"),
        ("well done 😀", "well done [U+1F600]"),
        ("ไทย", "[U+0E44][U+0E17][U+0E22]"),
        ("\U00020bb7野家", "[U+20BB7]野家"),
        ("a\x00b", "a[U+0000]b"),
        ("a mark \ufeff, a private letter \ue000", "a mark [U+FEFF], a private letter [U+E000]"),
        ("two\nlines\u2028and \u2067isolated\u2069 wor\u00adds\u200d", None),
    ],
)
def test_a_letter_that_no_face_has_is_shown_as_its_number(text, shown):
    assert with_every_letter_shown(text) == (shown or text)


def test_a_mark_that_cannot_be_set_is_shown_as_its_number_too():
    assert with_every_mark_shown("a\u20deb\u0301 é") == "a[U+20DE]b[U+0301] é"
