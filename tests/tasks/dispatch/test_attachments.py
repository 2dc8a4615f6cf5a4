"""What a mail does to its reader's calendar, and that a preview shows just that."""

from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from notifications.envelope import Mail
from policies.plans.notices import NoticeState
from records.database import reading, writing
from records.ledger.claims import answer, claim, to_leave
from records.ledger.letters import keep_letter
from records.published import published_to
from tasks.dispatch.dispatching import dispatch
from tasks.dispatch.forecast import preview
from tasks.dispatch.messages import parsed
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import Installation
from tests.days import day
from tests.installations import FORUM, TODAY, Listed, at, directory, record, workplace_in
from tests.libical import complaints

NEXT = TODAY + timedelta(days=1)
WITHIN: dict[str, object] = {
    "kind": FORUM,
    "edition": "2026",
    "between": [day("Fri 2026-05-01"), day("Tue 2026-06-30")],
    "certainty": "tentative",
    "source": "postponed",
}


def calendars(messages: list[EmailMessage]) -> dict[str, bytes]:
    """Return the calendar in each message, by its Message-ID."""
    found = {}
    for message in messages:
        for part in message.iter_attachments():
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            found[str(message["Message-ID"])] = content
    return found


def sent(installation: Installation, hour: int = 7) -> Listed:
    way_out = Listed()
    dispatch(installation, TODAY, at(TODAY, hour), way_out.open_channels)
    return way_out


def previewed(installation: Installation, hour: int) -> dict[str, bytes]:
    letters = [
        each.letter for each in preview(installation, TODAY, TODAY, at(TODAY, hour)) if not each.awaits
    ]
    return calendars([parsed(letter.content) for letter in letters if isinstance(letter, Mail)])


def test_the_calendar_of_a_preview_is_byte_for_byte_the_one_that_leaves(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        enforce(installation, TODAY, at(TODAY))
        before = previewed(installation, 7)
        assert previewed(installation, 8) == before  # whenever it is looked at, and however often
        assert calendars(sent(installation, 9).messages) == before
        record(installation, {"events": [WITHIN]}, TODAY)
        enforce(installation, TODAY, at(TODAY, 10))
        after = previewed(installation, 11)
        assert calendars(sent(installation, 12).messages) == after
        assert any(b"STATUS:CANCELLED" in content for content in after.values())
        assert [
            complaints(content) for content in (*before.values(), *after.values()) if complaints(content)
        ] == []


def test_a_preview_of_what_is_owed_today_has_the_calendar_of_that_instant(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        before = previewed(installation, 6)
        enforce(installation, TODAY, at(TODAY))
        assert calendars(sent(installation, 9).messages) == before


def test_the_same_notices_are_the_same_bytes_whenever_they_leave(tmp_path: Path):
    found = []
    for hour in (7, 15):
        with workplace_in(tmp_path / str(hour)) as installation:
            enforce(installation, TODAY, at(TODAY))
            found.append(calendars(sent(installation, hour).messages))
    assert found[0] == found[1] != {}


def test_what_left_is_on_record_and_a_trial_counts_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MANDATES_TRIAL", "trial@example.org")
    with workplace_in(tmp_path) as installation:
        sent(installation, 5)  # with that the trial begins
        enforce(installation, TODAY, at(TODAY))
        first = calendars(sent(installation).messages)
        with reading(installation.engine) as session:
            assert published_to(session, "mail:secretariat") == {}
            kept = published_to(session, "trial:secretariat")
        assert first
        assert {each.sequence for each in kept.values()} == {0}


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_calendar_is_in_the_language_of_its_reader(tmp_path: Path, language: str):
    with workplace_in(tmp_path) as installation:
        spoken = {"language": language, "since_on": TODAY, "source": "a note"}
        people = directory(installation).people
        record(installation, {"contacts": [{"person": each.id, **spoken} for each in people]}, TODAY)
        enforce(installation, TODAY, at(TODAY))
        entries: list[Any] = [
            event
            for content in calendars(sent(installation).messages).values()
            for event in Calendar.from_ical(content).walk("VEVENT")
        ]
    assert {event["SUMMARY"].params["LANGUAGE"] for event in entries} == {language}


def test_what_was_mailed_before_publications_were_kept_is_taken_out_as_well(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        enforce(installation, TODAY, at(TODAY))
        with writing(installation.engine) as session:
            for number, keys in enumerate(to_leave(session, at(TODAY, 7))):
                notices = claim(session, keys, at(TODAY, 7), "an earlier program")
                keep_letter(session, notices, f"<{number}@example.org>", b"", at(TODAY, 7), "the same")
                answer(session, keys, NoticeState.SENT, "sent", at(TODAY, 7))
        record(installation, {"events": [WITHIN]}, TODAY)
        enforce(installation, TODAY, at(TODAY, 8))
        gone = [
            (str(event["UID"]).partition("@")[0], event["SEQUENCE"])
            for content in calendars(sent(installation, 9).messages).values()
            for event in Calendar.from_ical(content).walk("VEVENT")
            if event["STATUS"] == "CANCELLED"
        ]
    assert ("target.working-group-review.2026", 2) in gone  # above all that was counted before
