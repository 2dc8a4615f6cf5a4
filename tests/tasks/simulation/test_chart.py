"""The chart: one file that needs nothing else, says everything in words too, and is the same every time."""

from xml.etree import ElementTree as ET

from policies.simulation import Assumptions, Span, rehearse
from policies.simulation.assumptions import read_pace
from tasks.simulation.chart import chart
from tests.days import day
from tests.policies.network import FACTS, PACK

SVG = "{http://www.w3.org/2000/svg}"
REHEARSAL = rehearse(
    PACK,
    FACTS,
    Span(day("Mon 2026-11-23"), day("Tue 2030-12-31")),
    Assumptions(read_pace("late=40")),
)
DRAWN = chart(REHEARSAL, PACK)
ROOT = ET.fromstring(DRAWN)  # noqa: S314 (our own chart)


def marked(shape: str, kind: str) -> list[str]:
    found = [each for each in ROOT.iter(f"{SVG}{shape}") if each.get("class") == kind]
    return [title for each in found if (title := each.findtext(f"{SVG}title"))]


def test_there_is_a_bar_for_every_quarter_and_it_says_its_numbers():
    bars = marked("rect", "bar")
    assert len(bars) == len(REHEARSAL.quarters)
    last = REHEARSAL.quarters[-1]
    assert bars[-1] == f"2030-Q4: {last.steps} steps of work, {last.notices} notices"


def test_what_was_late_has_another_shape_and_not_only_another_colour():
    assert "working-group-review/2026: met-late 2027-01-15, due 2026-12-06" in marked("path", "met-late")
    assert marked("circle", "met-late") == []


def test_years_with_a_forum_are_shaded():
    assert [title.split(":")[0] for title in marked("rect", "band")] == ["2026", "2030"]


def test_it_stands_alone_and_follows_the_readers_light_or_dark():
    assert DRAWN.count("http") == DRAWN.count('xmlns="http') == 1
    assert "prefers-color-scheme: dark" in DRAWN
    assert (ROOT.get("role"), ROOT.get("aria-labelledby")) == ("img", "title description")


def test_no_bar_and_no_mark_leaves_the_chart():
    width = float(str(ROOT.get("viewBox")).split()[2])
    for bar in ROOT.iter(f"{SVG}rect"):
        assert float(str(bar.get("height"))) >= 0
        assert 0 <= float(bar.get("x") or 0) <= width - float(str(bar.get("width")))


def test_the_same_rehearsal_draws_the_same_bytes():
    assert chart(REHEARSAL, PACK) == DRAWN
