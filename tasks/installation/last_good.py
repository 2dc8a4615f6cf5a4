"""The last good rules and people: copies to fall back on, when the present ones cannot be read.

A person edits the rules while the program runs, and saves a mistake. Unattended runs then keep to the last
rules that could be read, and say so. The people are in the record; the watch, which leans on nothing, reads
the copy that was written when they changed last.
"""

import re
import shutil
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from tasks.installation.settings import Settings

FOLDER = "last-good"
DIRECTORY_FILE = "directory.toml"
_PEOPLE = "people.toml"
_CURRENT = "current"
_NAME = re.compile(rb"[0-9a-f]{16}")


def keep_last_good(settings: Settings) -> None:
    """Copy the pack that was just read without a mistake, unless that copy is there.

    Older copies go: those of earlier versions name people who have left since.
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
    """Return settings that name the copy of the rules kept last; None when nothing was ever kept."""
    copy = _kept_last(settings)
    if not (copy / "pack").is_dir():
        return None
    return settings.model_copy(update={"policies": copy / "pack"})


def kept_packs(settings: Settings) -> list[Path]:
    """Return the folders of all copies of the rules that were kept."""
    return sorted((settings.home / FOLDER).glob("*/pack"))


def last_directory(settings: Settings) -> Path | None:
    """Return the copy of the directory file that an earlier version kept; None where it kept none."""
    file = _kept_last(settings) / DIRECTORY_FILE
    return file if file.is_file() else None


def directories_with(settings: Settings, needles: Collection[str]) -> list[Path]:
    """Return the copies of a directory file, kept by an earlier version, that say one of some things."""
    copies = (settings.home / FOLDER).glob(f"*/{DIRECTORY_FILE}")
    return [file for file in copies if _says(file.read_text(encoding="utf-8", errors="replace"), needles)]


def _says(text: str, needles: Collection[str]) -> bool:
    return any(needle in text for needle in needles)


def directory_file(settings: Settings) -> Path:
    """Return the file of the directory: the one the settings name, else the pack's own."""
    return settings.directory or settings.policies / DIRECTORY_FILE


def people_copy(settings: Settings) -> Path:
    """Return the file with the last good copy of the people, in the form of a directory."""
    return settings.home / FOLDER / _PEOPLE


def keep_people(settings: Settings, said: str) -> None:
    """Write the copy of the people anew, whole or not at all, unless it says this already."""
    file = people_copy(settings)
    if file.is_file() and file.read_text(encoding="utf-8", errors="replace") == said:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(
        "w", encoding="utf-8", dir=file.parent, prefix=".people", delete=False
    ) as partial:
        partial.write(said)
    Path(partial.name).replace(file)


def _kept_last(settings: Settings) -> Path:
    kept = settings.home / FOLDER
    return kept / _pointed_to(kept / _CURRENT)


def _copy(settings: Settings, kept: Path, digest: str) -> None:
    partial = kept / f".{digest}"
    shutil.rmtree(partial, ignore_errors=True)
    _copy_files(settings.policies, partial / "pack")
    try:
        partial.rename(kept / digest)
    except OSError:  # another run was quicker
        shutil.rmtree(partial, ignore_errors=True)


def _copy_files(folder: Path, into: Path) -> None:
    """Copy what a folder holds, but not who may read it: what lies in the home is for its owner."""
    for file in (each for each in sorted(folder.rglob("*")) if each.is_file()):
        copy = into / file.relative_to(folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)


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
    return found.hexdigest()[:16]
