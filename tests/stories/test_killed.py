"""Kill -9 at every step between entry and record: no notice twice, none lost, and the proof says so.

Every sixty-first step of four days, in every phase of the work. `make soak` kills far more often, at random,
and on both databases.
"""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.installations import TODAY, workplace_in
from tests.kills import died, looked_at, survive

pytestmark = pytest.mark.slow

DAYS = 4
MINIMUM = 18
BETWEEN = 61


def test_a_kill_at_every_step_neither_doubles_nor_loses_a_notice(tmp_path: Path):
    workplace_in(tmp_path).engine.dispose()
    kills = 0
    for number in range(DAYS):
        fatal = 1 + number
        while died(tmp_path, TODAY + timedelta(days=number), fatal):
            kills += 1
            fatal += BETWEEN
    found = looked_at(tmp_path, kills, TODAY + timedelta(days=DAYS - 1))
    assert kills >= MINIMUM
    assert found.wrong == []
    assert found.sent > 0


def test_kills_at_random_neither_double_nor_lose_a_notice(tmp_path: Path, each_database: str):
    found = survive(tmp_path, 10, seed=6)
    assert (found.kills, found.wrong) == (10, []), each_database
