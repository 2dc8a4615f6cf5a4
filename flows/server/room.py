"""Room on the disk of the home: where there is none, the automation server waits and says so."""

import os
import time
from collections.abc import Callable
from pathlib import Path

_NEEDED = b"\0" * (1 << 20)
"""A megabyte: the least that a start writes at once."""

_LOOK_EVERY = 30.0
"""Seconds between two looks."""


def has_room(home: Path) -> bool:
    """Whether a megabyte can be written to `home`. It is tried, because a quota shows in no other way."""
    probe = home / ".room"
    try:
        probe.touch(mode=0o600)
        with probe.open("wb", buffering=0) as opened:
            written = opened.write(_NEEDED)
            os.fsync(opened.fileno())
    except OSError:
        return False
    finally:
        _discard(probe)
    return written == len(_NEEDED)


def wait_for_room(
    home: Path, say: Callable[[str], None], sleep: Callable[[float], None] = time.sleep
) -> None:
    """Return once there is room; say that it is waited for, and that it is over.

    Raises:
        OSError: the home cannot be made, whatever room there is.
    """
    home.mkdir(parents=True, exist_ok=True)
    if has_room(home):
        return
    say(f"Nothing can be written to {home}: its disk is full or read-only. Waiting until it can.")
    while not has_room(home):
        sleep(_LOOK_EVERY)
    say("There is room again.")


def _discard(probe: Path) -> None:
    try:
        probe.unlink(missing_ok=True)
    except OSError:
        return  # a disk that takes nothing may not let go either
