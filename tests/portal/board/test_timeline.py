"""The timeline: shapes for those who see no colours, mirrored for those who read the other way."""

from dataclasses import replace

import pytest

from portal.board.timeline import WIDTH, Timeline, timeline
from tests.days import day
from tests.policies.network import FACTS, PACK, status

TODAY = day("Mon 2026-11-23")
IDS = ("secretary-general-review", "working-arrangements-review", "working-group-review", "annual-meeting")


def drawn(language: str = "en") -> Timeline:
    return timeline(PACK, FACTS, [status(each) for each in IDS], TODAY, language)


def test_each_obligation_has_a_lane_under_the_years():
    found = drawn()
    assert [year for year, _ in found.years] == [2024, 2025, 2026, 2027, 2028, 2029, 2030]
    assert [lane.title for lane in found.lanes][1] == "Review of the working arrangements"
    assert [event.says for event in found.events] == ["International Migration Review Forum 2026"]


def test_the_shape_tells_how_a_cycle_stands():
    lanes = dict(zip(IDS, drawn().lanes, strict=True))
    shapes = {name: [mark.shape for mark in lane.marks] for name, lane in lanes.items()}
    assert shapes["secretary-general-review"][:2] == ["triangle", "cross"]  # met late, then overdue
    assert shapes["working-arrangements-review"][0] == "cross"
    assert {"diamond", "ring"} <= set(shapes["working-group-review"])


def test_every_mark_says_in_words_what_it_is():
    marks = [mark for lane in drawn().lanes for mark in (*lane.marks, *lane.steps)]
    assert marks
    assert all(mark.says for mark in marks)
    assert "2026: Overdue · 31 October 2026" in [mark.says for mark in marks]


@pytest.mark.parametrize("number", range(len(IDS)))
def test_in_arabic_everything_is_where_a_mirror_shows_it(number):
    there, here = drawn("ar"), drawn()
    assert there.today == pytest.approx(WIDTH - here.today)
    mirrored = [replace(mark, x=round(WIDTH - mark.x, 1), says="") for mark in here.lanes[number].marks]
    assert [replace(mark, says="") for mark in there.lanes[number].marks] == mirrored
