from datetime import date

import pytest

from language.durations import distance, duration
from policies.calendar.counting import Unit

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


@pytest.mark.parametrize(
    ("count", "unit", "french", "spanish", "russian", "chinese"),
    [
        (0, Unit.DAYS, "0 jour", "0 días", "0 дней", "0天"),
        (1, Unit.DAYS, "1 jour", "un día", "1 день", "1天"),
        (2, Unit.DAYS, "2 jours", "2 días", "2 дня", "2天"),
        (5, Unit.DAYS, "5 jours", "5 días", "5 дней", "5天"),
        (11, Unit.DAYS, "11 jours", "11 días", "11 дней", "11天"),
        (21, Unit.DAYS, "21 jours", "21 días", "21 день", "21天"),
        (22, Unit.DAYS, "22 jours", "22 días", "22 дня", "22天"),
        (101, Unit.DAYS, "101 jours", "101 días", "101 день", "101天"),
        (111, Unit.DAYS, "111 jours", "111 días", "111 дней", "111天"),
        (1, Unit.WEEKS, "1 semaine", "una semana", "1 неделю", "1周"),
        (12, Unit.WEEKS, "12 semaines", "12 semanas", "12 недель", "12周"),
        (3, Unit.MONTHS, "3 mois", "3 meses", "3 месяца", "3个月"),
        (48, Unit.MONTHS, "48 mois", "48 meses", "48 месяцев", "48个月"),
        (1, Unit.WORKING_DAYS, "1 jour ouvrable", "un día hábil", "1 рабочий день", "1个工作日"),
        (3, Unit.WORKING_DAYS, "3 jours ouvrables", "3 días hábiles", "3 рабочих дня", "3个工作日"),
        (10, Unit.WORKING_DAYS, "10 jours ouvrables", "10 días hábiles", "10 рабочих дней", "10个工作日"),
    ],
)
def test_every_language_counts_as_its_speakers_do(count, unit, french, spanish, russian, chinese):
    said = [duration(count, unit, language) for language in ("fr", "es", "ru", "zh")]
    assert said == [french, spanish, russian, chinese]


@pytest.mark.parametrize(
    ("on", "french", "spanish", "russian", "chinese"),
    [
        (date(2026, 11, 10), "il y a 13 jours", "hace 13 días", "13 дней назад", "13天前"),  # Tue
        (date(2026, 11, 22), "il y a 1 jour", "hace un día", "1 день назад", "1天前"),  # Sun
        (date(2026, 11, 23), "aujourd’hui", "hoy", "сегодня", "今天"),  # Mon
        (date(2026, 11, 24), "dans 1 jour", "dentro de un día", "через 1 день", "1天后"),  # Tue
        (date(2026, 11, 26), "dans 3 jours", "dentro de 3 días", "через 3 дня", "3天后"),  # Thu
        (date(2026, 12, 14), "dans 21 jours", "dentro de 21 días", "через 21 день", "21天后"),  # Mon
    ],
)
def test_distances_are_said_in_every_language(on, french, spanish, russian, chinese):
    said = [distance(on, MONDAY, language) for language in ("fr", "es", "ru", "zh")]
    assert said == [french, spanish, russian, chinese]
