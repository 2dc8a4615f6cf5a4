"""The fonts that documents are set in: static faces from packages, so that no machine's own fonts get in.

PT Sans for Latin and Cyrillic letters, Amiri for Arabic, Noto Sans SC for Chinese; all under the SIL Open
Font License. Faces with variable axes would look right and yet leave a text layer nobody can search.
"""

from importlib.util import find_spec
from pathlib import Path
from typing import Final

_PACKAGES: Final = ("fontpkg_amiri", "fontpkg_pt_sans", "pylopdf_fonts_zh_cn")


def font_folders() -> list[Path]:
    """Return the folders that hold the fonts.

    Raises:
        LookupError: a package of fonts is not installed.
    """
    return [_folder(package) for package in _PACKAGES]


def _folder(package: str) -> Path:
    found = find_spec(package)
    if found is None or found.origin is None:
        raise LookupError(f"the fonts of {package} are not installed; to install them: make setup")
    return Path(found.origin).parent
