"""The pages of a package: one self-contained HTML page per language, for reading and for printing."""

from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, Template

from input_packages import labels
from input_packages.contents import Contents
from input_packages.manifest import FACTS, MANIFEST, SUMS
from input_packages.timetable import remarks_on, timetable
from language.catalogues import spoken
from language.dates import format_day
from language.direction import direction
from language.environments import environment
from language.lines import closed_up
from policies.cycles import Basis

_TEMPLATES = Path(__file__).parent / "templates"


def pages(contents: Contents) -> dict[str, bytes]:
    """Return the pages by file name, one for each language of the contents that has a catalogue.

    Raises:
        jinja2.UndefinedError: a template uses a name nobody gave.
    """
    return {name: _page(contents, language).encode() for language, name in _names(contents).items()}


def _names(contents: Contents) -> dict[str, str]:
    return {language: f"package.{language}.html" for language in map(spoken, contents.languages)}


def _page(contents: Contents, language: str) -> str:
    return closed_up(_template(language).render(_words(contents, language)))


def _words(contents: Contents, language: str) -> Mapping[str, Any]:
    names = _names(contents)
    answered = [asked for asked in contents.asked if asked.answered_on]
    called = [asked for asked in contents.asked if asked.asked_on or asked.answered_on]
    return {
        "c": contents,
        "timetable": timetable(contents),
        "answered": len(answered),
        "called": len(called),
        "asked": sorted(contents.asked, key=lambda asked: asked.answered_on is not None),
        "missing": sorted(
            (item for item in contents.items if not item.present),
            key=lambda item: item.basis != Basis.MANDATE,
        ),
        "present": [item for item in contents.items if item.present],
        "anchor": partial(labels.anchor_label, language=language, names=contents.names),
        "page_names": names,
        "own_first": sorted(names, key=lambda other: other != language),
        "other_names": {"facts": FACTS, "manifest": MANIFEST, "sums": SUMS},
    }


@cache
def _template(language: str) -> Template:
    made = environment(language, FileSystemLoader(_TEMPLATES), escaped=True)
    made.globals["direction_of"] = direction
    made.filters |= {
        "day": partial(format_day, language=language),
        "remarks": partial(remarks_on, language=language),
        "instant": partial(labels.instant, language=language),
        "date_label": partial(labels.date_label, language=language),
        "basis_label": partial(labels.basis_label, language=language),
        "state_label": partial(labels.state_label, language=language),
        "own_name": labels.own_name,
    }
    return made.get_template("page.html")
