"""Opening what strangers named: one name at a time, below a folder that is open, and never through a link.

A path is never put together and opened whole: whoever owns a folder on it could swap that for a link.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

from policies.problems import visible

_SAFELY = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_DEEPEST = 40  # folders within each other that are gone through; each of them is open meanwhile
_LONGEST_SHOWN = 200  # characters

NO_FILE = "not a file but a link or a device"

Way = tuple[str, ...]  # the names of folders from the root down


class OddFileError(OSError):
    """Something that is not the plain file it has to be; says what it is."""


def opened_root(folder: Path) -> AbstractContextManager[int]:
    """Open the root, which the operator may have made a link; nothing below it is followed.

    Raises:
        OSError: there is no such folder, or it may not be read.
    """
    return _closing(os.open(folder.resolve(), _SAFELY | os.O_DIRECTORY))


def opened_folder(name: str, inside: int) -> AbstractContextManager[int]:
    """Open a folder inside one that is open.

    Raises:
        OSError: it is a link or no folder by now, or may not be read.
    """
    return _closing(os.open(name, _SAFELY | os.O_DIRECTORY, dir_fd=inside))


@contextmanager
def _closing(descriptor: int) -> Iterator[int]:
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def opened_way(root: Path, way: Way) -> Iterator[int]:
    """Open a folder by the names on the way to it.

    Raises:
        OSError: one of them is a link or no folder by now, or may not be read.
    """
    with ExitStack() as stack:
        folder = stack.enter_context(opened_root(root))
        for name in way:
            folder = stack.enter_context(opened_folder(name, folder))
        yield folder


@contextmanager
def opened_file(name: str, inside: int) -> Iterator[int]:
    """Open a plain file inside a folder that is open; what is none is not opened at all.

    Raises:
        OddFileError: it is a link or a device, or the same file has another name elsewhere.
        OSError: it may not be read, or is gone.
    """
    _expect_plain(os.stat(name, dir_fd=inside, follow_symlinks=False))
    file = os.open(name, _SAFELY, dir_fd=inside)
    try:
        _expect_plain(os.fstat(file))
        yield file
    finally:
        os.close(file)


def every_folder(folder: int, way: Way = ()) -> Iterator[tuple[int, Way, list[str]]]:
    """Yield each folder while it is open, the outer before the inner, with the names of what is no folder.

    What may not be read, or lies too deep, is passed over.
    """
    try:
        with os.scandir(folder) as entries:
            found = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]
    except OSError:
        return
    yield folder, way, sorted(name for name, is_folder in found if not is_folder)
    for name in sorted(name for name, is_folder in found if is_folder and len(way) < _DEEPEST):
        try:
            with opened_folder(name, folder) as inner:
                yield from every_folder(inner, (*way, name))
        except OSError:
            continue


def shown(*names: str) -> str:
    """Return names that strangers gave, fit for a log and a screen: one line, nothing that steers either."""
    said = "/".join(names)
    said = said if len(said) <= _LONGEST_SHOWN else f"{said[:_LONGEST_SHOWN]}…"
    return visible(said)


def finding(way: Way, *names: str, what: str) -> str:
    """Return a line for a person: where it is, below the root, and what is to be done about it."""
    return f"{shown(*way, *names) or 'the drop folder'}: {what}"


def why(error: Exception) -> str:
    """Return what an error says, without the path that the system adds."""
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return shown(said or type(error).__name__)


def _expect_plain(found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise OddFileError(NO_FILE)
    if found.st_nlink != 1:
        raise OddFileError("a file that has another name elsewhere (a hard link); send a copy of it")
