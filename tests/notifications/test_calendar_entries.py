"""The entries of a calendar: stable names, whole days, and the same bytes for the same dates."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from icalendar import Calendar, Event

from notifications.calendar_entries import Certain, Which, calendar, due_dates, entries_of, entry, uid
from tests.notifications.contents import GROUPS, REVIEW, day

STAMP = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
GIVEN: dict[str, Any] = {"stamped_at": STAMP, "domain": "network.example.org"}


def made(**changes: Any) -> Event:
    plain: dict[str, Any] = {
        "cycle": "annual-meeting/2026",
        "which": Which.DUE,
        "on": day("Thu 2026-12-31"),
        "summary": "Due date: annual meeting; all, of it",
        "description": "REV-3\nannual-meeting/2026",
        "language": "en",
        "certain": Certain.CONFIRMED,
    }
    return entry(**(plain | GIVEN | {"sequence": 2} | changes))


def read(content: bytes | None) -> list[Any]:
    assert content is not None
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_an_entry_is_a_whole_day_that_makes_nobody_busy():
    [found] = read(calendar([made()]))
    assert (found.decoded("dtstart"), found.decoded("dtend")) == (date(2026, 12, 31), date(2027, 1, 1))
    assert found["TRANSP"] == "TRANSPARENT"
    assert found["SUMMARY"] == "Due date: annual meeting; all, of it"
    assert found["SUMMARY"].params["LANGUAGE"] == "en"
    [alarm] = found.walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(days=-7)


@pytest.mark.parametrize("which", Which)
def test_an_entry_keeps_its_name_when_its_day_moves(which):
    before, after = made(which=which), made(which=which, on=day("Fri 2027-01-01"), sequence=3)
    assert before["UID"] == after["UID"] == f"{which}.annual-meeting.2026@network.example.org"
    assert uid("annual-meeting/2026", which, "network.example.org") == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (2, 3)


@pytest.mark.parametrize(("certain", "alarms"), [("CONFIRMED", 1), ("TENTATIVE", 1), ("CANCELLED", 0)])
def test_an_entry_says_how_certain_it_is_and_what_is_withdrawn_warns_nobody(certain, alarms):
    found = made(certain=Certain(certain))
    assert (found["STATUS"], len(found.walk("VALARM"))) == (certain, alarms)


def test_the_stamp_is_the_instant_given_in_utc():
    geneva = STAMP.astimezone(timezone(timedelta(hours=1)))
    assert b"DTSTAMP:20261123T083000Z\r\n" in calendar([made(stamped_at=geneva)])


def test_a_matter_has_an_entry_for_each_of_its_dates():
    both = replace(GROUPS, due_on=date(2031, 7, 1))
    found = {str(entry["UID"]).split(".")[0]: entry for entry in entries_of(both, "en", **GIVEN)}
    assert {which: entry.decoded("dtstart") for which, entry in found.items()} == {
        "due": date(2031, 7, 1),
        "target": date(2031, 5, 10),
        "inputs-due": date(2031, 2, 17),
    }
    assert {entry["STATUS"] for entry in found.values()} == {"TENTATIVE"}
    assert {entry["SEQUENCE"] for entry in found.values()} == {0}


def test_dates_that_moved_replace_those_in_the_calendar():
    [moved, *_] = entries_of(replace(REVIEW, times_moved=2), "en", **GIVEN)
    assert moved["SEQUENCE"] == 2


def test_a_cycle_that_several_notices_are_about_is_there_once():
    found = read(due_dates([REVIEW, GROUPS, replace(REVIEW, about="target")], "en", **GIVEN))
    names = [entry["UID"] for entry in found]
    assert len(names) == len(set(names)) == 4


def test_what_has_no_date_has_no_file():
    assert due_dates([replace(GROUPS, target_on=None, inputs_due_on=None)], "en", **GIVEN) is None


def test_an_arabic_entry_is_arabic_and_folds_between_letters():
    content = due_dates([REVIEW], "ar", **GIVEN)
    assert content is not None
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert read(content)[0]["SUMMARY"] == "الموعد النهائي: استعراض ترتيبات العمل"
    assert "\u2068" not in content.decode()


def test_the_same_dates_are_the_same_bytes():
    assert due_dates([REVIEW, GROUPS], "ar", **GIVEN) == due_dates([REVIEW, GROUPS], "ar", **GIVEN)
