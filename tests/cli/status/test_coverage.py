"""`mandates coverage`, and facts that set duties off, as people type them."""

from pathlib import Path

import pytest

from tests.cli.command import Mandates


@pytest.fixture(scope="module")
def mandates(tmp_path_factory: pytest.TempPathFactory) -> Mandates:
    return Mandates(tmp_path_factory.mktemp("home"))


def test_every_line_of_the_text_has_a_row_that_fits_a_hundred_columns(mandates):
    answer = mandates("coverage")
    lines = answer.out.splitlines()
    assert (answer.code, answer.err) == (0, "")
    assert max(len(line.rstrip()) for line in lines) <= 100
    rows = {row[0]: " ".join(row[3:]) for line in lines if len(row := line.split()) > 3 and "-" in row[0]}
    assert len(rows) == 92
    assert rows["SEC-4d"] == "annual-workplan"
    assert rows["MEM-2b"] == "- kept by a register"
    assert rows["PRN-8"] == "- covered by REV-2"
    assert "90 lines of the text: 19 kept by 14 obligations, 71 by none" in lines


def test_it_fits_a_narrow_terminal_too(mandates):
    lines = mandates("coverage", COLUMNS="100").out.splitlines()
    assert max(len(line.rstrip()) for line in lines) <= 100


def test_the_words_of_each_line_can_be_read(mandates):
    out = mandates("coverage", "--words").out
    assert "CBM-5  The Executive Committee, in consultation with every member of" in out


def test_machines_get_everything(mandates):
    rows = {row["provision"]: row for row in mandates("coverage", "--json").json}
    assert rows["REV-3"]["paragraph"] == 36
    assert (rows["REV-3b"]["kept_by"], rows["REV-3b"]["why_not"]) == (["annual-meeting"], None)
    assert (rows["PRN-1"]["why_not"], rows["PRN-1"]["covered_by"]) == ("covered-elsewhere", ["SEC-4j"])
    assert set(rows["COO-2a"]["says"]) == {"en", "ar"}


def test_no_database_is_opened_for_it(tmp_path: Path):
    home = tmp_path / "home"
    assert Mandates(home)("coverage").code == 0
    assert not home.exists()


def test_a_meeting_a_decision_and_a_term_are_recorded_by_hand(tmp_path: Path):
    mandates = Mandates(tmp_path)
    by = ("--source", "the minutes", "--by", "an officer")
    kind = "executive-committee-meeting"
    said = mandates("record", "meeting", "ec-1", kind, "2026-10-05", "--title", "EC", *by)
    assert (said.code, said.out) == (0, "recorded\n")
    owner = ("--owner", "secretariat", "--text", "publish the workplan", "--until", "2026-10-30")
    assert mandates("record", "decision", "ec-1-1", "2026-10-05", *owner, *by).out == "recorded\n"
    seat = ("fund-board-members", "donors-1", "a donor", "2025-01-01")
    assert mandates("record", "term", *seat, *by).out == "recorded\n"
    listed = mandates("record", "list").out
    assert [fact for fact in ("meeting", "decision", "term") if f"{fact} " in listed] == [
        "meeting",
        "decision",
        "term",
    ]
    assert mandates("record", "correction", "meeting", "1", "--reason", "no", "--by", "me", "--yes").code == 0


def test_a_term_that_ends_before_it_starts_is_refused(tmp_path: Path):
    seat = ("fund-board-members", "donors-1", "a donor", "2025-01-01", "--until", "2024-12-31")
    answer = Mandates(tmp_path)("record", "term", *seat, "--source", "the roster", "--by", "an officer")
    assert answer.code == 2
    assert "terms.0.ends_on: found 2024-12-31; expected a day not before starts_on, 2025-01-01" in answer.err


def test_a_standing_duty_says_in_words_that_it_has_no_date(tmp_path: Path):
    mandates = Mandates(tmp_path)
    assert "No due date applies, and nothing about it" in mandates("explain", "coordinator-briefings").out
    briefing = ("b-1", "coordinator-briefing", "2026-02-03", "--title", "On the forum", "--source", "a page")
    mandates("record", "meeting", *briefing, "--by", "an officer")
    said = mandates("explain", "coordinator-briefings").out
    assert "It was last carried out on 3 February 2026: Coordinator’s briefing b-1." in said
    assert "إحاطة المنسق" in mandates("explain", "coordinator-briefings", "--language", "ar").out
