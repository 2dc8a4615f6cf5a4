"""Waiting in tests: for as long as anything still happens, never for a fixed time.

How fast a machine is says nothing about the program. A wait goes on while what is waited for shows progress,
and gives up when nothing at all has changed for `PATIENCE`.
"""

import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

PATIENCE = 240.0
"""Seconds without any progress after which a test gives up; the one bound there is."""

_BETWEEN_LOOKS = 1.0  # seconds; what progress there is costs time that the others need

Found = TypeVar("Found")


def wait_until(
    found: Callable[[], Found],
    progress: Callable[[], object] = lambda: None,
    *,
    why: Callable[[], str] = lambda: "what was waited for did not come",
    patience: float = PATIENCE,
    pause: float = 0.1,
) -> Found:
    """Return the first true answer of `found`.

    Fails with `why` when what `progress` returns has been the same for `patience` seconds.
    """
    seen, since = progress(), time.monotonic()
    looked = since
    while not (answer := found()):
        time.sleep(pause)
        if time.monotonic() - looked < min(_BETWEEN_LOOKS, patience):
            continue
        looked = time.monotonic()
        if (now := progress()) != seen:
            seen, since = now, looked
        elif looked - since > patience:
            pytest.fail(f"{why()} (nothing has changed for {patience:.0f} s)")
    return answer


def ended_by_itself(process: "subprocess.Popen[Any] | BaseProcess", what: str) -> int:
    """Wait until a process has ended, for as long as it works, and return its exit code.

    One that does nothing any more is killed, and the test fails.
    """

    def code() -> int | None:
        return process.poll() if isinstance(process, subprocess.Popen) else process.exitcode

    pid = process.pid or 0
    try:
        wait_until(
            lambda: code() is not None, lambda: work_of(pid), why=lambda: f"{what} did not end", pause=0.01
        )
    except pytest.fail.Exception:
        process.kill()
        raise
    found = code()
    assert found is not None
    return found


def run_to_its_end(command: Sequence[str], **how: Any) -> "subprocess.CompletedProcess[str]":
    """Run a command as `subprocess.run` does, for as long as it works."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        process = subprocess.Popen(command, stdout=out, stderr=err, text=True, **how)
        ended_by_itself(process, " ".join(command[:3]))
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(command, process.returncode, out.read(), err.read())


def work_of(pid: int) -> int:
    """Return how many ticks of processor time a process and everything below it have used so far."""
    return sum(_ticks(each) for each in (pid, *_below(pid)))


def _ticks(pid: int) -> int:
    """Return what `/proc` counts; where there is none, nothing is seen and the bound alone holds."""
    with suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])
    return 0


def _below(pid: int) -> Iterator[int]:
    parents: dict[int, list[int]] = {}
    for name in (entry.name for entry in Path("/proc").glob("[0-9]*")):
        with suppress(OSError):
            fields = Path(f"/proc/{name}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            parents.setdefault(int(fields[1]), []).append(int(name))
    waiting = list(parents.get(pid, []))
    while waiting:
        child = waiting.pop()
        yield child
        waiting += parents.get(child, [])
