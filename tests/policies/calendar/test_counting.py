from collections.abc import Iterable
from datetime import timedelta
from itertools import accumulate, repeat

import pytest

from policies.calendar.counting import Unit, last_of_month, shift
from policies.calendar.working_days import Seats, WorkingDays
from policies.plans.milestones import MilestoneId, MilestoneRule
from tests.days import day, shown

CALENDAR_UNITS = (Unit.MONTHS, Unit.WEEKS, Unit.DAYS)


def months_from(anchor: str, counts: Iterable[int]) -> list[str]:
    return [shown(shift(day(anchor), count, Unit.MONTHS)) for count in counts]


def test_rfc_7529_a_month_without_a_31st_gives_its_last_day():
    """RFC 7529, section 5: monthly from 31 January 2014, invalid dates moved backward."""
    assert months_from("Fri 2014-01-31", range(4)) == [
        "Fri 2014-01-31",
        "Fri 2014-02-28",
        "Mon 2014-03-31",
        "Wed 2014-04-30",
    ]


def test_rfc_7529_a_year_without_a_29_february_gives_28_february():
    """RFC 7529, section 5: yearly from 29 February 2016, invalid dates moved backward."""
    assert months_from("Mon 2016-02-29", (0, 12, 24, 36, 48)) == [
        "Mon 2016-02-29",
        "Tue 2017-02-28",
        "Wed 2018-02-28",
        "Thu 2019-02-28",
        "Sat 2020-02-29",
    ]


@pytest.mark.parametrize(
    ("anchor", "count", "unit", "ends"),
    [
        ("Sat 2026-01-31", 1, Unit.MONTHS, "Sat 2026-02-28"),
        ("Wed 2024-01-31", 1, Unit.MONTHS, "Thu 2024-02-29"),
        ("Mon 2025-11-10", 12, Unit.MONTHS, "Tue 2026-11-10"),
        ("Mon 2026-11-30", 3, Unit.MONTHS, "Sun 2027-02-28"),
        ("Tue 2028-02-29", 12, Unit.MONTHS, "Wed 2029-02-28"),
        ("Tue 2028-02-29", 48, Unit.MONTHS, "Sun 2032-02-29"),
        ("Mon 2025-06-30", 8, Unit.MONTHS, "Sat 2026-02-28"),
        ("Thu 2026-12-31", 2, Unit.MONTHS, "Sun 2027-02-28"),
        ("Mon 2026-11-23", 2, Unit.WEEKS, "Mon 2026-12-07"),
        ("Mon 2026-11-23", 5, Unit.DAYS, "Sat 2026-11-28"),
        ("Fri 2027-12-31", 60, Unit.DAYS, "Tue 2028-02-29"),
    ],
)
def test_ets_76_a_period_ends_on_the_corresponding_date_or_the_months_last_day(anchor, count, unit, ends):
    """ETS 76, article 4: the day of the anchor is not counted, and the period ends on the same date."""
    assert shown(shift(day(anchor), count, unit)) == ends


EASTER_AND_CHRISTMAS = WorkingDays(
    frozenset(
        day(holiday) for holiday in ("Fri 2026-12-25", "Fri 2027-01-01", "Fri 2027-03-26", "Mon 2027-03-29")
    )
)
SEATS = Seats(EASTER_AND_CHRISTMAS, EASTER_AND_CHRISTMAS)


@pytest.mark.parametrize(
    ("event", "count", "unit", "ends"),
    [
        # 3(1) the day of the event is not counted, 3(2)(b) days end with the last of them
        ("Mon 2026-11-23", 1, Unit.DAYS, "Tue 2026-11-24"),
        ("Mon 2026-11-23", 10, Unit.DAYS, "Thu 2026-12-03"),
        # 3(2)(c) weeks end on the weekday of the event: the slaughter days of Case C-171/03, Toeters
        ("Tue 1998-01-27", 3, Unit.WEEKS, "Tue 1998-02-17"),
        ("Wed 1998-01-28", 3, Unit.WEEKS, "Wed 1998-02-18"),
        ("Thu 1998-03-12", 3, Unit.WEEKS, "Thu 1998-04-02"),
        ("Fri 1998-03-13", 3, Unit.WEEKS, "Fri 1998-04-03"),
        ("Mon 1998-03-16", 3, Unit.WEEKS, "Mon 1998-04-06"),
        # 3(2)(c) months and years end on the date of the event
        ("Tue 2026-11-10", 12, Unit.MONTHS, "Wed 2027-11-10"),
        ("Tue 2022-12-06", 48, Unit.MONTHS, "Sun 2026-12-06"),
        # 3(2)(c) where the last month lacks the date, on its last day
        ("Tue 2026-03-31", 1, Unit.MONTHS, "Thu 2026-04-30"),
        ("Sat 2026-08-29", 6, Unit.MONTHS, "Sun 2027-02-28"),
        ("Mon 2027-08-30", 6, Unit.MONTHS, "Tue 2028-02-29"),
        ("Tue 2028-02-29", 12, Unit.MONTHS, "Wed 2029-02-28"),
    ],
)
def test_regulation_1182_71_a_period_ends_on_the_same_day_as_that_from_which_it_runs(
    event, count, unit, ends
):
    """Regulation (EEC, Euratom) 1182/71, Article 3(1) and (2): `shift` is all of it."""
    assert shown(shift(day(event), count, unit)) == ends


@pytest.mark.parametrize(
    ("event", "count", "unit", "mandated", "contributors", "last_working_day"),
    [
        ("Mon 2026-08-31", 2, Unit.MONTHS, "Sat 2026-10-31", "Mon 2026-11-02", "Fri 2026-10-30"),
        ("Tue 2022-12-06", 48, Unit.MONTHS, "Sun 2026-12-06", "Mon 2026-12-07", "Fri 2026-12-04"),
        ("Fri 2026-11-27", 4, Unit.WEEKS, "Fri 2026-12-25", "Mon 2026-12-28", "Thu 2026-12-24"),
        ("Tue 2026-12-01", 1, Unit.MONTHS, "Fri 2027-01-01", "Mon 2027-01-04", "Thu 2026-12-31"),
        ("Fri 2027-02-26", 1, Unit.MONTHS, "Fri 2027-03-26", "Tue 2027-03-30", "Thu 2027-03-25"),
        ("Fri 2027-03-19", 10, Unit.DAYS, "Mon 2027-03-29", "Tue 2027-03-30", "Thu 2027-03-25"),
        ("Tue 2026-11-10", 2, Unit.WEEKS, "Tue 2026-11-24", "Tue 2026-11-24", "Tue 2026-11-24"),
    ],
)
def test_regulation_1182_71_a_day_off_gives_contributors_the_next_working_day_and_moves_no_mandated_date(
    event, count, unit, mandated, contributors, last_working_day
):
    """Article 3(4): a last day that is a holiday, Sunday or Saturday gives way to the following working day.

    That is how the days are rolled on which contributors' inputs are due. The Terms of Reference are no act
    the Regulation applies to, and say nothing of days off: a date they demand stays, with the last working
    day before it beside it. Article 3(5), two working days at least in two days or more, is for periods
    shorter than any the house gives.
    """
    counted = shift(day(event), count, unit)
    inputs_due = MilestoneRule(id=MilestoneId.INPUTS_DUE, weeks_before=0)
    assert shown(counted) == mandated
    assert shown(inputs_due.day(counted, SEATS)) == contributors
    assert shown(EASTER_AND_CHRISTMAS.rolled_back(counted).on) == last_working_day


@pytest.mark.parametrize(
    ("event", "count", "unit", "ends", "work_done_by"),
    [
        ("Tue 2026-05-05", -12, Unit.WEEKS, "Tue 2026-02-10", "Tue 2026-02-10"),
        ("Tue 2026-03-31", -1, Unit.MONTHS, "Sat 2026-02-28", "Fri 2026-02-27"),
        ("Sun 2026-05-10", -7, Unit.DAYS, "Sun 2026-05-03", "Fri 2026-05-01"),
        ("Fri 2027-04-23", -4, Unit.WEEKS, "Fri 2027-03-26", "Thu 2027-03-25"),
        ("Mon 2027-04-26", -4, Unit.WEEKS, "Mon 2027-03-29", "Thu 2027-03-25"),
    ],
)
def test_regulation_1182_71_a_period_counted_back_from_a_date_is_never_moved_later(
    event, count, unit, ends, work_done_by
):
    """Article 3(4), second sentence: periods calculated retroactively keep their day, even a day off."""
    counted = shift(day(event), count, unit)
    step = MilestoneRule(id=MilestoneId.PACKAGE_RELEASED, weeks_before=0)
    assert shown(counted) == ends
    assert shown(step.day(counted, SEATS)) == work_done_by


@pytest.mark.parametrize(
    ("event", "count", "ends"),
    [
        ("Thu 2026-12-24", 2, "Tue 2026-12-29"),
        ("Thu 2027-03-25", 1, "Tue 2027-03-30"),
        ("Fri 2026-11-20", 5, "Fri 2026-11-27"),
    ],
)
def test_regulation_1182_71_working_days_leave_out_days_off_and_the_day_of_the_event(event, count, ends):
    """Article 3(3): days off count, except in periods expressed in working days."""
    assert shown(EASTER_AND_CHRISTMAS.after(day(event), count)) == ends


@pytest.mark.parametrize(
    ("anchor", "count", "unit", "ends"),
    [
        ("Tue 2022-05-17", -12, Unit.WEEKS, "Tue 2022-02-22"),
        ("Tue 2022-05-10", -12, Unit.WEEKS, "Tue 2022-02-15"),
        ("Tue 2026-05-05", -12, Unit.WEEKS, "Tue 2026-02-10"),
        ("Tue 2026-03-31", -1, Unit.MONTHS, "Sat 2026-02-28"),
        ("Sun 2026-05-10", -7, Unit.DAYS, "Sun 2026-05-03"),
    ],
)
def test_a_limit_counted_backwards_is_never_moved_later(anchor, count, unit, ends):
    assert shown(shift(day(anchor), count, unit)) == ends


def test_a_period_may_end_on_a_weekend():
    assert shown(shift(day("Fri 2025-10-31"), 12, Unit.MONTHS)) == "Sat 2026-10-31"


def test_half_years_from_31_august_come_back_to_31_august():
    assert months_from("Mon 2026-08-31", (6, 12, 18, 24)) == [
        "Sun 2027-02-28",
        "Tue 2027-08-31",
        "Tue 2028-02-29",
        "Thu 2028-08-31",
    ]


def test_counting_from_the_previous_date_would_have_lost_the_31st():
    """What other systems do, and why the anchor is kept: chained, the last day is gone for good."""
    chained = accumulate(
        repeat(6, 4), lambda on, months: shift(on, months, Unit.MONTHS), initial=day("Mon 2026-08-31")
    )
    assert shown([*chained][-1]) == "Mon 2028-08-28"


@pytest.mark.parametrize(
    ("year", "month", "last"),
    [
        (2026, 10, "Sat 2026-10-31"),
        (2028, 2, "Tue 2028-02-29"),
        (2100, 2, "Sun 2100-02-28"),
        (2026, 12, "Thu 2026-12-31"),
    ],
)
def test_the_last_of_a_month(year, month, last):
    assert shown(last_of_month(year, month)) == last


def test_a_date_comes_back_as_a_plain_date_whatever_was_asked():
    plain = type(day("Tue 2026-11-10"))
    counted = [shift(day("Tue 2026-11-10"), 1, unit) for unit in CALENDAR_UNITS] + [last_of_month(2026, 11)]
    assert {type(on) for on in counted} == {plain}


def test_a_count_of_nothing_is_the_anchor():
    assert {shift(day("Tue 2026-11-10"), 0, unit) for unit in CALENDAR_UNITS} == {day("Tue 2026-11-10")}


def test_working_days_are_never_counted_without_a_duty_station():
    with pytest.raises(KeyError):
        shift(day("Tue 2026-11-10"), 1, Unit.WORKING_DAYS)


def test_weeks_are_seven_days():
    on = day("Tue 2026-11-10")
    assert shift(on, 12, Unit.WEEKS) - on == timedelta(days=84)
