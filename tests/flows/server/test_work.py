import subprocess
import sys

from flows.server.work import ticks
from tests.patience import ended_by_itself, wait_until, work_of

BUSY = "import sys, time\nwhile time.process_time() < 0.2: pass\nsys.stdin.read()"


def test_a_session_that_works_uses_ticks():
    command = [sys.executable, "-c", BUSY]
    with subprocess.Popen(command, start_new_session=True, stdin=subprocess.PIPE) as working:
        assert working.stdin is not None
        wait_until(
            lambda: ticks(working.pid) > 0, lambda: work_of(working.pid), why=lambda: "no tick was counted"
        )
        working.stdin.close()
        ended_by_itself(working, "a session that worked")


def test_a_session_that_does_not_exist_has_none():
    assert ticks(2**31 - 1) == 0
