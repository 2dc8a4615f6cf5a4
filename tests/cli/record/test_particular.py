"""`mandates record event`: ranges, and what a change of dates would do before it is accepted."""

from pathlib import Path

import pytest

from tests.cli.command import Mandates

EVENT = ("record", "event", "international-migration-review-forum")
SAID = ("--source", "a letter", "--by", "an officer")


@pytest.fixture
def mandates(tmp_path: Path) -> Mandates:
    made = Mandates(tmp_path / "home")
    made.imported()
    return made


def test_what_if_lists_old_and_new_and_what_it_sends_and_records_nothing(mandates: Mandates):
    before = mandates("record", "list").out
    answer = mandates(*EVENT, "2026", "2026-05-12", "2026-05-15", *SAID, "--what-if")
    assert "working-group-review/2026  (rule in force from 2018-12-19)\n" in answer.out
    assert "  2026-11-08 -> 2026-11-15  target_on\n" in answer.out
    assert "  - change-of-date about working-group-review/2026 to secretariat\n" in answer.out
    assert answer.out.endswith("nothing was recorded or sent; the same without --what-if accepts it\n")
    assert mandates("record", "list").out == before


def test_what_if_nothing_is_new_says_so(mandates: Mandates):
    known = ("--source", "as held", "--by", "an officer", "--what-if")
    answer = mandates(*EVENT, "2026", "2026-05-05", "2026-05-08", *known)
    assert answer.out == "this is on record already; nothing would change\n"


def test_a_range_is_recorded_as_tentative_and_its_bounds_are_said(mandates: Mandates):
    assert mandates(*EVENT, "2030", "2030-05-01", "2030-05-31", "--between", *SAID).out == "recorded\n"
    report = mandates("explain", "general-assembly-report", "--as-of", "2030-01-15")
    assert "due between 2030-02-06 and 2030-03-08: a range is no date" in report.out
    span = ("--from", "2030-01-01", "--to", "2030-12-31")
    found = {row["cycle"]: row for row in mandates("calendar", *span, "--json").json}
    assert found["general-assembly-report/2030"]["due_on"] is None
    assert found["general-assembly-report/2030"]["due_between"] == ["2030-02-06", "2030-03-08"]
    assert found["working-group-review/2030"]["target_between"] == ["2030-11-01", "2030-11-30"]


def test_a_range_cannot_be_confirmed(mandates: Mandates):
    answer = mandates(
        *EVENT, "2030", "2030-05-01", "2030-05-31", "--between", "--certainty", "confirmed", *SAID
    )
    assert answer.code == 2
    assert "a range is no confirmed date" in answer.err
