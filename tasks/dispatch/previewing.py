"""Previews: every message of the coming days as files, and how another pack's would differ."""

import difflib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from notifications.envelope import Mail
from policies.pack.pack import load_pack
from tasks.dispatch.forecast import Planned, preview
from tasks.dispatch.messages import html_of, shown
from tasks.installation.installation import Installation


def write_preview(installation: Installation, first: date, last: date, now: datetime, folder: Path) -> int:
    """Write each message as text and HTML, mails also as `.eml`, in a folder each; return how many."""
    planned = preview(installation, first, last, now)
    for name, each in _named(planned):
        file = folder / each.person / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.with_name(f"{name}.txt").write_text(_text(each), encoding="utf-8")
        file.with_name(f"{name}.html").write_text(html_of(each.letter), encoding="utf-8")
        if isinstance(each.letter, Mail):
            file.with_name(f"{name}.eml").write_bytes(each.letter.content)
    return len(planned)


def difference(installation: Installation, against: Path, first: date, last: date, now: datetime) -> str:
    """Return how the messages of the days would differ under the pack in `against`, as a unified diff.

    Raises:
        RefusedFileError: that pack cannot be read.
    """
    old = dict(_named(preview(installation, first, last, now)))
    other = replace(installation, pack=load_pack(against))
    new = dict(_named(preview(other, first, last, now)))
    return "".join(_differences(_texts(old), _texts(new)))


def _differences(old: dict[str, str], new: dict[str, str]) -> Iterator[str]:
    for name in sorted({**old, **new}):
        before, after = (texts.get(name, "").splitlines(keepends=True) for texts in (old, new))
        yield from difflib.unified_diff(before, after, f"now/{name}", f"then/{name}")


def _texts(planned: dict[str, Planned]) -> dict[str, str]:
    return {f"{each.person}/{name}.txt": _text(each) for name, each in planned.items()}


def _text(planned: Planned) -> str:
    message = shown(planned.letter, planned.person)
    waits = "Awaits release by a named person.\n" if planned.awaits else ""
    return f"To: {message.to}\nSubject: {message.subject}\n{waits}\n{message.text}"


def _named(planned: list[Planned]) -> Iterator[tuple[str, Planned]]:
    """Yield each message with a name of its own: the day, the person and a number where there are several."""
    seen: dict[str, int] = {}
    for each in planned:
        name = f"{each.on}-{each.person}"
        seen[name] = seen.get(name, 0) + 1
        yield (name if seen[name] == 1 else f"{name}-{seen[name]}"), each
