"""The package for printing: a tagged PDF that keeps for decades (PDF/A-2a) and reads aloud (PDF/UA-1)."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import typst

from input_packages.blocks import Document
from input_packages.speech import plain
from language.fonts import font_folders, with_every_letter_shown, with_every_mark_shown

_TEMPLATES: Final = Path(__file__).parent / "templates"
_LARGE: Final = 200_000  # characters of data: some forty pages
_FOR_EVER, _TO_READ = "for-ever", "to-read"
# What a document is dated that rests on no fact at all; the same that its archive is.
_UNDATED: Final = datetime(1980, 1, 1, tzinfo=UTC)


def dated(at: datetime | None) -> datetime:
    """Return the instant a document bears: that of its newest fact, never that of its making."""
    return (at or _UNDATED).astimezone(UTC)


def printed(document: Document, at: datetime | None) -> bytes:
    """Return the document as a PDF that bears the instant `at`.

    Raises:
        typst.TypstError: the document cannot be made to keep the standards.
    """
    data = {"document": asdict(document), "author": plain(document.institution)}
    return typeset("package.typ", data, at, for_ever=True)


def typeset(template: str, data: dict[str, Any], at: datetime | None, *, for_ever: bool) -> bytes:
    """Return a template set with data: `for_ever` tagged and by both standards, else for reading alone.

    Nothing of the machine gets in: no fonts, no clock, no other folder. A letter that no face has is shown as
    its number. What is large is set in a process of its own: Typst keeps what it has laid out until it ends.

    Raises:
        typst.TypstError: the document cannot be made, or cannot be made to keep the standards.
        subprocess.CalledProcessError: the same, of a large one.
    """
    made = dated(at)
    parts = [made.year, made.month, made.day, made.hour, made.minute, made.second]
    said = json.dumps(_shown({**data, "at": parts}, with_every_letter_shown))
    setting = set_apart if len(said) > _LARGE else _set
    try:
        return setting(template, said, int(made.timestamp()), for_ever=for_ever)
    except (typst.TypstError, subprocess.CalledProcessError):
        plainer = json.dumps(_shown(json.loads(said), with_every_mark_shown))
        if plainer == said:
            raise
        return setting(template, plainer, int(made.timestamp()), for_ever=for_ever)


def set_apart(template: str, said: str, made_at: int, *, for_ever: bool) -> bytes:
    """Do the work of `typeset` in a process of its own; `said` is the data as JSON, `made_at` in seconds.

    Raises:
        subprocess.CalledProcessError: the document cannot be made.
    """
    asked = [template, str(made_at), _FOR_EVER if for_ever else _TO_READ]
    done = subprocess.run(  # noqa: S603 (our own module, with our own words)
        [sys.executable, "-m", "input_packages.typeset", *asked],
        input=said.encode(),
        stdout=subprocess.PIPE,
        cwd=_TEMPLATES.parents[1],
        check=True,
    )
    return done.stdout


def _shown(value: object, how: Callable[[str], str]) -> object:
    """Return data with every text in it changed by `how`."""
    match value:
        case str():
            return how(value)
        case dict():
            return {key: _shown(each, how) for key, each in value.items()}
        case list() | tuple():
            return [_shown(each, how) for each in value]
        case _:
            return value


def _set(template: str, said: str, made_at: int, *, for_ever: bool) -> bytes:
    return typst.compile(
        str(_TEMPLATES / template),
        root=str(_TEMPLATES),
        font_paths=font_folders(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": said},
        pdf_standards=["a-2a", "ua-1"] if for_ever else None,
        pdf_tags=for_ever,
        timestamp=made_at,
    )


if __name__ == "__main__":
    name, moment, use = sys.argv[1:]
    sys.stdout.buffer.write(
        _set(name, sys.stdin.buffer.read().decode(), int(moment), for_ever=use == _FOR_EVER)
    )
