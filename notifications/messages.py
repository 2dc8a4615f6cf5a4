"""Notices in words: the subject, the plain text and the HTML of one message, in the recipient's language."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from typing import Any

from language.catalogues import english, english_plural, spoken, translations
from language.dates import format_date
from language.direction import inside, said_in
from language.durations import distance, pluralise
from language.forgotten import forgotten_in
from notifications.layouts import Part, laid_out, written
from notifications.notice_content import NoticeContent, from_json, most_urgent_first, to_json
from policies.facts.proposals import StepKind
from policies.people.directory import Recipient
from policies.plans.milestones import MilestoneId
from policies.plans.notices import NoticeKind

_GREETING = english("Dear %(name)s,")
_SEVERAL = english_plural("One matter awaits you", "%(num)s matters await you")
_LABELLED = english("%(label)s: %(value)s")
_OVERVIEW = english("This message tells of several matters, the most urgent one first:")
_SEVERAL_INPUTS = english(
    "You are asked for several inputs. One paper may serve all of them and needs to be sent only once: "
    "reply to this message with it, and name in the subject what it is for."
)
_BY_AND_NAMED = english("by %(date)s; in the subject: %(cycle)s")
_IN_PLACE_OF = english("You receive this in place of %(name)s, who is away until %(date)s and has a copy.")
_STANDING_IN = english("Until %(date)s you receive this in place of %(name)s, who has a copy.")
_SIGN_OFF = english(
    "%(institution)s. This message was sent automatically by Mandate Keeper. "
    "Please quote this reference when you answer:"
)


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

    The most urgent matter comes first. What is late or still ahead is counted from `as_of`, so a notice that
    leaves later than planned still says the truth. A language without a catalogue is written in English.

    Raises:
        jinja2.UndefinedError: a template uses a name nobody gave.
    """
    language = spoken(recipient.language)
    ordered = most_urgent_first(contents, as_of)
    parts = [replace(_part(_unnamed(m), language, as_of), notice_key=m.notice_key) for m in ordered]
    letter = _letter(ordered, parts, recipient, language, in_place_of)
    subject, text, html = (forgotten_in(part, language) for part in laid_out(letter, parts, language))
    return Message(subject, text, html, language)


@lru_cache(maxsize=256)
def _part(content: str, language: str, as_of: date) -> Part:
    """Return a matter in words. All who have the same part in a cycle are told the same on one day."""
    read = from_json(content)
    return written(read, language, words_for(read, language, as_of))


def _unnamed(content: NoticeContent) -> str:
    return to_json(replace(content, notice_key=""))


def _letter(
    contents: Sequence[NoticeContent],
    parts: Sequence[Part],
    recipient: Recipient,
    language: str,
    in_place_of: Away | None,
) -> dict[str, Any]:
    say, name = translations(language).gettext, partial(inside, language=language)
    institution = said_in(language, contents[0].institution)
    subject = parts[0].subject
    if len(parts) > 1:
        subject = say(_LABELLED) % {"label": pluralise(_SEVERAL, len(parts), language), "value": subject}
    return {
        "subject": subject,
        "institution": institution,
        "greeting": say(_GREETING) % {"name": name(recipient.name)},
        "overview": say(_OVERVIEW),
        "several_inputs": say(_SEVERAL_INPUTS),
        "inputs": _inputs(contents, language),
        "sign_off": say(_SIGN_OFF) % {"institution": institution},
        "isolated": name,
        "in_place_of": say(_IN_PLACE_OF if in_place_of.absent else _STANDING_IN)
        % {"name": name(in_place_of.name), "date": format_date(in_place_of.last, language)}
        if in_place_of
        else None,
    }


def _inputs(contents: Sequence[NoticeContent], language: str) -> list[str]:
    """Return the inputs that one paper may serve, with day and cycle; none where fewer than two are asked."""
    calls = [m for m in contents if m.kind is NoticeKind.CALL_FOR_INPUTS and m.asked]
    return [_input(m, m.by_on, language) for m in calls if m.by_on] if len(calls) > 1 else []


def _input(content: NoticeContent, by_on: date, language: str) -> str:
    say = translations(language).gettext
    named = {"date": format_date(by_on, language), "cycle": inside(content.cycle, language)}
    return say(_LABELLED) % {"label": said_in(language, content.title), "value": say(_BY_AND_NAMED) % named}


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
        "title": said(content.title),
        "says": said(content.says),
        "holder": said(content.holder),
        "about": name(content.particular) if content.particular else said(content.title),
        "asked": said(content.asked) if content.asked else None,
        "provision": name(content.provision),
        "STEPS": frozenset(MilestoneId),
        "LADDER": frozenset(StepKind),
    }
