"""Patience by progress: a child that works is waited for, however slow the machine is."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from flows.server.errors import StartError

LONGEST = 3600.0
"""Seconds after which nothing is waited for any longer, whatever it does. The one bound there is."""

_STILL = 600.0
"""Seconds without any sign of progress after which a child counts as stuck."""

_SAY_EVERY = 60.0
"""Seconds between two words that it is still waited for."""


class Waited(Protocol):
    """What is waited for: a `Child`."""

    name: str
    log: Path

    @property
    def exit_code(self) -> int | None:
        """How it ended; None while it runs."""

    def progress(self) -> object:
        """Return something that differs from before whenever it got on."""

    def last_lines(self, count: int = 15) -> str:
        """Return the end of its log."""


def wait_for(
    condition: Callable[[], bool],
    child: Waited,
    say: Callable[[str], None],
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Return once `condition` holds, asked four times a second for as long as `child` gets on.

    Raises:
        StartError: the child ended, showed no progress for ten minutes, or took more than an hour.
    """
    began = moved = said = clock()
    seen = child.progress()
    while not condition():
        sleep(0.25)
        at = clock()
        if (now := child.progress()) != seen:
            seen, moved = now, at
        if child.exit_code is not None and not condition():
            raise StartError(_ended(child, f"it ended with exit code {child.exit_code}"))
        if at - moved > _STILL:
            raise StartError(_ended(child, f"for {_STILL / 60:.0f} minutes it did nothing"))
        if at - began > LONGEST:
            raise StartError(_ended(child, f"it still works after {LONGEST / 60:.0f} minutes"))
        if at - said >= _SAY_EVERY:
            said = at
            say(
                f"Still waiting for the {child.name}, {(at - began) / 60:.0f} minutes so far. See {child.log}"
            )


def _ended(child: Waited, why: str) -> str:
    return f"The {child.name} did not get ready: {why}. The end of {child.log}:\n{child.last_lines()}"
