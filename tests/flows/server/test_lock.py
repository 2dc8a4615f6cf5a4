import os
import subprocess
import sys

import pytest

from flows.server.errors import StartError
from flows.server.lock import exclusive, is_held

HOLD_AND_DIE = """
import os, pathlib, signal, sys
from flows.server.lock import exclusive
with exclusive(pathlib.Path(sys.argv[1])):
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_second_holder_is_told_who_holds_the_home(tmp_path):
    with exclusive(tmp_path), pytest.raises(StartError) as refused, exclusive(tmp_path):
        pass

    assert str(refused.value).startswith(
        f"The automation server is already running on {tmp_path} (process {os.getpid()})."
    )


def test_a_home_is_free_after_its_holder(tmp_path):
    with exclusive(tmp_path):
        pass

    with exclusive(tmp_path):
        assert (tmp_path / "up.lock").read_text() == str(os.getpid())


def test_a_home_is_free_when_its_holder_was_killed(tmp_path):
    died = subprocess.run([sys.executable, "-c", HOLD_AND_DIE, tmp_path], check=False)

    with exclusive(tmp_path):
        assert died.returncode == -9


def test_whether_a_home_is_held_is_seen_without_taking_it(tmp_path):
    before = is_held(tmp_path)
    with exclusive(tmp_path):
        during = is_held(tmp_path)

    assert (before, during, is_held(tmp_path)) == (False, True, False)
