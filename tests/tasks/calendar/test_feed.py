"""The calendar feed, read by two readers; the same facts give the same bytes."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from records.database import reading
from records.facts.facts import read_facts
from tasks.calendar.feed import Feed, feed, give
from tasks.calendar.feed_filter import FeedFilter
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import Installation
from tests.days import day
from tests.installations import FACTS, FORUM, TODAY, at, record, workplace_in
from tests.libical import complaints
from tests.patience import run_to_its_end

REVIEW = "working-arrangements-review"
ALARM = day("Tue 2026-12-01")  # thirty days before the end of the year
DUE = f"due.{REVIEW}.since-2025-11-10@network.example.org"


WITHIN: dict[str, object] = {
    "kind": FORUM,
    "edition": "2026",
    "between": [date(2026, 5, 1), date(2026, 6, 30)],
    "certainty": "tentative",
    "source": "postponed",
}
REVIEWED: dict[str, object] = {"obligation": REVIEW, "completed_on": TODAY, "evidence": "report 26"}
CALL: dict[str, object] = {
    "id": "extra",
    "kind": "annual-meeting",
    "starts_on": date(2027, 3, 2),
    "title": "Extra",
    "source": "the call",
}


def feed_on(installation: Installation, on: date = TODAY, feed_filter: FeedFilter | None = None) -> Feed:
    with reading(installation.engine) as session:
        return feed(session, installation, read_facts(session), on, feed_filter or FeedFilter())


def events(made: Feed) -> dict[str, Any]:
    return {str(event["UID"]): event for event in Calendar.from_ical(made.content).walk("VEVENT")}


@pytest.fixture
def installation(tmp_path: Path):
    with workplace_in(tmp_path) as opened:
        enforce(opened, TODAY, at(TODAY))
        yield opened


def test_a_due_date_is_an_all_day_entry_with_its_reason_and_alarms(installation):
    event = events(feed_on(installation))[DUE]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (day("Tue 2026-11-10"), day("Wed 2026-11-11"))
    assert event["SUMMARY"] == "Due date: Review of the working arrangements"
    assert "12 months after the last completion" in event["DESCRIPTION"]
    assert (event["STATUS"], event["SEQUENCE"], event["TRANSP"]) == ("CONFIRMED", 0, "TRANSPARENT")


@pytest.mark.parametrize(
    ("on", "alarms"),
    [
        ("Sun 2026-10-11", [timedelta(-30), timedelta(-7)]),
        ("Mon 2026-10-12", [timedelta(-7)]),
        ("Tue 2026-11-03", [timedelta(-7)]),
        ("Wed 2026-11-04", []),
        ("Mon 2026-11-23", []),
    ],
)
def test_an_alarm_is_written_while_its_day_is_to_come(installation, on, alarms):
    event = events(feed_on(installation, day(on)))[DUE]
    assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == alarms


def test_each_date_of_a_cycle_has_a_name_that_does_not_follow_from_the_date(installation):
    names = {
        uid.partition("@")[0]
        for uid in events(feed_on(installation, feed_filter=FeedFilter("annual-meeting")))
    }
    assert {
        "opens.annual-meeting.2026",
        "due.annual-meeting.2026",
        "inputs-due.annual-meeting.2026",
        "package-released.annual-meeting.2026",
    } <= names
    assert all("annual-meeting" in name for name in names)


def test_a_role_sees_the_duties_it_has_a_part_in(installation):
    seen = {
        str(each["CATEGORIES"].cats[0])
        for each in events(feed_on(installation, feed_filter=FeedFilter(actor="fund-board-members"))).values()
    }
    assert "fund-board-review" in seen
    assert "annual-meeting" not in seen


def test_unchanged_facts_are_unchanged_bytes_also_on_another_day(installation):
    first = feed_on(installation)
    assert feed_on(installation) == first
    assert feed_on(installation, TODAY + timedelta(days=1)).etag == first.etag
    assert feed_on(installation, ALARM - timedelta(days=1)).etag == feed_on(installation, ALARM).etag
    assert feed_on(installation, ALARM + timedelta(days=1)).etag != feed_on(installation, ALARM).etag


def test_a_date_that_moves_keeps_its_name_and_counts_on(installation):
    moved = FACTS["events"][1] | {"starts_on": date(2026, 5, 12), "ends_on": date(2026, 5, 15)}
    uid = "target.working-group-review.2026@network.example.org"
    before = events(feed_on(installation))[uid]
    record(installation, {"events": [moved]}, TODAY)
    enforce(installation, TODAY, at(TODAY, 7))
    after = events(feed_on(installation))[uid]
    assert (before["DTSTART"].dt, after["DTSTART"].dt) == (day("Sun 2026-11-08"), day("Sun 2026-11-15"))
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)


def test_what_rests_on_a_date_that_is_not_sure_is_tentative(installation):
    unsure = FACTS["events"][1] | {"certainty": "tentative", "source": "a rumour"}
    record(installation, {"events": [unsure]}, TODAY)
    assert (
        events(feed_on(installation))["target.working-group-review.2026@network.example.org"]["STATUS"]
        == "TENTATIVE"
    )
    assert (
        events(feed_on(installation))[f"due.{REVIEW}.since-2026-11-10@network.example.org"]["STATUS"]
        == "TENTATIVE"
    )


def test_a_date_that_goes_is_cancelled_and_not_left_in_calendars(installation):
    record(installation, {"events": [WITHIN]}, TODAY)
    event = events(feed_on(installation))["target.working-group-review.2026@network.example.org"]
    assert (event["STATUS"], event["DTSTART"].dt) == ("CANCELLED", day("Sun 2026-11-08"))
    assert event["SEQUENCE"] > 0
    assert event.walk("VALARM") == []


def test_a_feed_in_arabic_says_so_and_holds_no_marks_of_direction(installation):
    made = feed_on(installation, feed_filter=FeedFilter(REVIEW, language="ar"))
    event = events(made)[DUE]
    assert event["SUMMARY"] == "الموعد النهائي: استعراض ترتيبات العمل"
    assert event["SUMMARY"].params["LANGUAGE"] == "ar"
    assert not {"\u2066", "\u2067", "\u2068", "\u2069"} & set(made.content.decode())
    assert max(map(len, made.content.split(b"\r\n"))) <= 75


def test_what_was_known_earlier_is_shown_without_what_came_later(installation):
    moved = FACTS["events"][1] | {"starts_on": date(2026, 5, 12), "ends_on": date(2026, 5, 15)}
    early = feed_on(installation)
    record(installation, {"events": [moved], "convenings": [CALL]}, TODAY + timedelta(days=1))
    enforce(installation, TODAY + timedelta(days=1), at(TODAY + timedelta(days=1)))
    with reading(installation.engine) as session:
        before = read_facts(session, at(TODAY, 12))
        known = feed(session, installation, before, TODAY, FeedFilter(), known_at=at(TODAY, 12))
    assert known.content == early.content
    assert b"meeting.extra@" in feed_on(installation, TODAY + timedelta(days=1)).content


def test_what_is_given_is_numbered_by_what_was_given_before_and_a_look_changes_nothing(installation):
    wanted = FeedFilter(REVIEW)
    first = give(installation, TODAY, wanted, "feed:1", at(TODAY, 8))
    assert first.new
    assert give(installation, TODAY, wanted, "feed:1", at(TODAY, 9)) == replace(first, new=[])
    record(installation, {"completions": [REVIEWED]}, TODAY)
    for _ in range(2):
        with reading(installation.engine) as session:
            looked = feed(session, installation, read_facts(session), TODAY, wanted, "feed:1")
        assert events(looked)[DUE]["SEQUENCE"] == 1
    other = give(installation, TODAY, wanted, "feed:2", at(TODAY, 10))
    assert events(other)[DUE]["SEQUENCE"] == 0


def test_a_met_duty_says_so_and_has_no_alarm(installation):
    record(installation, {"completions": [REVIEWED]}, TODAY)
    event = events(feed_on(installation))[DUE]
    assert event["SUMMARY"] == "Completed: Due date: Review of the working arrangements"
    assert event["DESCRIPTION"].startswith("It was completed on 23 November 2026.")
    assert (event["STATUS"], event.walk("VALARM")) == ("CONFIRMED", [])


def test_a_cancelled_entry_leaves_after_ninety_days_and_is_back_when_its_date_is(installation):
    uid = "target.working-group-review.2026@network.example.org"
    give(installation, TODAY, FeedFilter(), "feed:1", at(TODAY, 8))
    record(installation, {"events": [WITHIN]}, TODAY)
    gone = events(give(installation, TODAY, FeedFilter(), "feed:1", at(TODAY, 9)))[uid]
    assert gone["SUMMARY"] == "Cancelled: Internal target date: Review of the working groups"
    assert gone["DESCRIPTION"].startswith(
        "There is no such date for now: the date from which it runs is not known."
    )
    for days, there in ((90, True), (91, False)):
        on = TODAY + timedelta(days=days)
        assert (uid in events(give(installation, on, FeedFilter(), "feed:1", at(on)))) is there
    record(installation, {"events": [FACTS["events"][1] | {"source": "found"}]}, on)
    back = events(give(installation, on, FeedFilter(), "feed:1", at(on, 9)))[uid]
    assert (back["STATUS"], back["SEQUENCE"]) == ("CONFIRMED", 2)


def test_a_feed_is_no_message_and_every_reader_takes_it(installation):
    made = feed_on(installation)
    assert b"METHOD" not in made.content
    assert complaints(made.content) == []
    empty = feed_on(
        installation, feed_filter=FeedFilter(REVIEW, first=date(1999, 1, 1), last=date(1999, 2, 1))
    )
    assert (empty.events, complaints(empty.content)) == (0, [])
    [note] = Calendar.from_ical(empty.content).walk("VJOURNAL")
    assert note["SUMMARY"] == "There are no dates to show for now."


READ = """
import {{ readFileSync }} from "node:fs";
const {{ default: ICAL }} = await import({library!r});
const component = new ICAL.Component(ICAL.parse(readFileSync({file!r}, "utf8")));
console.log(JSON.stringify(component.getAllSubcomponents("vevent").map(c => new ICAL.Event(c)).map(e => [
  e.uid, e.startDate.toString(), e.endDate.toString(), e.summary, e.sequence,
  e.component.getFirstPropertyValue("status"),
  e.component.getAllSubcomponents("valarm").length])));
"""


def test_ical_js_reads_the_same_entries_as_icalendar(installation, ical_js: Path, tmp_path: Path):
    made = feed_on(installation)
    (tmp_path / "feed.ics").write_bytes(made.content)
    script = tmp_path / "read.mjs"
    script.write_text(READ.format(library=str(ical_js), file=str(tmp_path / "feed.ics")))
    done = run_to_its_end(["node", str(script)])
    assert done.returncode == 0, done.stderr
    read = json.loads(done.stdout)
    ours = [
        [
            uid,
            event["DTSTART"].dt.isoformat(),
            event["DTEND"].dt.isoformat(),
            str(event["SUMMARY"]),
            event["SEQUENCE"],
            str(event["STATUS"]),
            len(event.walk("VALARM")),
        ]
        for uid, event in events(made).items()
    ]
    assert read == ours
    assert len(ours) == made.events > 100
