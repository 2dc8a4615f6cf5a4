"""What stands is derived once for each moment, and anew when a fact is recorded or the day is another."""

from datetime import timedelta
from pathlib import Path

from portal.board.data import Desk
from tasks.enforcement.enforcement import enforce
from tests.workplaces import TODAY, at, record, workplace_in

REVIEW = "working-arrangements-review"


def test_nothing_is_derived_twice_while_nothing_changed(tmp_path: Path):
    with workplace_in(tmp_path) as workplace:
        enforce(workplace, TODAY, at(TODAY))
        desk = Desk(workplace, lambda: TODAY)
        first = desk.overview()
        enforce(workplace, TODAY, at(TODAY, 7))  # records runs, and no fact
        assert desk.overview() is first


def test_a_fact_or_another_day_is_seen_at_once(tmp_path: Path):
    days = [TODAY]
    with workplace_in(tmp_path) as workplace:
        desk = Desk(workplace, lambda: days[-1])
        assert desk.overview().standing(REVIEW).current.days_overdue == 13
        days.append(TODAY + timedelta(days=1))
        assert desk.overview().standing(REVIEW).current.days_overdue == 14
        done = {"obligation": REVIEW, "completed_on": TODAY, "evidence": "report 26"}
        record(workplace, {"completions": [done]}, TODAY)
        assert desk.overview().standing(REVIEW).current.days_overdue == 0
