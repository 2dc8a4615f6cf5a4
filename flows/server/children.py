"""The processes that the supervisor starts, watches and stops."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from flows.checkout import ROOT
from flows.server.work import ticks

LIVED_LONG = 60.0
"""Seconds after which a child that dies counts as having been well."""

LONGEST_PAUSE = 60.0
"""Seconds between two attempts to start a child that keeps dying."""


class Child:
    """A command as a process of its own, with its output in a log; one of Prefect, or of another module.

    `kept` are the numbers of open files that it has from us, such as a socket.
    """

    def __init__(
        self,
        name: str,
        arguments: list[str],
        environment: Mapping[str, str],
        logs: Path,
        module: str = "prefect",
        kept: Sequence[int] = (),
    ) -> None:
        self.name = name
        self._kept = tuple(kept)
        self._module = module
        self.log = logs / f"{name}.log"
        self._arguments = arguments
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, in a session of its own so that Ctrl-C reaches only the supervisor."""
        self._let_go()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 (our own command, no shell)
                [sys.executable, "-m", "flows.server.stop_with_parent", self._module, *self._arguments],
                cwd=ROOT,
                env=dict(self._environment),
                stdin=subprocess.PIPE,  # the leash
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=self._kept,
            )

    @property
    def exit_code(self) -> int | None:
        """How it ended; None while it runs."""
        return self._process.poll() if self._process else None

    def stop(self, patience: float) -> None:
        """Ask it to end, and after `patience` seconds end it and whatever is left of its session."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._let_go()

    def last_lines(self, count: int = 15) -> str:
        """The end of its log."""
        try:
            logged = self.log.read_text(encoding="utf-8", errors="replace")
        except OSError as error:
            return f"(it cannot be read: {error.strerror})"
        return "\n".join(logged.splitlines()[-count:])

    def progress(self) -> tuple[int, int]:
        """Return the bytes it has logged and the ticks it has worked: one of them grows as it gets on."""
        logged = self.log.stat().st_size if self.log.exists() else 0
        return logged, ticks(self._process.pid) if self._process else 0

    def _let_go(self) -> None:
        if self._process and self._process.stdin:
            self._process.stdin.close()


def is_alive(process: int) -> bool:
    """Whether a process of this number runs on this machine."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


class Restartable(Protocol):
    """What can be started again: a `Child`."""

    name: str
    log: Path

    @property
    def exit_code(self) -> int | None:
        """How it ended; None while it runs."""

    def start(self) -> None:
        """Start it."""


class Restarts:
    """Starts a child again when it dies, after pauses that double while it keeps dying."""

    def __init__(self, child: Restartable, at: float) -> None:
        self._child = child
        self._started_at = at
        self._due_at: float | None = None
        self._pause = 0.5

    def tend(self, at: float) -> str | None:
        """Look after the child at `at`, seconds of a monotonic clock; returns what there is to say."""
        if self._child.exit_code is None:
            return None
        if self._due_at is None:
            return self._notice(at)
        return self._start(at) if at >= self._due_at else None

    def _start(self, at: float) -> str | None:
        try:
            self._child.start()
        except OSError as error:  # a full disk has no room for a log, and a full machine none for a process
            self._wait(at)
            again = f"trying again in {self._pause:.0f} s"
            return f"The {self._child.name} cannot be started ({error.strerror}); {again}."
        self._started_at, self._due_at = at, None
        return None

    def _notice(self, at: float) -> str:
        if at - self._started_at >= LIVED_LONG:
            self._pause = 0.5
        self._wait(at)
        return (
            f"The {self._child.name} ended by itself (exit code {self._child.exit_code}); "
            f"starting it again in {self._pause:.0f} s. Why: {self._child.log}"
        )

    def _wait(self, at: float) -> None:
        self._pause = min(self._pause * 2, LONGEST_PAUSE)
        self._due_at = at + self._pause
