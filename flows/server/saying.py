"""What the supervisor says: on the terminal and in a log, and neither of them failing stops it."""

from collections import deque
from collections.abc import Callable
from pathlib import Path

from flows import clock

Say = Callable[[str], None]

_MOST = 1000
"""Lines that wait to be kept; of more than these the oldest are lost."""


class Saying:
    """Says each line, and keeps it in `log` with the time in UTC beside the logs of the children."""

    def __init__(self, log: Path, say: Say) -> None:
        self._log = log
        self._say = say
        self._waiting = deque[str](maxlen=_MOST)
        self._told = False

    def __call__(self, line: str) -> None:
        """Say and keep one line. What a full disk does not take waits, and that is said once."""
        self._aloud(line)
        self._waiting.append(f"{clock.now():%Y-%m-%d %H:%M:%S} UTC  {line.strip()}\n")
        self.keep()

    def keep(self) -> None:
        """Try to keep what could not be kept before."""
        if not self._waiting:
            return
        try:
            with self._log.open("a", encoding="utf-8") as kept:
                kept.write("".join(self._waiting))
        except OSError as error:
            if not self._told:
                self._told = True
                self._aloud(f"{self._log} cannot be written: {error.strerror}. Going on; it is tried again.")
        else:
            self._waiting.clear()
            self._told = False

    def _aloud(self, line: str) -> None:
        try:
            self._say(line)
        except OSError:
            return  # the terminal is gone, or its file is on the full disk: there is nobody left to tell
