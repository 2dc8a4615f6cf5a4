"""What is addressed to somebody under signature: a draft, which the secretariat signs and sends."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from language.catalogues import spoken
from language.direction import said_in
from language.forgotten import forgotten_in
from language.lines import flowing
from notifications.layouts import Part, laid, laid_out
from notifications.messages import Message, in_sentence, letter_words, words_for
from notifications.notice_content import NoticeContent
from policies.people.directory import Recipient

_NOTE = "note"


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who a note is addressed to, and the language it is written in (ISO 639-1)."""

    name: str
    language: str


def for_signature(content: NoticeContent, addressee: Addressee, to: Recipient, as_of: date) -> Message:
    """Return the mail that brings the secretariat (`to`) a note to sign, in the language of its addressee.

    Raises:
        jinja2.UndefinedError: a template uses a name nobody gave.
    """
    language, of_note = spoken(to.language), spoken(addressee.language)
    handling, note = (partial(_laid, content, addressee, each, as_of) for each in (language, of_note))
    part = Part(
        flowing(handling("subject.txt")),
        handling("handling.txt").strip() + "\n\n" + note("note.txt"),
        handling("handling.html") + note("note.html"),
    )
    letter = letter_words([content], [part], to, language, as_of) | {"how": None}
    subject, text, html = (forgotten_in(said, language) for said in laid_out(letter, [part], language))
    return Message(subject, text, html, language)


def _laid(content: NoticeContent, addressee: Addressee, language: str, as_of: date, layout: str) -> str:
    words: dict[str, Any] = words_for(content, language, as_of) | {
        "addressee": in_sentence(addressee.name, language),
        "institution": said_in(language, content.institution),
    }
    return laid(_NOTE, layout, language, words)
