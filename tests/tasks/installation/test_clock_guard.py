from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tasks.enforcement.enforcement import enforce
from tasks.installation.clock_guard import ClockBehindError, DayAheadError, HeldDayError, require_forward
from tests.days import day
from tests.installations import TODAY, at, workplace_in

NOW = at(TODAY)


def test_a_clock_that_was_set_back_a_day_decides_nothing(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        enforce(installation, TODAY, NOW)
        with pytest.raises(ClockBehindError, match="the clock says 2026-11-22 06:00 UTC, but the last"):
            require_forward(installation, TODAY, NOW - timedelta(days=1))


@pytest.mark.parametrize("later", [timedelta(minutes=-30), timedelta(0), timedelta(days=9)])
def test_clocks_may_differ_a_little_and_go_forward(tmp_path: Path, later: timedelta):
    with workplace_in(tmp_path) as installation:
        require_forward(installation, TODAY, NOW)
        enforce(installation, TODAY, NOW)
        require_forward(installation, TODAY, NOW + later)


@pytest.mark.parametrize(
    ("on", "held"),
    [
        ("Tue 2026-11-24", False),
        ("Mon 2026-12-07", False),  # two weeks
        ("Tue 2026-12-08", True),
        ("Wed 2027-03-03", True),  # a clock a hundred days ahead
        ("Fri 2026-11-20", False),  # a day that has passed: what was owed by it is there already
    ],
)
def test_a_day_far_ahead_of_the_last_is_held_for_a_person(tmp_path: Path, on: str, held: bool):
    with workplace_in(tmp_path) as installation:
        enforce(installation, TODAY, NOW)
        told = pytest.raises(DayAheadError) if held else nullcontext()
        with told:
            require_forward(installation, day(on), at(day(on)) if day(on) > TODAY else NOW)


def test_what_holds_a_day_says_how_a_person_confirms_it_and_never_to_use_force(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        enforce(installation, TODAY, NOW)
        ahead, behind = day("Wed 2027-03-03"), NOW - timedelta(days=2)
        with pytest.raises(DayAheadError) as leap:
            require_forward(installation, ahead, at(ahead))
        with pytest.raises(ClockBehindError) as back:
            require_forward(installation, TODAY, behind)
        require_forward(installation, ahead, at(ahead), confirmed=ahead)
        require_forward(installation, TODAY, behind, confirmed=TODAY)
    assert str(leap.value) == (
        "2027-03-03 is 100 days after 2026-11-23, the last day that was enforced. More than 14 days are held "
        "for a person, because the clock may be wrong. Nothing was done. If it is wrong, set it right. If "
        "nothing ran for so long, confirm the day: mandates enforce --confirm-day 2027-03-03"
    )
    assert "mandates enforce --confirm-day 2026-11-23" in str(back.value)
    assert "--force" not in f"{leap.value} {back.value}"


def test_a_day_that_was_let_through_once_is_not_held_again(tmp_path: Path):
    ahead = day("Wed 2027-03-03")
    with workplace_in(tmp_path) as installation:
        enforce(installation, TODAY, NOW)
        enforce(installation, ahead, at(ahead))
        require_forward(installation, ahead, at(ahead))
        require_forward(installation, day("Thu 2027-03-04"), at(day("Thu 2027-03-04")))


def test_another_day_than_the_one_acted_for_confirms_nothing(tmp_path: Path):
    with (
        workplace_in(tmp_path) as installation,
        pytest.raises(HeldDayError, match="the day confirmed is 2026-11"),
    ):
        require_forward(installation, day("Wed 2027-03-03"), NOW, confirmed=TODAY)


def test_a_pack_without_the_setting_holds_after_two_weeks_as_well_and_one_may_say_otherwise(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        enforce(installation, TODAY, NOW)
        on, rule = day("Tue 2026-12-08"), installation.pack.catch_up
        assert rule is not None
        patient = rule.model_copy(update={"confirm_days": 60})
        require_forward(replace(installation, pack=replace(installation.pack, catch_up=patient)), on, at(on))
        with pytest.raises(DayAheadError):
            require_forward(replace(installation, pack=replace(installation.pack, catch_up=None)), on, at(on))
