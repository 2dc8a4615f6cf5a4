from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from language.catalogues import FOLDER, SOURCE, languages, spoken, translations

ROOT = Path(__file__).parents[2]
KEYWORDS = {
    "english": None,
    "english_plural": (1, 2),
    "gettext": None,
    "ngettext": (1, 2),
    "_": None,
}
TRANSLATED = sorted(languages() - {SOURCE})


def words_used() -> set[Any]:
    """Return every message of the code and the templates: a text, or a pair with its plural."""
    mapping = [("**.py", "python"), ("**/templates/**", "jinja2")]
    options = {"**/templates/**": {"trimmed": "true"}}
    return {
        message
        for room in ("language", "notifications", "input_packages", "portal", "tasks")
        for _, _, message, *_ in extract_from_dir(ROOT / room, mapping, options, keywords=KEYWORDS)
    }


def words_of(language: str) -> dict[Any, Message]:
    with (FOLDER / language / "messages.po").open("rb") as file:
        return {message.id: message for message in read_po(file, locale=language) if message.id}


def written_forms(message: Message) -> int:
    """Return how many forms of the message are not empty."""
    return sum(bool(form) for form in (message.string if message.pluralizable else [message.string]) or ())


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_word_used_is_translated_and_every_translation_is_used(language):
    assert set(words_of(language)) == words_used()


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_empty_doubtful_or_short_of_a_plural_form(language):
    forms = len({translations(language).plural(count) for count in range(200)})
    lacking = [
        message.id
        for message in words_of(language).values()
        if message.fuzzy or written_forms(message) != (forms if message.pluralizable else 1)
    ]
    assert lacking == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_fill_in_the_same_values_as_the_english_words(language):
    assert {i: errors for i, m in words_of(language).items() if (errors := list(m.check()))} == {}


def test_english_needs_no_catalogue():
    assert translations("en").gettext("Due date") == "Due date"


def test_a_language_without_a_catalogue_falls_back_to_english():
    assert (spoken("ar"), spoken("tlh")) == ("ar", "en")
    assert translations("tlh").gettext("Due date") == "Due date"


def test_arabic_has_six_plural_forms_in_the_order_of_its_header():
    counts = (0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111)
    assert [translations("ar").plural(count) for count in counts] == [0, 1, 2, 3, 3, 4, 4, 5, 5, 3, 4]
