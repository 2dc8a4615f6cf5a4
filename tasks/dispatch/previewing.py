"""Previews: every message of the coming days as files, and how another pack's would differ."""

import difflib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from notifications.envelope import Mail
from policies.pack.pack import load_pack
from tasks.dispatch.forecast import Planned, preview
from tasks.dispatch.messages import ReadMessage, html_of, shown
from tasks.installation.installation import Installation

_LIST = "files-of-this-preview.txt"
_DAYS_AHEAD = timedelta(days=30)  # as many as `mandates notices` lists


def write_preview(installation: Installation, first: date, last: date, now: datetime, folder: Path) -> int:
    """Write each message as text and HTML, mails also as `.eml`, in a folder each; return how many.

    What an earlier preview wrote into the folder is taken away; anything else in it stays.
    """
    planned = preview(installation, first, last, now)
    files = dict(_files(planned))
    _take_away(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    (folder / _LIST).write_text("".join(f"{name}\n" for name in files), encoding="utf-8")
    return len(planned)


def planned_message(
    installation: Installation, key: str, first: date, now: datetime
) -> tuple[date, ReadMessage] | None:
    """Return a notice that is not in the ledger yet as it would leave, and when; None if none is planned."""
    for each in preview(installation, first, first + _DAYS_AHEAD, now):
        if isinstance(each.letter, Mail) and key in each.letter.notice_keys:
            return each.on, shown(each.letter, each.person)
    return None


def difference(installation: Installation, against: Path, first: date, last: date, now: datetime) -> str:
    """Return how the messages of the days would differ under the pack in `against`, as a unified diff.

    Raises:
        RefusedFileError: that pack cannot be read.
    """
    old = dict(_named(preview(installation, first, last, now)))
    other = replace(installation, pack=load_pack(against))
    new = dict(_named(preview(other, first, last, now)))
    return "".join(_differences(_texts(old), _texts(new)))


def _files(planned: list[Planned]) -> Iterator[tuple[str, bytes]]:
    """Yield every file of a preview: its name within the folder, and its content."""
    for name, each in _named(planned):
        stem = f"{each.person}/{name}"
        yield f"{stem}.txt", _text(each).encode()
        yield f"{stem}.html", html_of(each.letter).encode()
        if isinstance(each.letter, Mail):
            yield f"{stem}.eml", each.letter.content


def _take_away(folder: Path) -> None:
    """Delete what an earlier preview wrote, as far as its list says."""
    names = folder / _LIST
    if not names.is_file():
        return
    root = folder.resolve()
    for name in names.read_text(encoding="utf-8").splitlines():
        file = folder / name
        if file.parent.resolve().is_relative_to(root) and not file.is_dir():
            file.unlink(missing_ok=True)
    names.unlink()


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
