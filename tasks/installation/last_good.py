"""The last good rules: a copy of each pack and directory that was worked by, to fall back on.

A person edits the rules while the program runs, and saves a mistake. Unattended runs then keep to the last
rules that could be read, and say so.
"""

import re
import shutil
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path

from tasks.installation.settings import Settings

FOLDER = "last-good"
_CURRENT = "current"
_NAME = re.compile(rb"[0-9a-f]{16}")


def keep_last_good(settings: Settings) -> None:
    """Copy the pack and the directory that were just read without a mistake, unless that copy is there.

    Older copies go: they name people who have left since.
    """
    kept = settings.home / FOLDER
    digest = _digest(settings)
    if not (kept / digest).exists():
        _copy(settings, kept, digest)
    _point(kept / _CURRENT, digest)
    for older in kept.glob("*/directory.toml"):
        if older.parent.name != digest and _NAME.fullmatch(older.parent.name.encode()):
            shutil.rmtree(older.parent, ignore_errors=True)


def last_good(settings: Settings) -> Settings | None:
    """Return settings that name the copies kept last; None when nothing was ever kept."""
    kept = settings.home / FOLDER
    copy = kept / _pointed_to(kept / _CURRENT)
    if not (copy / "pack").is_dir():
        return None
    return settings.model_copy(update={"policies": copy / "pack", "directory": copy / "directory.toml"})


def copies_with(settings: Settings, needles: Collection[str]) -> list[Path]:
    """Return the copies whose directory says one of some things, but the one that is kept last."""
    kept = settings.home / FOLDER
    current = _pointed_to(kept / _CURRENT)
    copies = (file.parent for file in kept.glob("*/directory.toml") if file.parent.name != current)
    return [copy for copy in copies if _says((copy / "directory.toml").read_text(encoding="utf-8"), needles)]


def _says(text: str, needles: Collection[str]) -> bool:
    return any(needle in text for needle in needles)


def directory_file(settings: Settings) -> Path:
    """Return the file of the directory: the one the settings name, else the pack's own."""
    return settings.directory or settings.policies / "directory.toml"


def _copy(settings: Settings, kept: Path, digest: str) -> None:
    partial = kept / f".{digest}"
    shutil.rmtree(partial, ignore_errors=True)
    shutil.copytree(settings.policies, partial / "pack")
    shutil.copyfile(directory_file(settings), partial / "directory.toml")
    try:
        partial.rename(kept / digest)
    except OSError:  # another run was quicker
        shutil.rmtree(partial, ignore_errors=True)


def _point(pointer: Path, digest: str) -> None:
    if _pointed_to(pointer) == digest:
        return
    partial = pointer.with_name(f".{pointer.name}")
    partial.write_text(digest, encoding="ascii")
    partial.replace(pointer)


def _pointed_to(pointer: Path) -> str:
    """Return the name of the copy that is kept last; none where the file that says it is missing or torn."""
    said = pointer.read_bytes() if pointer.exists() else b""
    return said.decode() if _NAME.fullmatch(said) else ""


def _digest(settings: Settings) -> str:
    found = sha256()
    for file in sorted(settings.policies.rglob("*.toml")):
        found.update(str(file.relative_to(settings.policies)).encode() + b"\0" + file.read_bytes())
    found.update(directory_file(settings).read_bytes())
    return found.hexdigest()[:16]
