import errno
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from flows.server.children import Child, Restarts
from tests.patience import wait_until


class FakeChild:
    """A child that dies when told to."""

    name = "worker"
    log = Path("/logs/worker.log")

    def __init__(self) -> None:
        self.exit_code: int | None = None
        self.starts = 0
        self.disk_full = False

    def start(self) -> None:
        if self.disk_full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.exit_code = None
        self.starts += 1


def said_while_dying_at_once(restarts: Restarts, child: FakeChild, seconds: int) -> list[tuple[int, str]]:
    said = []
    for at in range(seconds):
        child.exit_code = 1
        if line := restarts.tend(float(at)):
            said.append((at, line.split("; ")[1].split(".")[0]))
    return said


def test_a_child_that_runs_is_left_alone():
    child = FakeChild()

    assert Restarts(child, at=0.0).tend(5.0) is None
    assert child.starts == 0


def test_a_child_that_keeps_dying_is_started_after_growing_pauses():
    child = FakeChild()

    said = said_while_dying_at_once(Restarts(child, at=0.0), child, 40)

    assert said == [
        (0, "starting it again in 1 s"),
        (2, "starting it again in 2 s"),
        (5, "starting it again in 4 s"),
        (10, "starting it again in 8 s"),
        (19, "starting it again in 16 s"),
        (36, "starting it again in 32 s"),
    ]
    assert child.starts == 5


def test_a_pause_is_never_longer_than_a_minute():
    child = FakeChild()

    said = said_while_dying_at_once(Restarts(child, at=0.0), child, 300)

    assert said[-1][1] == "starting it again in 60 s"


def test_a_child_that_was_well_for_a_minute_is_started_again_at_once():
    child = FakeChild()
    restarts = Restarts(child, at=0.0)
    said_while_dying_at_once(restarts, child, 10)  # started for the third time at 9
    child.exit_code = 1

    line = restarts.tend(9.0 + 60.0)

    assert line == (
        "The worker ended by itself (exit code 1); starting it again in 1 s. Why: /logs/worker.log"
    )


def test_a_child_that_a_full_disk_keeps_from_starting_is_tried_again_until_it_starts():
    child = FakeChild()
    restarts = Restarts(child, at=0.0)
    child.exit_code, child.disk_full = 1, True

    said = [line for at in range(12) if (line := restarts.tend(float(at)))]
    child.disk_full = False
    restarts.tend(30.0)

    assert said == [
        "The worker ended by itself (exit code 1); starting it again in 1 s. Why: /logs/worker.log",
        "The worker cannot be started (No space left on device); trying again in 2 s.",
        "The worker cannot be started (No space left on device); trying again in 4 s.",
        "The worker cannot be started (No space left on device); trying again in 8 s.",
    ]
    assert child.starts == 1


@pytest.fixture
def child(tmp_path):
    child = Child("version", ["version"], {"PREFECT_HOME": str(tmp_path / "prefect")}, tmp_path)
    yield child
    child.stop(patience=5.0)


def test_a_child_writes_its_log_and_ends(child):
    child.start()
    wait_until(lambda: child.exit_code is not None)

    assert child.exit_code == 0
    assert "Python version" in child.last_lines(40)
    assert sys.version.split()[0] in child.last_lines(40)


def test_a_child_that_works_gets_on_and_one_that_sleeps_does_not(tmp_path):
    script = "import time, sys; t = time.monotonic()\nwhile time.monotonic() < t + 1: pass\n"
    (tmp_path / "busy.py").write_text(f"{script}print('done', flush=True); time.sleep(60)")
    child = Child("busy", [], {"PYTHONPATH": str(tmp_path)}, tmp_path, "busy")
    began = child.progress()
    child.start()
    try:
        while b"done" not in child.log.read_bytes():
            time.sleep(0.1)
        worked = child.progress()
        time.sleep(1)
        assert began == (0, 0)
        assert worked > (0, 0)
        assert child.progress() == worked
    finally:
        child.stop(patience=5.0)


def test_a_child_without_a_log_has_last_lines_all_the_same(tmp_path):
    child = Child("never", [], {}, tmp_path)

    assert child.last_lines() == "(it cannot be read: No such file or directory)"


def test_a_child_that_never_started_stops():
    child = Child("never", [], {}, Path())

    child.stop(patience=1.0)

    assert child.exit_code is None


def test_stopping_ends_a_child(child):
    child.start()

    child.stop(patience=5.0)

    assert child.exit_code in {0, 1, -signal.SIGTERM, -signal.SIGKILL}
