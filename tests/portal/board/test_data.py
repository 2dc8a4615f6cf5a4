"""What stands is derived once for each moment, and anew when a fact is recorded or the day is another."""

from datetime import timedelta
from pathlib import Path

from portal.board.data import BoardData
from tasks.enforcement.enforcement import enforce
from tests.installations import TODAY, at, record, workplace_in

REVIEW = "working-arrangements-review"


def test_nothing_is_derived_twice_while_nothing_changed(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        enforce(installation, TODAY, at(TODAY))
        board_data = BoardData(installation, lambda: TODAY)
        first = board_data.overview()
        enforce(installation, TODAY, at(TODAY, 7))  # records runs, and no fact
        assert board_data.overview() is first


def test_a_fact_or_another_day_is_seen_at_once(tmp_path: Path):
    days = [TODAY]
    with workplace_in(tmp_path) as installation:
        board_data = BoardData(installation, lambda: days[-1])
        assert board_data.overview().status(REVIEW).current.days_overdue == 13
        days.append(TODAY + timedelta(days=1))
        assert board_data.overview().status(REVIEW).current.days_overdue == 14
        done = {"obligation": REVIEW, "completed_on": TODAY, "evidence": "report 26"}
        record(installation, {"completions": [done]}, TODAY)
        assert board_data.overview().status(REVIEW).current.days_overdue == 0
