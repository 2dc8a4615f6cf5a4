"""Meetings in the calendar feed: called, called again, held, called off."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from records.database import reading
from records.facts.facts import read_facts
from tasks.calendar.feed import feed
from tasks.calendar.feed_filter import Scope
from tasks.installation.workplace import Workplace
from tests.days import day
from tests.workplaces import TODAY, record, workplace_in

Entry = dict[str, object]

CALL: Entry = {
    "id": "annual-2027",
    "kind": "annual-meeting",
    "starts_on": day("Tue 2027-10-19"),
    "title": "Annual meeting 2027",
    "place": "Geneva",
    "source": "the announcement",
}
MEETING: Entry = {key: value for key, value in CALL.items() if key != "starts_on"} | {
    "began_on": day("Tue 2027-10-26"),
    "held_on": day("Wed 2027-10-27"),
}


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    with workplace_in(tmp_path, {"convenings": [CALL]}) as opened:
        yield opened


def meetings(workplace: Workplace, scope: Scope | None = None, on: date = TODAY) -> list[Any]:
    with reading(workplace.engine) as session:
        made = feed(session, workplace, read_facts(session), on, scope or Scope())
    found = Calendar.from_ical(made.content).walk("VEVENT")
    return [event for event in found if str(event["UID"]).startswith("meeting.")]


def said(event: Any) -> tuple[object, ...]:
    return event["DTSTART"].dt, str(event["STATUS"]), event["SEQUENCE"], len(event.walk("VALARM"))


def test_a_call_is_an_entry_with_its_place_and_source(workplace: Workplace):
    [event] = meetings(workplace)
    assert str(event["UID"]) == "meeting.annual-2027@network.example.org"
    assert (str(event["SUMMARY"]), str(event["DESCRIPTION"])) == (
        "Annual meeting 2027",
        "Geneva\nthe announcement",
    )
    assert said(event) == (day("Tue 2027-10-19"), "CONFIRMED", 0, 1)


def test_a_later_call_and_the_meeting_itself_move_the_entry(workplace: Workplace):
    record(workplace, {"convenings": [CALL | {"starts_on": day("Mon 2027-10-25")}]}, TODAY)
    assert [said(event) for event in meetings(workplace)] == [(day("Mon 2027-10-25"), "CONFIRMED", 1, 1)]
    record(workplace, {"meetings": [MEETING]}, day("Thu 2027-10-28"))
    assert [said(event) for event in meetings(workplace)] == [(day("Tue 2027-10-26"), "CONFIRMED", 2, 1)]


def test_a_meeting_that_is_called_off_is_cancelled_in_calendars_too(workplace: Workplace):
    off = {"meeting": "annual-2027", "cancelled_on": TODAY, "reason": "postponed"}
    record(workplace, {"cancellations": [off]}, TODAY)
    assert [said(event) for event in meetings(workplace)] == [(day("Tue 2027-10-19"), "CANCELLED", 1, 0)]


@pytest.mark.parametrize(
    ("scope", "shown"),
    [
        (Scope("annual-meeting"), 1),
        (Scope("fund-board-review"), 0),
        (Scope(actor="network-members"), 1),
        (Scope(actor="fund-board-members"), 0),
        (Scope(language="ar"), 1),
    ],
)
def test_a_narrower_feed_has_the_meetings_that_are_its_duties(workplace: Workplace, scope: Scope, shown: int):
    assert len(meetings(workplace, scope)) == shown


def test_a_meeting_long_past_is_left_out(workplace: Workplace):
    assert meetings(workplace, on=day("Sun 2028-12-31")) != []
    assert meetings(workplace, on=day("Mon 2029-01-01")) == []
