"""The words of the pages: one Jinja2 environment for each language, and what it finds there."""

from base64 import b64encode
from collections.abc import Mapping
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader
from jinja2.sandbox import SandboxedEnvironment

from input_packages.labels import anchor_label, basis_label, date_label, instant, own_name
from language.answer_names import answer_name
from language.attention import Wording
from language.catalogues import english, languages, translations
from language.cycle_names import cycle_name
from language.dates import format_date, format_day
from language.decision_names import status_name
from language.direction import direction
from language.durations import distance
from language.environments import environment
from language.explanations import Names, named
from language.forgotten import forgotten_in
from language.ladder_names import ladder_name, stance_name
from language.meeting_names import paper_name, reader_name
from language.notice_names import kind_name, notice_state_name
from language.role_names import program_role_name, role_name
from language.state_names import state_name
from tasks.status.attention import Attention

TEMPLATES = Path(__file__).parent / "templates"
STYLE = (TEMPLATES / "board.css").read_text(encoding="utf-8")
_STYLE_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""The content policy of every page: its own style sheet and nothing else, from nowhere else."""

# In the order in which they name themselves beside each other; others follow by their code.
_ORDER = ("ar", "zh", "en", "fr", "ru", "es")


def offered() -> list[str]:
    """Return the languages of the pages, in the United Nations' order."""
    return sorted(languages(), key=lambda code: (_ORDER.index(code) if code in _ORDER else len(_ORDER), code))


@cache
def _environment(language: str) -> SandboxedEnvironment:
    made = environment(language, FileSystemLoader(TEMPLATES), escaped=True)
    made.globals |= {"style": STYLE, "offered": offered(), "direction_of": direction, "policy": POLICY}
    made.filters |= {
        "day": partial(format_day, language=language),
        "distance": partial(distance, language=language),
        "instant": partial(instant, language=language),
        "date_label": partial(date_label, language=language),
        "basis_label": partial(basis_label, language=language),
        "state": partial(state_name, language=language),
        "notice_state": partial(notice_state_name, language=language),
        "notice_kind": partial(_kind, language=language),
        "cycle_name": partial(cycle_name, language=language),
        "answer_name": partial(answer_name, language=language),
        "role_name": partial(role_name, language=language),
        "program_role_name": partial(program_role_name, language=language),
        "paper_name": partial(paper_name, language=language),
        "reader_name": partial(reader_name, language=language),
        "status_name": partial(status_name, language=language),
        "stance_name": partial(stance_name, language=language),
        "ladder_name": partial(ladder_name, language=language),
        "own_name": own_name,
    }
    return made


def page(language: str, template: str, words: Mapping[str, Any]) -> str:
    """Write one page.

    Raises:
        jinja2.UndefinedError: a template uses a name nobody gave.
    """
    return forgotten_in(_environment(language).get_template(template).render(words), language)


def _kind(kind: str, language: str) -> str:
    name = kind_name(kind, language)
    return name[:1].upper() + name[1:]


def told(attention: Attention, language: str, names: Names) -> str:
    """Return what must be looked at, in a sentence."""
    wording = Wording(language, format_date, partial(_anchor, language=language, names=names))
    return attention.told(wording)


def _anchor(anchor: str, language: str, names: Names) -> str:
    """Return what is not known; terms of office have words of their own."""
    for prefix, pattern in _TERMS.items():
        if anchor.startswith(prefix):
            told = named(anchor.removeprefix(prefix), language, names)
            return translations(language).gettext(pattern) % {"name": told}
    return anchor_label(anchor, language, names)


_TERMS = {
    "the terms of office of ": english("the terms of office of “%(name)s”"),
    "the last day of the term ": english("the last day of the term %(name)s"),
}
