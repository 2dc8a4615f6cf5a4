from datetime import timedelta
from pathlib import Path

import pytest

from tasks.enforcement.enforcement import enforce
from tasks.installation.clock_guard import ClockBehindError, require_forward
from tests.workplaces import TODAY, at, workplace_in

NOW = at(TODAY)


def test_a_clock_that_was_set_back_a_day_decides_nothing(tmp_path: Path):
    with workplace_in(tmp_path) as workplace:
        enforce(workplace, TODAY, NOW)
        with pytest.raises(ClockBehindError, match="the clock says 2026-11-22 06:00 UTC, but the last"):
            require_forward(workplace, NOW - timedelta(days=1))


@pytest.mark.parametrize("later", [timedelta(minutes=-30), timedelta(0), timedelta(days=400)])
def test_clocks_may_differ_a_little_and_go_forward_as_they_like(tmp_path: Path, later: timedelta):
    with workplace_in(tmp_path) as workplace:
        require_forward(workplace, NOW)
        enforce(workplace, TODAY, NOW)
        require_forward(workplace, NOW + later)
