"""The name a file came with, made fit to be shown and kept: no folders, no marks that turn text around."""

import re
import unicodedata
from pathlib import PurePosixPath

from language.direction import without_marks

LONGEST = 120  # characters; file systems take 255 bytes, and one letter may be three
UNNAMED = "unnamed"
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


def plain_name(given: str) -> str:
    """Return the last part of the name, in one normal form, without control and direction marks."""
    last = given.replace("\\", "/").rpartition("/")[2]
    seen = "".join(c for c in without_marks(last) if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"})
    name = unicodedata.normalize("NFC", _FORBIDDEN.sub("_", seen)).strip(" .")
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    return _shortened(name) or UNNAMED


def _shortened(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    ending = PurePosixPath(name).suffix[:10]
    return name[: LONGEST - len(ending)] + ending
