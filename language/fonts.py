"""The fonts that documents are set in: static faces under the Open Font License, from packages."""

from pathlib import Path

import fontpkg_amiri
import fontpkg_pt_sans
import pylopdf_fonts_zh_cn

FAMILIES = ("PT Sans", "Amiri", "Noto Sans SC")
"""In the order in which a letter is looked for: Latin and Cyrillic, Arabic, Chinese."""


def font_folders() -> list[str]:
    """Return the folders of the font files, for a typesetter that must use no others."""
    packages = (fontpkg_pt_sans, fontpkg_amiri, pylopdf_fonts_zh_cn)
    return [str(Path(str(package.__file__)).parent) for package in packages]
