import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
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
COUNTS = range(200)
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
# Pages and papers in any room. The chart of a simulation is English, as the command line is.
TEMPLATES = sorted(
    file
    for depth in ("*", "*/*")
    for file in ROOT.glob(f"{depth}/templates/*")
    if "simulation" not in file.parts
)
# What a template is made of besides the words people read.
NO_WORDS = re.compile(
    r"\{#.*?#\}|\{%-?\s*trans\b.*?endtrans\s*-?%\}|\{%.*?%\}|\{\{.*?\}\}|<style>.*?</style>|<[^>]*>",
    re.DOTALL,
)
IN_QUOTES = re.compile(r"""caller\(\s*"([^"]+)"|(?:title|alt|aria-label)="([^"{]+)\"""")
NAMES = {"Mandate Keeper", "SHA-256", "SHA256SUMS", "mandates package verify", "sha256sum -c"}


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


def placeholders(*texts: str) -> set[str]:
    return {name for text in texts for name in PLACEHOLDER.findall(text)}


def forms(message: Message) -> list[str]:
    """Return the translation, in each plural form it has; what is missing is empty."""
    written = message.string if isinstance(message.string, list | tuple) else [message.string]
    return [form or "" for form in written]


def ill_filled(message: Message, language: str) -> bool:
    """Return whether a form lacks a value of the English words, or asks for one that is not given.

    A form that stands for one count alone may say it in words: `يومين`, "one day".
    """
    english = message.id if isinstance(message.id, list | tuple) else [str(message.id)]
    given = placeholders(*english)
    if not message.pluralizable:
        return placeholders(*forms(message)) != given
    used = [translations(language).plural(count) for count in COUNTS]
    return any(
        placeholders(form) != given and (placeholders(form) or used.count(number) > 1)
        for number, form in enumerate(forms(message))
    )


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_word_used_is_translated_and_every_translation_is_used(language):
    assert set(words_of(language)) == words_used()


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_word_is_translated_once(language):
    # Babel reads two translations of one word without a sound, and keeps the last.
    lines = (FOLDER / language / "messages.po").read_text("utf-8").splitlines()
    words = Counter(line for line in lines if line.startswith('msgid "') and line != 'msgid ""')
    assert [word for word, times in words.items() if times > 1] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_empty_doubtful_or_short_of_a_plural_form(language):
    needed = len({translations(language).plural(count) for count in COUNTS})
    lacking = [
        message.id
        for message in words_of(language).values()
        if message.fuzzy or len([*filter(None, forms(message))]) != (needed if message.pluralizable else 1)
    ]
    assert lacking == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_fill_in_the_same_values_as_the_english_words(language):
    words = words_of(language).values()
    assert {m.id: errors for m in words if (errors := list(m.check()))} == {}
    assert [m.id for m in words if ill_filled(m, language)] == []


@pytest.mark.parametrize(
    ("language", "msgid", "msgstr"),
    [
        ("fr", "by %(date)s", "bientôt"),
        ("fr", "soon", "le %(date)s"),
        ("fr", ("one day", "%(num)s days"), ("un jour", "%(num)s jours")),
        ("ru", ("one day", "%(num)s days"), ("один день", "%(num)s дня", "%(num)s дней")),
        ("es", ("one day", "%(num)s days"), ("un día", "muchos días")),
    ],
)
def test_a_value_that_is_left_out_or_not_given_would_be_found(language, msgid, msgstr):
    assert ill_filled(Message(msgid, msgstr), language)


def test_the_six_languages_of_the_united_nations_have_their_words():
    assert sorted(languages()) == ["ar", "en", "es", "fr", "ru", "zh"]


@pytest.mark.parametrize("language", TRANSLATED)
def test_plural_forms_are_those_of_the_language(language):
    """The CLDR knows the categories of each language; every one has a form of its own in the header."""
    kinds = {(Locale(language).plural_form(n), translations(language).plural(n)) for n in COUNTS}
    assert len({kind for kind, _ in kinds}) == len({form for _, form in kinds}) == len(kinds)
    with (FOLDER / language / "messages.po").open("rb") as file:
        assert read_po(file, locale=language).num_plurals == len(kinds)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_every_word_of_a_template_is_marked_for_translation(template):
    text = template.read_text(encoding="utf-8")
    if template.suffix in {".css", ".typ"}:  # these have no words: all of them come as data
        return
    plain = NO_WORDS.sub(" ", text)
    for name in NAMES:
        plain = plain.replace(name, " ")
    assert re.findall(r"\w*[^\W\d_]\w*", plain) == []
    quoted = {words for pair in IN_QUOTES.findall(text) for words in pair if words}
    assert quoted <= NAMES


FRENCH = re.compile(r"(?<!\u202f)[:;?!»](?!\w)|«(?!\u202f)|'|\"")
CHINESE = re.compile(r"[,;?!()\"'«»]|:(?!//)|[\u4e00-\u9fff] | [\u4e00-\u9fff]")


@pytest.mark.parametrize(
    ("language", "wrong"),
    [
        ("fr", FRENCH),
        ("zh", CHINESE),
        ("ru", re.compile(r"[“”\"]|(?<!\u00a0)—")),
        ("es", re.compile(r"[«»\"]")),
        ("ar", re.compile(r"[,;?“”\"]")),
    ],
)
def test_punctuation_is_that_of_the_language(language, wrong):
    texts = [form for message in words_of(language).values() for form in forms(message)]
    found = {text for text in texts if wrong.search(PLACEHOLDER.sub("x", text))}
    assert found - {"%(date)s %(time)s"} == set()


def test_english_needs_no_catalogue():
    assert translations("en").gettext("Due date") == "Due date"


def test_a_language_without_a_catalogue_falls_back_to_english():
    assert (spoken("ar"), spoken("tlh")) == ("ar", "en")
    assert translations("tlh").gettext("Due date") == "Due date"


def test_arabic_has_six_plural_forms_in_the_order_of_its_header():
    counts = (0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111)
    assert [translations("ar").plural(count) for count in counts] == [0, 1, 2, 3, 3, 4, 4, 5, 5, 3, 4]
