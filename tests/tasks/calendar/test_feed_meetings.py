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
from tasks.calendar.feed_filter import FeedFilter
from tasks.installation.installation import Installation
from tests.days import day
from tests.installations import TODAY, record, workplace_in

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
def installation(tmp_path: Path) -> Iterator[Installation]:
    with workplace_in(tmp_path, {"convenings": [CALL]}) as opened:
        yield opened


def meetings(
    installation: Installation, feed_filter: FeedFilter | None = None, on: date = TODAY
) -> list[Any]:
    with reading(installation.engine) as session:
        made = feed(session, installation, read_facts(session), on, feed_filter or FeedFilter())
    found = Calendar.from_ical(made.content).walk("VEVENT")
    return [event for event in found if str(event["UID"]).startswith("meeting.")]


def said(event: Any) -> tuple[object, ...]:
    return event["DTSTART"].dt, str(event["STATUS"]), event["SEQUENCE"], len(event.walk("VALARM"))


def test_a_call_is_an_entry_with_its_place_and_source(installation: Installation):
    [event] = meetings(installation)
    assert str(event["UID"]) == "meeting.annual-2027@network.example.org"
    assert (str(event["SUMMARY"]), str(event["DESCRIPTION"])) == (
        "Annual meeting 2027",
        "Geneva\nthe announcement",
    )
    assert said(event) == (day("Tue 2027-10-19"), "CONFIRMED", 0, 1)


def test_a_later_call_and_the_meeting_itself_move_the_entry(installation: Installation):
    record(installation, {"convenings": [CALL | {"starts_on": day("Mon 2027-10-25")}]}, TODAY)
    assert [said(event) for event in meetings(installation)] == [(day("Mon 2027-10-25"), "CONFIRMED", 1, 1)]
    record(installation, {"meetings": [MEETING]}, day("Thu 2027-10-28"))
    assert [said(event) for event in meetings(installation)] == [(day("Tue 2027-10-26"), "CONFIRMED", 2, 0)]


def test_a_meeting_that_is_called_off_is_cancelled_in_calendars_too(installation: Installation):
    off = {"meeting": "annual-2027", "cancelled_on": TODAY, "reason": "postponed"}
    record(installation, {"cancellations": [off]}, TODAY)
    assert [said(event) for event in meetings(installation)] == [(day("Tue 2027-10-19"), "CANCELLED", 1, 0)]


@pytest.mark.parametrize(
    ("feed_filter", "shown"),
    [
        (FeedFilter("annual-meeting"), 1),
        (FeedFilter("fund-board-review"), 0),
        (FeedFilter(actor="network-members"), 1),
        (FeedFilter(actor="fund-board-members"), 0),
        (FeedFilter(language="ar"), 1),
    ],
)
def test_a_narrower_feed_has_the_meetings_that_are_its_duties(
    installation: Installation, feed_filter: FeedFilter, shown: int
):
    assert len(meetings(installation, feed_filter)) == shown


def test_a_meeting_long_past_is_left_out(installation: Installation):
    assert meetings(installation, on=day("Sun 2028-12-31")) != []
    assert meetings(installation, on=day("Mon 2029-01-01")) == []
