"""One automation server per home: a lock that the kernel takes back when its holder dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from flows.server.errors import StartError


@contextmanager
def exclusive(home: Path) -> Iterator[None]:
    """Hold `home` for as long as the block runs.

    Raises:
        StartError: another process holds it.
    """
    with (home / "up.lock").open("a+", encoding="ascii") as file:
        _acquire(file, home)
        with suppress(OSError):  # the lock holds on a full disk too; only its holder's number is not told
            os.ftruncate(file.fileno(), 0)
            os.write(file.fileno(), str(os.getpid()).encode("ascii"))
        yield


def is_held(home: Path) -> bool:
    """Whether an automation server runs on `home` now."""
    try:
        with (home / "up.lock").open(encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _acquire(file: TextIO, home: Path) -> None:
    try:
        _lock(file)
    except BlockingIOError:
        file.seek(0)
        holder = file.read() or "of unknown number"
        raise StartError(
            f"The automation server is already running on {home} (process {holder}).\n"
            f"Only one may work on the same data. Use that one, stop it with `kill {holder}`, "
            "or set MANDATES_HOME to another folder."
        ) from None


def _lock(file: TextIO) -> None:
    # Whoever only asks whether it is held has it for a moment: that must not keep a server from starting.
    for _ in range(5):
        with suppress(BlockingIOError):
            return fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        time.sleep(0.1)
    return fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
