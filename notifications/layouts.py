"""The layouts of a message: its subject, its plain text and its HTML, from the same words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from textwrap import fill
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from language.dates import format_day
from language.direction import CLOSE_ISOLATE, OPEN_ISOLATE
from language.environments import environment
from notifications.kind_names import kind_name
from notifications.matter import Matter
from notifications.step_names import step_name

_TEMPLATES = Path(__file__).parent / "templates"
_WIDTH = 76


@dataclass(frozen=True, slots=True)
class Part:
    """One matter as a part of a letter: its subject, and its words as plain text and as HTML."""

    notice_key: str
    subject: str
    text: str
    html: str


def written(matter: Matter, language: str, words: Mapping[str, Any]) -> Part:
    """Return one matter in words."""
    subject, text, html = (
        layouts(language, escaped=layout == "part.html")
        .get_template(f"{matter.kind}.j2")
        .render(words, layout=layout)
        for layout in ("subject.txt", "part.txt", "part.html")
    )
    return Part(matter.notice_key, " ".join(subject.split()), text, html)


def laid_out(letter: Mapping[str, Any], parts: Sequence[Part], language: str) -> tuple[str, str, str]:
    """Return the subject, the plain text and the HTML of a letter with these parts."""
    plain, marked_up = layouts(language, escaped=False), layouts(language, escaped=True)
    texts = [{"notice_key": p.notice_key, "subject": p.subject, "body": p.text.strip()} for p in parts]
    htmls = [{**part, "body": _as_it_is(p.html.strip())} for part, p in zip(texts, parts, strict=True)]
    text = plain.get_template("letter.txt").render(letter, parts=texts)
    html = marked_up.get_template("letter.html").render(letter, parts=htmls)
    return " ".join(str(letter["subject"]).split()), _squeezed(text), _marked_up(html)


@cache
def layouts(language: str, *, escaped: bool) -> Environment:
    """Return the environment that lays messages in `language` out; `escaped` for HTML."""
    # Line ends after tags stay: in a message they are the spaces between its sentences.
    made = environment(language, FileSystemLoader(_TEMPLATES), escaped=escaped).overlay(
        trim_blocks=False, lstrip_blocks=False, keep_trailing_newline=False
    )
    made.filters |= {
        "step_name": partial(step_name, language=language),
        "kind_name": partial(kind_name, language=language),
        "day": partial(format_day, language=language),
        "paragraph": _paragraph,
        "plain": _plain,
    }
    return made


def _as_it_is(html: str) -> Markup:
    """Return the HTML of a part unchanged: it was escaped when it was written."""
    return Markup(html)  # noqa: S704 (our own templates wrote it, with autoescape on)


def _paragraph(words: str, bullet: str = "") -> str:
    """Return the words as one paragraph of plain text, the lines after the first under the first word."""
    return fill(
        " ".join(words.split()),
        width=_WIDTH,
        initial_indent=bullet,
        subsequent_indent=" " * len(bullet),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _plain(words: str) -> str:
    """Return the words for a place where HTML allows no elements."""
    return type(words)(" ".join(words.replace(OPEN_ISOLATE, "").replace(CLOSE_ISOLATE, "").split()))


def _squeezed(text: str) -> str:
    """Return the text with single empty lines between its parts and one line end after the last."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    kept = [line for line, above in zip(lines, ["", *lines], strict=False) if line or above]
    return "\n".join(kept) + "\n"


def _marked_up(html: str) -> str:
    """Return the HTML with isolates as elements: several mail programs show the characters as boxes."""
    lines = "\n".join(line for line in html.splitlines() if line.strip())
    return lines.replace(OPEN_ISOLATE, "<bdi>").replace(CLOSE_ISOLATE, "</bdi>") + "\n"
