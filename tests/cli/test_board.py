"""The commands of the board, the calendar and the statement, as people type them."""

from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tests.cli.command import Mandates
from tests.example_pack import FOLDER
from tests.libical import complaints


@pytest.fixture
def mandates(tmp_path: Path) -> Mandates:
    made = Mandates(tmp_path / "home")
    made.imported()
    return made


def test_the_board_is_written_as_files(tmp_path):
    example_pack = Mandates(tmp_path / "home")  # with four duties: every page in six languages takes its time
    done = example_pack("board", "--out", str(tmp_path / "board"), MANDATES_POLICIES=str(FOLDER))
    assert done.code == 0
    assert (tmp_path / "board" / "en" / "index.html").exists()
    assert (tmp_path / "board" / "ar" / "obligations" / "safety-report.html").exists()


def test_the_calendar_is_written_for_other_calendars(mandates, tmp_path):
    file = tmp_path / "due.ics"
    assert mandates("calendar", "--ics", str(file), "--obligation", "annual-meeting").code == 0
    events: list[Any] = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert {str(event["CATEGORIES"].cats[0]) for event in events} == {"annual-meeting"}


def test_a_file_reaches_from_the_first_day_to_the_last_that_were_asked_for(mandates, tmp_path):
    file = tmp_path / "due.ics"
    assert mandates("calendar", "--ics", str(file), "--from", "2027-01-01", "--to", "2027-12-31").code == 0
    days = {event.decoded("dtstart") for event in Calendar.from_ical(file.read_bytes()).walk("VEVENT")}
    assert {on.year for on in days} == {2027}


def test_a_file_without_a_date_is_a_calendar_all_the_same(mandates, tmp_path):
    file = tmp_path / "due.ics"
    done = mandates("calendar", "--ics", str(file), "--from", "1999-01-01", "--to", "1999-12-31")
    assert (done.code, "0 entries" in done.out) == (0, True)
    [note] = Calendar.from_ical(file.read_bytes()).walk("VJOURNAL")
    assert note["SUMMARY"] == "There are no dates to show for now."
    assert complaints(file.read_bytes()) == []


def test_the_file_of_an_earlier_moment_shows_nothing_that_came_later(mandates, tmp_path):
    early, late = tmp_path / "early.ics", tmp_path / "late.ics"
    call = (
        "[[convenings]]\nid = 'extra'\nkind = 'annual-meeting'\nstarts_on = 2027-03-02\ntitle = 'Extra'\n"
        "source = 'the call'\n"
    )
    (tmp_path / "facts.toml").write_text(call)
    assert mandates("import", str(tmp_path / "facts.toml"), "--by", "me").code == 0
    assert mandates("calendar", "--ics", str(late)).code == 0
    assert mandates("calendar", "--ics", str(early), "--known-at", "2026-01-01").code == 0
    uid = b"meeting.extra@"
    assert (uid in late.read_bytes(), uid in early.read_bytes()) == (True, False)


@pytest.mark.parametrize(
    "wrong", [["--role", "nobody"], ["--language", "tlh"], ["--obligation", "nothing"], ["--language", "EN"]]
)
def test_a_file_of_what_nobody_knows_is_not_written(mandates, tmp_path, wrong):
    refused = mandates("calendar", "--ics", str(tmp_path / "due.ics"), *wrong)
    assert (refused.code, wrong[0] in refused.err, "one of:" in refused.err) == (2, True, True)
    assert not (tmp_path / "due.ics").exists()


@pytest.mark.parametrize(
    "idle", [["--role", "coordinator"], ["--language", "en"], ["--obligation", "annual-meeting"]]
)
def test_an_option_that_has_no_effect_without_a_file_is_refused(mandates, idle):
    refused = mandates("calendar", *idle)
    assert (refused.code, idle[0] in refused.err, "--ics" in refused.err) == (2, True, True)


def test_an_address_is_shown_once_and_taken_back(mandates):
    given = mandates("feed", "grant", "ann", "--by", "me", "--role", "coordinator")
    address = given.out.splitlines()[0]
    assert address.startswith("http://127.0.0.1:4280/feed/")
    assert address.rpartition("/")[2] not in mandates("feed", "list").out
    assert mandates("feed", "revoke", "ann", "--by", "me", "--reason", "left").code == 0
    again = mandates("feed", "revoke", "ann", "--by", "me", "--reason", "left")
    assert (again.code, "mandates feed list" in again.err) == (2, True)


def test_an_address_for_what_nobody_knows_is_not_given(mandates):
    refused = mandates("feed", "grant", "ann", "--by", "me", "--role", "nobody", "--language", "tlh")
    assert refused.code == 2
    assert "--role" in refused.err
    assert "--language" in refused.err
    assert mandates("feed", "grant", "ann", "--by", "me", "--obligation", "nothing").code == 2
    assert "nobody was given" in mandates("feed", "list").out


def test_a_statement_is_published_and_its_files_are_handed_over(mandates, tmp_path):
    done = mandates("statement", "--by", "me", "--out", str(tmp_path / "out"))
    assert "version 1: published" in done.out
    assert {file.suffix for file in (tmp_path / "out").iterdir()} == {
        ".html",
        ".pdf",
        ".xlsx",
        ".json",
        ".seal",
    }
    assert "stands already" in mandates("statement", "--by", "me").out


@pytest.mark.parametrize("month", ["2100-01", "2026-13", "October", "0001-01"])
def test_a_month_that_is_none_or_has_not_ended_has_no_statement(mandates, month):
    refused = mandates("statement", "--by", "me", "--month", month)
    assert refused.code == 2
    assert "Traceback" not in refused.err


@pytest.mark.parametrize("words", [["status"], ["calendar"], ["notices", "--days", "60"], ["coverage"]])
def test_a_table_fits_a_hundred_columns(mandates, words):
    table = mandates(*words).out.partition("Requires attention:")[0]
    assert max(map(len, table.splitlines())) <= 100
