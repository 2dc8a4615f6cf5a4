"""What a rehearsal assumes, each of it said."""

from dataclasses import replace

import pytest

from policies.facts.facts import Event, EventRange, Facts
from policies.simulation.assumptions import (
    Assumptions,
    Pace,
    UnusableAssumptionError,
    read_pace,
    read_postponement,
    suppose,
)
from policies.simulation.span import Span
from tests.days import day, shown
from tests.policies.network import FACTS, FORUM, NOTHING_KNOWN, PACK, forum

SPAN = Span(day("Mon 2026-11-23"), day("Mon 2046-12-31"))


def held(facts: Facts, edition: str) -> str:
    event = facts.event(FORUM, edition)
    return f"{shown(event.starts_on)} to {shown(event.ends_on)}" if event else "not held"


def knowing(*events: Event | EventRange, of: Facts = FACTS) -> Facts:
    return replace(of, events=(*of.events, *events))


@pytest.mark.parametrize(
    ("edition", "days"),
    [
        ("2030", "Tue 2030-05-07 to Fri 2030-05-10"),
        ("2034", "Tue 2034-05-02 to Fri 2034-05-05"),
        ("2038", "Tue 2038-05-04 to Fri 2038-05-07"),
        ("2042", "Tue 2042-05-06 to Fri 2042-05-09"),
        ("2046", "Tue 2046-05-01 to Fri 2046-05-04"),
    ],
)
def test_a_forum_nobody_has_recorded_is_held_in_the_same_week_of_may(edition: str, days: str):
    supposed = suppose(PACK, FACTS, SPAN, Assumptions())
    assert held(supposed.facts, edition) == days
    assert f"{FORUM} {edition} is held from {days.split()[1]}" in " ".join(supposed.said)


def test_a_month_that_has_no_fifth_such_day_has_it_in_its_fourth_week():
    fifth = forum("2026", "Fri 2026-05-29", "Sun 2026-05-31")
    assert held(suppose(PACK, Facts(events=[fifth]), SPAN, Assumptions()).facts, "2030") == (
        "Fri 2030-05-31 to Sun 2030-06-02"
    )
    assert held(suppose(PACK, Facts(events=[fifth]), SPAN, Assumptions()).facts, "2034") == (
        "Fri 2034-05-26 to Sun 2034-05-28"
    )


def test_what_is_recorded_is_kept_and_not_assumed():
    known = knowing(forum("2030", "Mon 2030-09-02", "Thu 2030-09-05"))
    supposed = suppose(PACK, known, SPAN, Assumptions())
    assert held(supposed.facts, "2030") == "Mon 2030-09-02 to Thu 2030-09-05"
    assert not any(line.startswith(f"{FORUM} 2030") for line in supposed.said)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("Wed 2030-05-01", "Fri 2030-05-31", "Tue 2030-05-07 to Fri 2030-05-10"),
        ("Sat 2030-06-01", "Sun 2030-06-30", "Sat 2030-06-01 to Tue 2030-06-04"),
    ],
)
def test_within_a_recorded_range_the_assumed_days_stay_within_it(first: str, last: str, days: str):
    known = knowing(EventRange(FORUM, "2030", day(first), day(last), "a letter"))
    assert held(suppose(PACK, known, SPAN, Assumptions()).facts, "2030") == days


def test_with_no_edition_on_record_none_is_assumed_and_that_is_said():
    supposed = suppose(PACK, NOTHING_KNOWN, SPAN, Assumptions())
    assert supposed.facts.events == ()
    assert f"{FORUM}: no edition is on record, so none is assumed: what rests on it stays unknown" in (
        supposed.said
    )


def test_a_duty_that_was_never_done_is_done_on_the_first_day_and_that_is_said():
    said = suppose(PACK, NOTHING_KNOWN, SPAN, Assumptions()).said
    assert (
        "working-arrangements-review was never done, as far as the record goes: the first time is 2026-11-23"
        in said
    )
    assert not any("never done" in line for line in suppose(PACK, FACTS, SPAN, Assumptions()).said)


def test_a_postponement_moves_all_days_of_an_event():
    supposed = suppose(PACK, FACTS, SPAN, Assumptions(Pace(), {(FORUM, "2030"): 60}))
    assert held(supposed.facts, "2030") == "Sat 2030-07-06 to Tue 2030-07-09"
    assert supposed.said[-1] == f"{FORUM} 2030 is moved by 60 days, to 2030-07-06, known from the first day"


def test_only_what_is_held_can_be_postponed():
    with pytest.raises(UnusableAssumptionError, match=f"{FORUM}/2031 is not held in these days; there are: "):
        suppose(PACK, FACTS, SPAN, Assumptions(Pace(), {(FORUM, "2031"): 60}))


@pytest.mark.parametrize(
    ("text", "pace"),
    [
        ("on-target", Pace()),
        ("on-due", Pace(on_target=False)),
        ("late=40", Pace(on_target=False, days_late=40)),
    ],
)
def test_a_pace_is_read_as_it_is_written(text: str, pace: Pace):
    assert read_pace(text) == pace


@pytest.mark.parametrize("text", ["late", "late=", "late=-3", "on time", "late=99999"])
def test_another_pace_is_refused_with_what_is_expected(text: str):
    with pytest.raises(UnusableAssumptionError, match="expected on-target, on-due or late=40"):
        read_pace(text)


def test_a_postponement_is_read_as_it_is_written():
    assert read_postponement(f"{FORUM}/2030=-14") == ((FORUM, "2030"), -14)
    with pytest.raises(UnusableAssumptionError, match="expected EVENT/EDITION=DAYS"):
        read_postponement("forum=60")
