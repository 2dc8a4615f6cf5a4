"""A notice in words: subject, plain text and HTML in the recipient's language."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from language.catalogues import spoken
from language.direction import inside, said_in
from language.durations import distance
from notifications.directory import Recipient
from notifications.layouts import written
from notifications.matter import Matter


@dataclass(frozen=True, slots=True)
class Message:
    """A notice in words, and the language it really is in."""

    subject: str
    text: str
    html: str
    language: str


def render(matter: Matter, recipient: Recipient, as_of: date) -> Message:
    """Return the words of the notice for one recipient, as they are right on `as_of`.

    What is late or still ahead is counted from `as_of`, so a notice that leaves later than planned still
    says the truth. A language without a catalogue is written in English.

    Raises:
        jinja2.UndefinedError: a template uses a name nobody gave.
    """
    language = spoken(recipient.language)
    subject, text, html = written(matter.kind, language, words_for(matter, recipient, language, as_of))
    return Message(subject, text, html, language)


def words_for(matter: Matter, recipient: Recipient, language: str, as_of: date) -> dict[str, Any]:
    """Return the names that the templates of `language` find, with the words fit to stand in a sentence."""
    said, name = partial(said_in, language), partial(inside, language=language)
    return {
        "m": matter,
        "as_of": as_of,
        "late": bool(matter.by_on and matter.by_on < as_of),
        "distance": partial(distance, as_of=as_of, language=language),
        "isolated": name,
        "institution": said(matter.institution),
        "title": said(matter.title),
        "says": said(matter.says),
        "holder": said(matter.holder),
        "asked": said(matter.asked) if matter.asked else None,
        "name": name(recipient.name),
        "provision": name(matter.provision),
    }
