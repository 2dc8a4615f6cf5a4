"""The layouts of a message: its subject, its plain text and its HTML, from the same words."""

from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from textwrap import fill
from typing import Any

from jinja2 import Environment, FileSystemLoader

from language.direction import CLOSE_ISOLATE, OPEN_ISOLATE
from language.environments import environment
from notifications.step_names import step_name

_TEMPLATES = Path(__file__).parent / "templates"
_SUBJECT = "layout.subject"
_TEXT = "layout.txt"
_HTML = "layout.html"
_SHORT = "layout.short"
_ESCAPED = {_HTML, _SHORT}
_WIDTH = 76


def written(kind: str, language: str, words: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return the subject, the plain text and the HTML of a notice of `kind`."""
    text, html = (_laid(kind, layout, language, words) for layout in (_TEXT, _HTML))
    return _subject(kind, language, words), _squeezed(text), _marked_up(html)


def briefly(kind: str, language: str, words: Mapping[str, Any]) -> tuple[str, str]:
    """Return the subject of a notice of `kind`, and its short text in small HTML."""
    return _subject(kind, language, words), " ".join(_laid(kind, _SHORT, language, words).split())


def _subject(kind: str, language: str, words: Mapping[str, Any]) -> str:
    return " ".join(_laid(kind, _SUBJECT, language, words).split())


def _laid(kind: str, layout: str, language: str, words: Mapping[str, Any]) -> str:
    template = layouts(language, escaped=layout in _ESCAPED).get_template(f"{kind}.j2")
    return template.render(words, layout=layout)


@cache
def layouts(language: str, *, escaped: bool) -> Environment:
    """Return the environment that lays messages in `language` out; `escaped` for HTML."""
    # Line ends after tags stay: in a message they are the spaces between its sentences.
    made = environment(language, FileSystemLoader(_TEMPLATES), escaped=escaped).overlay(
        trim_blocks=False, lstrip_blocks=False, keep_trailing_newline=False
    )
    made.filters |= {
        "step_name": partial(step_name, language=language),
        "paragraph": _paragraph,
        "plain": _plain,
    }
    return made


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
    return html.strip().replace(OPEN_ISOLATE, "<bdi>").replace(CLOSE_ISOLATE, "</bdi>") + "\n"
