"""The package for printing: a tagged PDF that keeps for decades (PDF/A-2a) and reads aloud (PDF/UA-1)."""

import json
import subprocess
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import typst

from input_packages.blocks import Document
from input_packages.speech import plain
from language.fonts import font_folders

_TEMPLATES: Final = Path(__file__).parent / "templates"
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
    """Return a template set with data; `for_ever` by both standards, or not at all.

    Nothing of the machine gets in: no fonts, no clock, no other folder.
    """
    made = dated(at)
    parts = [made.year, made.month, made.day, made.hour, made.minute, made.second]
    return typst.compile(
        str(_TEMPLATES / template),
        root=str(_TEMPLATES),
        font_paths=font_folders(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps({**data, "at": parts})},
        pdf_standards=["a-2a", "ua-1"] if for_ever else None,
        timestamp=int(made.timestamp()),
    )


def typeset_apart(template: str, data: dict[str, Any], at: datetime | None, *, for_ever: bool) -> bytes:
    """Do the same in a process of its own: Typst keeps what it has laid out until its process ends.

    Raises:
        subprocess.CalledProcessError: the document cannot be made.
    """
    asked = {"template": template, "data": data, "at": dated(at).isoformat(), "for_ever": for_ever}
    done = subprocess.run(
        [sys.executable, "-m", "input_packages.typeset"],
        input=json.dumps(asked).encode(),
        stdout=subprocess.PIPE,
        cwd=_TEMPLATES.parents[1],
        check=True,
    )
    return done.stdout


if __name__ == "__main__":
    given = json.load(sys.stdin)
    moment = datetime.fromisoformat(given["at"])
    sys.stdout.buffer.write(typeset(given["template"], given["data"], moment, for_ever=given["for_ever"]))
