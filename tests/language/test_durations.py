from datetime import date

import pytest

from language.durations import distance, duration
from policies.counting import Unit

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("count", "unit", "english", "arabic"),
    [
        (0, Unit.DAYS, "0 days", "0 يوم"),
        (1, Unit.DAYS, "one day", "يوم واحد"),
        (2, Unit.DAYS, "2 days", "يومين"),
        (3, Unit.DAYS, "3 days", "3 أيام"),
        (10, Unit.DAYS, "10 days", "10 أيام"),
        (11, Unit.DAYS, "11 days", "11 يوماً"),
        (13, Unit.DAYS, "13 days", "13 يوماً"),
        (100, Unit.DAYS, "100 days", "100 يوم"),
        (103, Unit.DAYS, "103 days", "103 أيام"),
        (1, Unit.WEEKS, "one week", "أسبوع واحد"),
        (2, Unit.WEEKS, "2 weeks", "أسبوعين"),
        (8, Unit.WEEKS, "8 weeks", "8 أسابيع"),
        (12, Unit.WEEKS, "12 weeks", "12 أسبوعاً"),
        (1, Unit.MONTHS, "one month", "شهر واحد"),
        (2, Unit.MONTHS, "2 months", "شهرين"),
        (6, Unit.MONTHS, "6 months", "6 أشهر"),
        (12, Unit.MONTHS, "12 months", "12 شهراً"),
        (48, Unit.MONTHS, "48 months", "48 شهراً"),
        (100, Unit.MONTHS, "100 months", "100 شهر"),
        (1, Unit.WORKING_DAYS, "one working day", "يوم عمل واحد"),
        (2, Unit.WORKING_DAYS, "2 working days", "يومي عمل"),
        (5, Unit.WORKING_DAYS, "5 working days", "5 أيام عمل"),
    ],
)
def test_lengths_of_time_have_the_plural_of_their_language(count, unit, english, arabic):
    assert (duration(count, unit, "en"), duration(count, unit, "ar")) == (english, arabic)


@pytest.mark.parametrize(
    ("on", "english", "arabic"),
    [
        (date(2026, 11, 10), "13 days ago", "قبل 13 يوماً"),  # Tue
        (date(2026, 11, 21), "2 days ago", "قبل يومين"),  # Sat
        (date(2026, 11, 22), "one day ago", "قبل يوم واحد"),  # Sun
        (date(2026, 11, 23), "today", "اليوم"),  # Mon
        (date(2026, 11, 24), "in one day", "بعد يوم واحد"),  # Tue
        (date(2026, 11, 28), "in 5 days", "بعد 5 أيام"),  # Sat
        (date(2027, 11, 23), "in 365 days", "بعد 365 يوماً"),  # Tue
    ],
)
def test_a_day_is_said_as_far_from_today_as_it_is(on, english, arabic):
    assert (distance(on, MONDAY, "en"), distance(on, MONDAY, "ar")) == (english, arabic)
