"""One automation server per home: a lock that the kernel takes back when its holder dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
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
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _acquire(file: TextIO, home: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        holder = file.read() or "of unknown number"
        raise StartError(
            f"The automation server is already running on {home} (process {holder}).\n"
            f"Only one may work on the same data. Use that one, stop it with `kill {holder}`, "
            "or set MANDATES_HOME to another folder."
        ) from None
