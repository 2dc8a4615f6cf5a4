"""The words of every language but English, compiled in memory from the `.po` files that translators edit.

English is the source: its words stand in the code and the templates. A language is one file,
`catalogues/<language>/messages.po`; adding the file adds the language. To renew it after words changed:

    pybabel extract --mapping language/babel.cfg --keyword english --keyword english_plural:1,2 \
        --no-wrap --output-file messages.pot language notifications input_packages portal tasks
    pybabel update --input-file messages.pot --output-dir language/catalogues --locale ar \
        --output-file language/catalogues/ar/messages.po --no-fuzzy-matching
"""

import gettext
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from babel.support import NullTranslations

SOURCE = "en"
FOLDER = Path(__file__).parent / "catalogues"


def english(text: str) -> str:
    """Return `text` as it is; marks it for the extraction of words to translate."""
    return text


def english_plural(one: str, many: str) -> tuple[str, str]:
    """Return both forms as they are; marks them for the extraction of words to translate."""
    return one, many


@cache
def languages() -> frozenset[str]:
    """Return the languages that messages can be written in (ISO 639-1 codes)."""
    return frozenset({SOURCE, *(file.parent.name for file in FOLDER.glob("*/messages.po"))})


def spoken(language: str) -> str:
    """Return `language`, or English where it has no catalogue."""
    return language if language in languages() else SOURCE


@cache
def translations(language: str) -> "NullTranslations":
    """Return the words of `language` (of English, where it has no catalogue), ready for Jinja2's i18n.

    The plural rule is the one in the file's header: Babel's own rule for Arabic orders the six forms
    differently from the header that translators' tools write.
    """
    if spoken(language) == SOURCE:
        return cast("NullTranslations", gettext.NullTranslations())
    from babel.messages.mofile import write_mo  # noqa: PLC0415 (takes a while, and English needs none of it)
    from babel.messages.pofile import read_po  # noqa: PLC0415 (the same)
    from babel.support import Translations  # noqa: PLC0415 (the same)

    compiled = BytesIO()
    with (FOLDER / language / "messages.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Translations(compiled)
