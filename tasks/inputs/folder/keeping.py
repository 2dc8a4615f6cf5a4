"""What lies in the drop folder, and what was put away: found for one person, and ended when it is over."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from policies.problems import is_text
from tasks.inputs.folder.opening import Way, every_folder, opened_file, opened_root, opened_way
from tasks.inputs.folder.walking import OURS, WHY
from tasks.installation.settings import Settings

_LONGEST_PATH = 1000  # bytes; a longer one could not be put back everywhere
_PERSON, _PERSON_PUT_AWAY = 2, 3  # which folder on the way down is named after somebody


def files_of(settings: Settings, person: str) -> Iterator[Path]:
    """Yield the plain files of somebody: those in the drop folder, and those that were put away."""
    for root, level in ((settings.incoming, _PERSON), (settings.collected, _PERSON_PUT_AWAY)):
        for folder, way, names in _folders(root):
            if way[level : level + 1] == (person,):
                plain = (name for name in names if _plain(folder, name))
                yield from (root.joinpath(*way, name) for name in plain)


def bytes_of(settings: Settings, file: Path) -> bytes:
    """Return what is in a file of the home; if it lies in the drop folder, through no link.

    Raises:
        OSError: it cannot be read, or is no plain file any more.
    """
    if not file.is_relative_to(settings.incoming):
        return file.read_bytes()
    *way, name = file.relative_to(settings.incoming).parts
    with opened_way(settings.incoming, tuple(way)) as folder, opened_file(name, folder) as opened:
        return _read(opened)


def delete(settings: Settings, file: Path) -> None:
    """Delete a file of the home, if it is there; if it lies in the drop folder, through no link.

    Raises:
        OSError: it cannot be deleted, or a folder on the way to it is a link by now.
    """
    if not file.is_relative_to(settings.incoming):
        file.unlink(missing_ok=True)
        return
    *way, name = file.relative_to(settings.incoming).parts
    with suppress(FileNotFoundError), opened_way(settings.incoming, tuple(way)) as folder:
        os.unlink(name, dir_fd=folder)


def contents_of(root: Path, largest: int) -> Iterator[tuple[str, bytes]]:
    """Yield what waits in the drop folder and may be taken: plain files of up to `largest` bytes."""
    for folder, way, names in _folders(root):
        for name in names:
            path = "/".join((*way, name))
            if not is_text(path) or len(path.encode()) > _LONGEST_PATH:
                continue
            with suppress(OSError), opened_file(name, folder) as file:
                if os.fstat(file).st_size <= largest:
                    yield path, _read(file)[:largest]


def end_before(settings: Settings, until: float) -> int:
    """Delete what was put away before an instant, in seconds since 1970; return how many files that were.

    In the drop folder itself that is what earlier versions put away there, and our notes; what waits stays.
    """
    return _end(settings.collected, until, everything=True) + _end(settings.incoming, until, everything=False)


def _end(root: Path, until: float, *, everything: bool) -> int:
    count = 0
    for folder, way, names in _folders(root):
        for name in names:
            with suppress(OSError):  # what strangers do not let us remove is theirs to remove
                if (everything or _is_ours(folder, way, name)) and _is_over(folder, name, until):
                    os.unlink(name, dir_fd=folder)
                    count += 1
    return count


def _read(file: int) -> bytes:
    with os.fdopen(os.dup(file), "rb") as stream:
        return stream.read()


def _folders(root: Path) -> Iterator[tuple[int, Way, list[str]]]:
    with suppress(OSError), opened_root(root) as folder:
        yield from every_folder(folder)


def _is_ours(folder: int, way: Way, name: str) -> bool:
    """Say whether a file in the drop folder is a note of ours, or was put away by an earlier version."""
    if not OURS.isdisjoint(way):
        return True
    return name.endswith(WHY) and os.lstat(name, dir_fd=folder).st_uid == os.geteuid()


def _is_over(folder: int, name: str, until: float) -> bool:
    found = os.lstat(name, dir_fd=folder)
    return stat.S_ISREG(found.st_mode) and found.st_mtime < until


def _plain(folder: int, name: str) -> bool:
    try:
        return stat.S_ISREG(os.lstat(name, dir_fd=folder).st_mode)
    except OSError:
        return False
