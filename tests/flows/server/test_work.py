import os
import time

from flows.server.work import ticks


def test_a_session_that_works_uses_ticks():
    ours = os.getsid(0)
    before = ticks(ours)
    until = time.process_time() + 0.2
    while time.process_time() < until:
        pass

    assert ticks(ours) > before


def test_a_session_that_does_not_exist_has_none():
    assert ticks(2**31 - 1) == 0
