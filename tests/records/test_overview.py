"""The index in memory: found by words in any language, ordered by what presses, in pages."""

from datetime import date, timedelta
from typing import Any

import pytest

from records.overview import PAGE, Glance, Index, Wanted

DAY = date(2026, 11, 23)


def glance(number: int, **more) -> Glance:
    values: dict[str, Any] = {
        "obligation": f"duty-{number:03}",
        "rank": 5,
        "plan_on": DAY + timedelta(days=number),
        "state": "open",
        "holder": "council",
        "found": f"duty {number}\nnumber 100%\nالمهمة",
    }
    return Glance(**(values | more))


@pytest.fixture
def index():
    rows = [glance(number) for number in range(1, 121)]
    late = glance(999, rank=0, state="overdue", holder="mayor", found="late_duty")
    undated = glance(0, plan_on=None)
    made = Index([*rows, late, undated])
    yield made
    made.dispose()


def test_what_presses_comes_first_and_what_has_no_date_last(index):
    first, last = index.search(Wanted()), index.search(Wanted(page=3))
    assert first.obligations[:2] == ("duty-999", "duty-001")
    assert last.obligations[-1] == "duty-000"
    assert (first.count, first.pages, len(first.obligations)) == (122, 3, PAGE)


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (Wanted(words="DUTY number"), 121),
        (Wanted(words="المهمة"), 121),
        (Wanted(words="100%"), 121),
        (Wanted(words="%"), 121),
        (Wanted(words="_"), 1),
        (Wanted(words="'; DROP TABLE glances; --"), 0),
        (Wanted(state="overdue"), 1),
        (Wanted(holder="mayor", state="open"), 0),
    ],
)
def test_only_what_is_wanted_is_found(index, wanted, count):
    assert index.search(wanted).count == count


def test_there_is_one_page_even_of_nothing(index):
    assert index.search(Wanted(words="nowhere")).pages == 1


def test_states_and_holders_are_counted(index):
    assert index.counts("state") == {"open": 121, "overdue": 1}
    assert index.counts("holder") == {"council": 121, "mayor": 1}
