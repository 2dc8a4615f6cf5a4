from pathlib import Path

import pytest

from flows.opening import opened
from tasks.installation.installation import Installation, open_installation
from tasks.installation.settings import Settings


def opening(home: Path, failures: int) -> tuple[list[float], Installation]:
    """Open an installation whose disk is away for the first `failures` tries."""
    waited, left = list[float](), [OSError("the disk is away")] * failures

    def open_() -> Installation:
        if left:
            raise left.pop()
        return open_installation(Settings(home=home))

    with opened(open_, [5, 30, 120], waited.append) as installation:
        return waited, installation


def test_a_database_that_is_there_is_opened_at_once(tmp_path: Path):
    waited, installation = opening(tmp_path, 0)

    assert (waited, installation.settings.home) == ([], tmp_path)


def test_a_database_that_is_gone_is_waited_for(tmp_path: Path):
    assert opening(tmp_path, 3)[0] == [5, 30, 120]


def test_a_database_that_stays_away_fails_the_run(tmp_path: Path):
    with pytest.raises(OSError, match="the disk is away"):
        opening(tmp_path, 4)
