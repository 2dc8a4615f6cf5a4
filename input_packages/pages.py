"""The package for the screen: one self-contained HTML page per language, fit for printing too."""

from functools import cache
from pathlib import Path

from jinja2 import FileSystemLoader, Template

from input_packages.blocks import Document
from language.environments import environment
from language.lines import closed_up

_TEMPLATES = Path(__file__).parent / "templates"


def page(document: Document) -> bytes:
    """Return a document as an HTML page that loads nothing and runs nothing."""
    return closed_up(_template(document.language).render(d=document)).encode()


@cache
def _template(language: str) -> Template:
    made = environment(language, FileSystemLoader(_TEMPLATES), escaped=True)
    return made.get_template("page.html")
