"""What a change of an event's dates would move and send is what it does move and send, once accepted."""

from datetime import date
from pathlib import Path

import pytest

from policies.problems import RefusedFileError
from records.database import reading
from records.facts.facts import read_facts
from records.ledger.notices import notices_of
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.facts.importing import take
from tasks.installation.installation import Installation
from tasks.rules.what_if import Consequences, what_if
from tests.installations import FORUM, TODAY, Facts, Listed, at, workplace_in

FILE = Path("a test")
RANGE: dict[str, object] = {
    "kind": FORUM,
    "edition": "2030",
    "month": "2030-05",
    "certainty": "tentative",
    "source": "a letter",
}


def held(edition: str, first: date, last: date) -> Facts:
    event: dict[str, object] = {"kind": FORUM, "edition": edition, "starts_on": first, "ends_on": last}
    return {"events": [event | {"certainty": "confirmed", "source": "a letter"}]}


A_WEEK_LATER = held("2026", date(2026, 5, 12), date(2026, 5, 15))


def asked(installation: Installation, facts: Facts) -> Consequences:
    found = what_if(installation, facts, FILE, "an officer", at(TODAY), TODAY)
    assert found
    return found


def moved(found: Consequences) -> list[str]:
    return [
        f"{move.cycle} {move.what}: {move.old.on if move.old else '-'} -> {move.new.on if move.new else '-'}"
        for move in found.moves
        if not move.what.startswith(("milestone", "notice"))
    ]


def test_every_date_that_would_move_is_listed_old_and_new(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        enforce(installation, TODAY, at(TODAY))
        found = asked(installation, A_WEEK_LATER)
    assert moved(found) == [
        "general-assembly-report/2026 due_on: 2026-02-10 -> 2026-02-17",
        "working-group-review/2026 target_on: 2026-11-08 -> 2026-11-15",
    ]
    assert "milestone inputs-due" in {move.what for move in found.moves}


def test_accepting_sends_what_was_said_and_nothing_else(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        enforce(installation, TODAY, at(TODAY))
        dispatch(installation, TODAY, at(TODAY), Listed().open_channels)
        promised = asked(installation, A_WEEK_LATER)
        take(installation, A_WEEK_LATER, FILE, "an officer", at(TODAY), TODAY)
        done = enforce(installation, TODAY, at(TODAY))
    assert {notice.kind for notice in promised.sent} == {"change-of-date"}
    assert [n.notice_key for n in promised.sent] == [n.notice_key for n in done.notices]


def test_what_is_owed_today_in_any_case_is_not_laid_at_its_door(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        found = asked(installation, A_WEEK_LATER)
    assert {notice.kind for notice in found.sent} == {"change-of-date"}


def test_nothing_is_written(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        with reading(installation.engine) as session:
            before = (read_facts(session), len(list(notices_of(session))))
        asked(installation, A_WEEK_LATER)
        with reading(installation.engine) as session:
            after = (read_facts(session), len(list(notices_of(session))))
    assert after == before


def test_of_a_cycle_that_is_not_open_dates_move_and_nobody_is_written_to(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        found = asked(installation, held("2030", date(2030, 5, 7), date(2030, 5, 10)))
    assert moved(found) == [
        "general-assembly-report/2030 due_on: - -> 2030-02-12",
        "working-group-review/2030 target_on: - -> 2030-11-10",
    ]
    assert found.sent == []


def test_putting_an_event_off_to_a_range_takes_its_dates_away(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        take(
            installation,
            held("2030", date(2030, 5, 7), date(2030, 5, 10)),
            FILE,
            "an officer",
            at(TODAY),
            TODAY,
        )
        found = asked(installation, {"events": [RANGE]})
    assert moved(found) == [
        "general-assembly-report/2030 due_on: 2030-02-12 -> -",
        "working-group-review/2030 target_on: 2030-11-10 -> -",
    ]


def test_what_is_on_record_already_moves_nothing(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        take(installation, {"events": [RANGE]}, FILE, "an officer", at(TODAY), TODAY)
        again = {"events": [RANGE]}
        assert what_if(installation, again, FILE, "an officer", at(TODAY), TODAY) is None


def test_what_recording_would_refuse_is_refused(tmp_path: Path):
    with (
        workplace_in(tmp_path) as installation,
        pytest.raises(RefusedFileError, match="not before starts_on"),
    ):
        asked(installation, held("2026", date(2026, 5, 12), date(2026, 5, 5)))
