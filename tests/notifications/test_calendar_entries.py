"""The entries of a calendar: whole days, valid for every reader, and the same bytes for the same content."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from icalendar import Calendar, Event

from notifications.calendar_entries import calendar, entry
from notifications.published import Certain, EntryContent, Which, contents_of
from tests.libical import complaints
from tests.notifications.contents import GROUPS, REVIEW, day

STAMP = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
SENDER = "mandates@network.example.org"
DUE = EntryContent(
    cycle="annual-meeting/2026",
    which=Which.DUE,
    on=day("Thu 2026-12-31"),
    summary="Due date: annual meeting; all, of it",
    description="REV-3\nannual-meeting/2026",
    language="en",
    status=Certain.CONFIRMED,
    warnings=(7,),
    organizer=SENDER,
)


def made(stamped_at: datetime = STAMP, **changes: Any) -> Event:
    return entry(replace(DUE, **changes), uid="due.x@example.org", sequence=2, stamped_at=stamped_at)


def of_notices(language: str) -> bytes:
    contents = [each for notice in (REVIEW, GROUPS) for each in contents_of(notice, language, SENDER)]
    entries = [
        entry(each, uid=f"{number}@example.org", sequence=0, stamped_at=STAMP)
        for number, each in enumerate(contents)
    ]
    return calendar(entries)


def read(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_an_entry_is_a_whole_day_that_makes_nobody_busy():
    [found] = read(calendar([made()]))
    assert (found.decoded("dtstart"), found.decoded("dtend")) == (date(2026, 12, 31), date(2027, 1, 1))
    assert (found["TRANSP"], found["SEQUENCE"], found["UID"]) == ("TRANSPARENT", 2, "due.x@example.org")
    assert found["SUMMARY"] == "Due date: annual meeting; all, of it"
    assert found["SUMMARY"].params["LANGUAGE"] == "en"
    [alarm] = found.walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(days=-7)


@pytest.mark.parametrize(("status", "alarms"), [("CONFIRMED", 1), ("TENTATIVE", 1), ("CANCELLED", 0)])
def test_an_entry_says_how_certain_it_is_and_what_is_withdrawn_warns_nobody(status, alarms):
    found = made(status=Certain(status))
    assert (found["STATUS"], len(found.walk("VALARM"))) == (status, alarms)


def test_the_stamp_is_the_instant_given_in_utc():
    geneva = STAMP.astimezone(timezone(timedelta(hours=1)))
    assert b"DTSTAMP:20261123T083000Z\r\n" in calendar([made(stamped_at=geneva)])


def test_a_file_to_publish_names_who_publishes_it():
    content = calendar([made()])
    assert b"METHOD:PUBLISH\r\n" in content
    assert b"ORGANIZER:mailto:mandates@network.example.org\r\n" in content
    assert complaints(content) == []
    assert complaints(calendar([made(organizer=None)])) != []  # RFC 5546, 3.2.1


def test_an_arabic_entry_is_arabic_and_folds_between_letters():
    content = of_notices("ar")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert read(content)[0]["SUMMARY"] == "الموعد النهائي: استعراض ترتيبات العمل"
    assert "\u2068" not in content.decode()


@pytest.mark.parametrize("language", ["en", "ar", "es", "fr", "ru", "zh"])
def test_the_same_dates_are_the_same_bytes_and_every_reader_takes_them(language):
    content = of_notices(language)
    assert content == of_notices(language)
    assert complaints(content) == []
    assert len(read(content)) == 4
