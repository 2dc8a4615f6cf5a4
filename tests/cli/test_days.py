"""Two times: a report of the past is printed again to the byte, whatever was recorded since."""

from pathlib import Path

import pytest

from flows.clock import now
from tests.cli.command import Mandates

AS_OF = ("--as-of", "2026-11-23")
SPAN = ("--from", "2026-01-01", "--to", "2031-12-31")
REPORTS = [
    ("status", *AS_OF),
    ("status", *AS_OF, "--json"),
    ("explain", "working-group-review", *AS_OF),
    ("explain", "working-group-review", *AS_OF, "--json"),
    ("calendar", *SPAN, *AS_OF),
    ("calendar", *SPAN, *AS_OF, "--json"),
]
FORUM = ("record", "event", "international-migration-review-forum", "2026")
SINCE = [
    ("record", "correction", "completion", "1", "--reason", "never held", "--yes"),
    ("record", "completion", "working-arrangements-review", "2025-12-01", "--evidence", "the right report"),
    ("record", "completion", "working-group-review", "2026-11-02", "--evidence", "decision 26"),
    (*FORUM, "2026-05-12", "2026-05-15", "--source", "moved by a week"),
    ("enforce",),
]


@pytest.fixture
def mandates(tmp_path: Path) -> Mandates:
    made = Mandates(tmp_path / "home")
    assert made.imported().code == 0
    return made


def test_a_report_is_reproduced_to_the_byte_after_corrections(mandates: Mandates):
    printed = [mandates(*words).out for words in REPORTS]
    then = now().isoformat()
    for words in SINCE:
        assert mandates(*words, MANDATES_BY="an officer").code == 0
    assert all(mandates(*words).out != before for words, before in zip(REPORTS, printed, strict=True))
    assert [mandates(*words, "--known-at", then).out for words in REPORTS] == printed


def test_a_date_means_the_end_of_that_day_and_is_the_day_asked_about(mandates: Mandates):
    nothing_known = mandates("status", "--known-at", "2020-06-30", "--json").json
    assert nothing_known["as_of"] == "2020-06-30"
    assert {row["last_met_on"] for row in nothing_known["obligations"]} == {None}
    at_the_end_of_today = mandates("status", "--known-at", "2200-12-31", *AS_OF, "--json").out
    assert at_the_end_of_today == mandates("status", *AS_OF, "--json").out


@pytest.mark.parametrize("given", ["yesterday", "2026-11-23T12:00", "2026-02-30", "2999-12-31"])
def test_what_is_no_instant_is_refused_with_what_is_expected(mandates: Mandates, given: str):
    answer = mandates("status", "--known-at", given)
    assert answer.code == 2
    assert "an instant with its zone such as" in " ".join(answer.err.split())
