"""The layouts of a message: its subject, its plain text and its HTML, from the same words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from html import unescape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from language.answer_names import answer_name
from language.cldr_names import zone_name
from language.dates import format_day
from language.direction import CLOSE_ISOLATE, OPEN_ISOLATE, RIGHT_TO_LEFT, direction, way_of
from language.environments import environment
from language.ladder_names import ladder_name, stance_name
from language.lines import closed_up, columns, flowing, kept_whole, wrapped
from language.milestone_names import milestone_clause, milestone_label
from language.notice_names import kind_name
from notifications.notice_content import NoticeContent
from policies.facts.facts import Certainty
from policies.status.explanation import Step

_TEMPLATES = Path(__file__).parent / "templates"
_WIDTH = 76
_BETWEEN_TAGS = re.compile(r">[^<]+<")
_ISOLATED = re.compile(f"{OPEN_ISOLATE}([^{CLOSE_ISOLATE}]*){CLOSE_ISOLATE}")


@dataclass(frozen=True, slots=True)
class Part:
    """One matter as a part of a letter: its subject, and its words as plain text and as HTML."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """A matter among several: what stands before its subject, and whether more than the subject is told."""

    number: str
    subject: str
    told: bool
    body: str


def written(content: NoticeContent, language: str, words: Mapping[str, Any]) -> Part:
    """Return one matter in words."""
    text, html = (laid(content.kind, layout, language, words) for layout in ("part.txt", "part.html"))
    return Part(_subject(content, language, words), text, html)


def briefly(content: NoticeContent, language: str, words: Mapping[str, Any]) -> tuple[str, str]:
    """Return the subject of a matter, and its short text in small HTML."""
    return _subject(content, language, words), flowing(laid(content.kind, "short.html", language, words))


def laid_out(letter: Mapping[str, Any], parts: Sequence[Part], language: str) -> tuple[str, str, str]:
    """Return the subject, the plain text and the HTML of a letter with these parts."""
    plain, marked_up = layouts(language, escaped=False), layouts(language, escaped=True)
    asking = letter["asking"]
    texts = _numbered([part.text.strip() for part in parts], parts, asking)
    htmls = _numbered([_as_it_is(part.html.strip()) for part in parts], parts, asking)
    text = plain.get_template("letter.txt").render(letter, parts=texts, overview=_overview(letter, texts))
    html = marked_up.get_template("letter.html").render(
        letter, parts=htmls, overview=_overview(letter, htmls)
    )
    return flowing(str(letter["subject"])), _set_out(text, language), _marked_up(html)


def _numbered(bodies: Sequence[str], parts: Sequence[Part], asking: int) -> list[Numbered]:
    """Return the parts, the first of which are `asking`: of several, those alone are told in full."""
    return [
        Numbered(f"{n}. ", part.subject, len(parts) == 1 or n <= asking, body)
        for n, (part, body) in enumerate(zip(parts, bodies, strict=True), start=1)
    ]


def _overview(letter: Mapping[str, Any], parts: Sequence[Numbered]) -> list[tuple[str, Sequence[Numbered]]]:
    """Return the matters of a letter below their headings: what asks for something, and what does not."""
    asking = letter["asking"]
    groups = (letter["asking_heading"], parts[:asking]), (letter["informing_heading"], parts[asking:])
    return [(heading, listed) for heading, listed in groups if listed]


def _subject(content: NoticeContent, language: str, words: Mapping[str, Any]) -> str:
    return flowing(laid(content.kind, "subject.txt", language, words))


def laid(template: str, layout: str, language: str, words: Mapping[str, Any]) -> str:
    """Return what a template says, set as a layout sets it."""
    found = layouts(language, escaped=layout.endswith(".html")).get_template(f"{template}.j2")
    return found.render(words, layout=layout)


@cache
def layouts(language: str, *, escaped: bool) -> Environment:
    """Return the environment that lays messages in `language` out; `escaped` for HTML."""
    # Line ends after tags stay: in a message they are the spaces between its sentences.
    made = environment(language, FileSystemLoader(_TEMPLATES), escaped=escaped).overlay(
        trim_blocks=False, lstrip_blocks=False, keep_trailing_newline=False
    )
    made.filters |= {
        "milestone_clause": partial(milestone_clause, language=language),
        "milestone_label": partial(milestone_label, language=language),
        "answer_name": partial(answer_name, language=language),
        "zone_name": partial(zone_name, language=language),
        "kind_name": partial(kind_name, language=language),
        "ladder_name": partial(ladder_name, language=language),
        "stance_name": partial(stance_name, language=language),
        "day": partial(format_day, language=language),
        "paragraph": partial(wrapped, width=_WIDTH),
        "underlined": _underlined,
        "said_once": _said_once,
        "plain": _plain,
    }
    return made


def _as_it_is(html: str) -> Markup:
    """Return the HTML of a part unchanged: it was escaped when it was written."""
    return Markup(html)  # noqa: S704 (our own templates wrote it, with autoescape on)


def _underlined(words: str) -> str:
    """Return the words as a heading of plain text."""
    return f"{words}\n{'-' * columns(words)}"


def _said_once(step: Step) -> Step:
    """Return the step as one that says nothing of being provisional: a letter says that in a sentence."""
    return replace(step, certainty=Certainty.CONFIRMED)


def _plain(words: str) -> str:
    """Return the words for a place where HTML allows no elements."""
    return type(words)(flowing(words.replace(OPEN_ISOLATE, "").replace(CLOSE_ISOLATE, "")))


def _set_out(text: str, language: str) -> str:
    """Return the text with single empty lines between its parts and one line end after the last.

    A line that runs from right to left begins with a mark: without one, a line whose first word is Latin is
    shown from left to right.
    """
    lines = [line.rstrip() for line in text.strip().splitlines()]
    kept = [line for line, above in zip(lines, ["", *lines], strict=False) if line or above]
    mark = RIGHT_TO_LEFT if direction(language) == "rtl" else ""
    return "\n".join(mark + line if line else "" for line in kept) + "\n"


def _marked_up(html: str) -> str:
    """Return the HTML with isolates as elements: several mail programs show the characters as boxes.

    `bdi` would be the element for it, but Outlook for Windows does not know it; a `span` with its own
    direction is isolated by browsers and kept in one piece by Outlook.
    """
    whole = _BETWEEN_TAGS.sub(lambda found: kept_whole(found[0]), closed_up(html).strip())
    return f"{_ISOLATED.sub(_span, whole)}\n"


def _span(isolated: re.Match[str]) -> str:
    return f'<span dir="{way_of(unescape(isolated[1]))}">{isolated[1]}</span>'
