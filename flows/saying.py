"""What the supervisor says: on the terminal and in a log, and neither of them failing stops it."""

from collections.abc import Callable
from pathlib import Path

from flows import clock

Say = Callable[[str], None]


class Saying:
    """Says each line, and keeps it in `log` with the time in UTC beside the logs of the children."""

    def __init__(self, log: Path, say: Say) -> None:
        self._log = log
        self._say = say
        self._lost = 0

    def __call__(self, line: str) -> None:
        """Say and keep one line. What a full disk does not take is lost, and that is said."""
        self._aloud(line)
        try:
            with self._log.open("a", encoding="utf-8") as kept:
                kept.write(self._entry(line))
        except OSError as error:
            self._lost += 1
            if self._lost == 1:
                self._aloud(f"{self._log} cannot be written: {error.strerror}. Going on without it.")
        else:
            self._lost = 0

    def _entry(self, line: str) -> str:
        at = f"{clock.now():%Y-%m-%d %H:%M:%S} UTC"
        before = f"{at}  {self._lost} line(s) before this one could not be kept.\n" if self._lost else ""
        return f"{before}{at}  {line.strip()}\n"

    def _aloud(self, line: str) -> None:
        try:
            self._say(line)
        except OSError:
            return  # the terminal is gone, or its file is on the full disk: there is nobody left to tell
