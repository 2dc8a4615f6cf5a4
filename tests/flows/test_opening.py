from pathlib import Path

import pytest

from flows.opening import opened
from tasks.installation.settings import Settings
from tasks.installation.workplace import Workplace, open_workplace


def opening(home: Path, failures: int) -> tuple[list[float], Workplace]:
    """Open a workplace whose disk is away for the first `failures` tries."""
    waited, left = list[float](), [OSError("the disk is away")] * failures

    def open_() -> Workplace:
        if left:
            raise left.pop()
        return open_workplace(Settings(home=home))

    with opened(open_, [5, 30, 120], waited.append) as workplace:
        return waited, workplace


def test_a_database_that_is_there_is_opened_at_once(tmp_path: Path):
    waited, workplace = opening(tmp_path, 0)

    assert (waited, workplace.settings.home) == ([], tmp_path)


def test_a_database_that_is_gone_is_waited_for(tmp_path: Path):
    assert opening(tmp_path, 3)[0] == [5, 30, 120]


def test_a_database_that_stays_away_fails_the_run(tmp_path: Path):
    with pytest.raises(OSError, match="the disk is away"):
        opening(tmp_path, 4)
