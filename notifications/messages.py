"""Notices in words: the subject, the plain text and the HTML of one message, in the recipient's language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from typing import Any

from language.articles import with_article
from language.catalogues import SOURCE, english, english_plural, spoken, translations
from language.cldr_names import languages_named
from language.dates import format_date
from language.direction import inside, said_in
from language.durations import distance, pluralise
from language.explanations import named, provisions_in
from language.forgotten import forgotten_in
from language.lines import flowing
from notifications.asking import reply_by
from notifications.bundling import told_once
from notifications.layouts import Part, laid_out, written
from notifications.notice_content import NoticeContent, from_json, to_json
from policies.facts.facts import Certainty
from policies.facts.proposals import StepKind
from policies.people.directory import Recipient
from policies.plans.milestones import MilestoneId
from policies.plans.notices import CHASERS, NoticeKind
from policies.recurrence.cycles import AnchorKind

_ATTENTION = english("For the attention of %(name)s")
_ON_SEVERAL = english_plural("Action requested on one matter", "Action requested on %(num)s matters")
_OVERDUE = english_plural("one overdue", "%(num)s overdue")
_WITH_OVERDUE = english("%(matters)s (%(overdue)s)")
_FIRST_BY = english("%(matters)s, the first by %(date)s")
_FOR_INFORMATION = english_plural("For information: one matter", "For information: %(num)s matters")
_IN_ERROR = english_plural(
    "Sent in error, please disregard: messages about one matter",
    "Sent in error, please disregard: messages about %(num)s matters",
)
_ASKING_HEADING = english("Action requested:")
_INFORMING_HEADING = english("Received and for information:")
_HOW = english(
    "Reply to this message with your input attached (Word, PowerPoint, Excel, PDF, OpenDocument or plain "
    "text, up to 25 MB, in %(languages)s). You may also reply that you have nothing to add, need more time "
    "or propose a colleague."
)
_ONE_FOR_SEVERAL = english(
    "One document may serve several requests and needs to be sent only once; if it does not serve all of "
    "them, name in the subject those that it serves."
)
_IN_PLACE_OF = english("This message reaches you in the absence of %(name)s (until %(date)s), who is copied.")
_STANDING_IN = english("Until %(date)s this message reaches you on behalf of %(name)s, who is copied.")
_SIGN_OFF = english("%(institution)s. Sent automatically. For questions, please reply to this message.")


@dataclass(frozen=True, slots=True)
class Message:
    """Notices in words, and the language they really are in."""

    subject: str
    text: str
    html: str
    language: str


@dataclass(frozen=True, slots=True)
class Away:
    """Whom the recipient stands in for, the last day of that, and whether they are away meanwhile."""

    name: str
    last: date
    absent: bool = True


def render(
    contents: Sequence[NoticeContent], recipient: Recipient, as_of: date, in_place_of: Away | None = None
) -> Message:
    """Return the words of one message about one or several matters, as they are right on `as_of`.

    The most urgent matter comes first; of several that ask for the same in a cycle, the latest is told.
    What is late or still ahead is counted from `as_of`, so a notice that leaves later than planned still
    says the truth. A language without a catalogue is written in English.

    Raises:
        jinja2.UndefinedError: a template uses a name nobody gave.
    """
    language = spoken(recipient.language)
    told = told_once(contents, as_of)
    alone = len(told) == 1
    parts = [_part(_unnamed(content), language, as_of, alone=alone) for content in told]
    letter = letter_words(told, parts, recipient, language, as_of)
    letter["in_place_of"] = _stands_in(in_place_of, language) if in_place_of else None
    subject, text, html = (forgotten_in(part, language) for part in laid_out(letter, parts, language))
    return Message(subject, text, html, language)


@lru_cache(maxsize=256)
def _part(content: str, language: str, as_of: date, *, alone: bool) -> Part:
    """Return a matter in words. All who have the same part in a cycle are told the same on one day."""
    read = from_json(content)
    return written(read, language, words_for(read, language, as_of) | {"alone": alone})


def _unnamed(content: NoticeContent) -> str:
    return to_json(replace(content, notice_key=""))


def letter_words(
    contents: Sequence[NoticeContent],
    parts: Sequence[Part],
    recipient: Recipient,
    language: str,
    as_of: date,
) -> dict[str, Any]:
    """Return the words around the parts of a letter, by the names that its layout finds them under."""
    say = translations(language).gettext
    institution = said_in(language, contents[0].institution)
    return {
        "subject": parts[0].subject if len(parts) == 1 else subject_of_several(contents, language, as_of),
        "institution": institution,
        "greeting": say(_ATTENTION) % {"name": in_sentence(recipient.name, language)},
        "in_place_of": None,
        "asking": sum(content.asks for content in contents),
        "asking_heading": say(_ASKING_HEADING),
        "informing_heading": say(_INFORMING_HEADING),
        "how": _how(contents, language),
        "sign_off": say(_SIGN_OFF) % {"institution": institution},
    }


def subject_of_several(contents: Iterable[NoticeContent], language: str, as_of: date) -> str:
    """Return the subject of a message about several matters: how many ask for something, and by when."""
    say, asking = translations(language).gettext, [content for content in contents if content.asks]
    if not asking:
        return pluralise(_FOR_INFORMATION, len([*contents]), language)
    if all(content.kind is NoticeKind.CORRECTION for content in asking):
        return pluralise(_IN_ERROR, len(asking), language)
    matters = pluralise(_ON_SEVERAL, len(asking), language)
    days = [content.by_on for content in asking if content.by_on]
    if late := sum(on < as_of for on in days):
        return say(_WITH_OVERDUE) % {"matters": matters, "overdue": pluralise(_OVERDUE, late, language)}
    first = min(days, default=None)
    return say(_FIRST_BY) % {"matters": matters, "date": format_date(first, language)} if first else matters


def _how(contents: Iterable[NoticeContent], language: str) -> str | None:
    """Return how to submit an input; None where none is asked for."""
    say, wanted = translations(language).gettext, [content for content in contents if content.about_inputs]
    if not wanted:
        return None
    how = say(_HOW) % {"languages": languages_named(wanted[0].says, language)}
    return flowing(f"{how} {say(_ONE_FOR_SEVERAL)}") if len(wanted) > 1 else how


def _stands_in(away: Away, language: str) -> str:
    words = _IN_PLACE_OF if away.absent else _STANDING_IN
    named = {"name": in_sentence(away.name, language), "date": format_date(away.last, language)}
    return translations(language).gettext(words) % named


def in_sentence(name: str, language: str) -> str:
    """Return a person or an office as it stands within a sentence; in English an office has its article."""
    named = inside(name, language)
    return with_article(named) if language == SOURCE else named


def words_for(content: NoticeContent, language: str, as_of: date) -> dict[str, Any]:
    """Return the names that the templates of `language` find, with the words fit to stand in a sentence.

    Nothing in them is about the recipient but their part in the duty.
    """
    said, name = partial(said_in, language), partial(inside, language=language)
    return {
        "m": content,
        "as_of": as_of,
        "late": bool(content.by_on and content.by_on < as_of),
        "distance": partial(distance, as_of=as_of, language=language),
        "isolated": name,
        "in_sentence": partial(in_sentence, language=language),
        "title": said(content.title),
        "says": said(content.says),
        "holder": said(content.holder),
        "about": name(content.particular) if content.particular else said(content.title),
        "asked": said(content.asked) if content.asked else None,
        "provision": name(content.provision),
        "provision_in_full": _provision_in_full(content, language),
        "event": _event(content, language),
        "due_is_sure": any(s.of == "due_on" and s.certainty is Certainty.CONFIRMED for s in content.steps),
        "reply_by": reply_by(content, as_of),
        "brief": False,
        "alone": True,
        "STEPS": frozenset(MilestoneId),
        "LADDER": frozenset(StepKind),
        "CHASING": CHASERS,
        "DATED": _DATED,
        "REASONED": _REASONED,
    }


_IN_FULL = english_plural(
    "Provision %(provision)s of “%(document)s”", "Provisions %(provision)s of “%(document)s”"
)


def _provision_in_full(content: NoticeContent, language: str) -> str:
    """Return a provision with the document it is one of, where that is known."""
    provision = inside(content.provision, language)
    if content.document is None:
        return provision
    words = translations(language).ngettext(*_IN_FULL, provisions_in(content.provision))
    return words % {"provision": provision, "document": said_in(language, content.document)}


def _event(content: NoticeContent, language: str) -> str | None:
    """Return the event that a date of the cycle follows from; one without confirmed dates before another."""
    steps = [step for step in content.steps if step.anchor_kind in _EVENTS and step.of != "opens_on"]
    steps.sort(key=lambda step: step.certainty is Certainty.CONFIRMED)
    return named(steps[0].anchor, language, content.names) if steps else None


_EVENTS = frozenset({AnchorKind.EVENT_START, AnchorKind.EVENT_END})
# What names the day by which something is to be done, and what says why that day is what it is.
_REASONED = CHASERS | {NoticeKind.CALL_FOR_INPUTS, NoticeKind.OPENING, NoticeKind.CHANGE_OF_DATE}
_DATED = _REASONED | {NoticeKind.ESCALATION, NoticeKind.HAND_OVER, NoticeKind.PACKAGE_READY} - {
    NoticeKind.CHANGE_OF_DATE
}
