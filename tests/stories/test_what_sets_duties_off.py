"""A meeting, a decision and a term of office, from the day they are recorded until they are done with."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from policies.recurrence.cycle_key import CycleKey
from policies.status.states import State
from records.database import reading
from records.facts.facts import read_facts
from records.ledger.notices import entries
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import Installation
from tasks.status.findings import findings_on
from tasks.status.statuses import row_of, status_json, statuses
from tests.installations import TODAY, at, record, workplace_in

MEETING: dict[str, object] = {
    "id": "ec-2026-12",
    "kind": "executive-committee-meeting",
    "held_on": date(2026, 12, 7),
    "title": "Executive Committee, December",
    "source": "the agenda",
}
DECISIONS: list[dict[str, object]] = [
    {
        "id": f"ec-2026-12-{number}",
        "decided_on": date(2026, 12, 7),
        "owner": "secretariat",
        "text": "to do",
        "source": "the minutes",
        **due,
    }
    for number, due in ((1, {"due_on": date(2027, 1, 15)}), (2, {}))
]
TERM: dict[str, object] = {
    "body": "fund-board-members",
    "seat": "donors-1",
    "holder": "a donor",
    "starts_on": date(2025, 4, 1),
    "ends_on": date(2027, 3, 31),
    "source": "the roster",
}


@pytest.fixture
def installation(tmp_path: Path) -> Any:
    with workplace_in(tmp_path, {}) as opened:
        enforce(opened, TODAY, at(TODAY))
        yield opened


def lived(installation: Installation, first: date, last: date) -> list[str]:
    """Enforce every day, and return `day kind id` of the notices entered about what was set off."""
    found = []
    for count in range((last - first).days + 1):
        on = first + timedelta(days=count)
        notices = enforce(installation, on, at(on)).notices
        found += [f"{on:%m-%d} {n.kind} {n.scheduled} {n.person}" for n in notices if _set_off(n.cycle)]
    return found


def _set_off(cycle: str) -> bool:
    return cycle.startswith(("meeting-records", "decision", "fund-board-rotation"))


def status(installation: Installation, obligation: str, on: date) -> tuple[dict[str, str], dict[str, Any]]:
    with reading(installation.engine) as session:
        (found,) = statuses(installation.pack, read_facts(session), on, obligation)
    return row_of(found), status_json(found, external=False)


def test_a_meeting_is_followed_until_its_records_are_published(installation):
    on = date(2026, 12, 7)
    record(installation, {"meetings": [MEETING]}, on)
    assert lived(installation, on, date(2026, 12, 20)) == [
        "12-07 opening begins secretariat",
        "12-15 reminder draft-minutes+1 secretariat",
        "12-15 reminder decisions-published+1 secretariat",
        "12-18 reminder minutes-cleared+1 secretariat",
        "12-18 reminder target-3 secretariat",
    ]
    (_, late) = status(installation, "meeting-records-publication", date(2026, 12, 23))
    assert (late["state"], late["due_on"], late["target_on"]) == ("open", None, "2026-12-21")
    assert (late["days_past_target"], late["breaches"]) == (2, [])
    published = {
        "obligation": "meeting-records-publication",
        "completed_on": date(2026, 12, 21),
        "evidence": "the web page",
        "counts_for": "ec-2026-12",
    }
    record(installation, {"completions": [published]}, date(2026, 12, 21))
    assert lived(installation, date(2026, 12, 21), date(2027, 1, 31)) == [
        "12-21 receipt met-2026-12-21 secretariat"
    ]


def test_decisions_are_followed_side_by_side_and_only_one_that_names_a_day_can_be_late(installation):
    record(installation, {"decisions": DECISIONS}, date(2026, 12, 7))
    assert lived(installation, date(2026, 12, 7), date(2027, 1, 31)) == [
        "12-07 opening begins secretariat",
        "12-07 opening begins secretariat",
        "12-16 reminder due-30 secretariat",
        "01-08 last-reminder due-7 secretariat",
        "01-18 overdue due+1 secretariat",
        "01-29 escalation due+14 coordinator-office",
    ]
    row, answer = status(installation, "decision-follow-up", date(2027, 1, 31))
    assert (row["cycle"], row["state"]) == ("ec-2026-12-1 (+1 open)", "overdue")
    assert answer["also_open"] == ["decision-follow-up/ec-2026-12-2"]
    assert [breach["days_late"] for breach in answer["breaches"]] == [16]


def test_a_term_that_ends_is_worked_on_before_it_does(installation):
    record(installation, {"terms": [TERM]}, TODAY)
    seen = lived(installation, TODAY + timedelta(days=1), date(2027, 4, 20))
    assert [
        each.split(" ", 1)[1] for each in seen if "coordinator-office" in each or "fund-board" in each
    ] == [
        "opening begins coordinator-office",
        "call-for-inputs call-for-inputs fund-board-members",
        "last-reminder inputs-due-5 fund-board-members",
        "reminder target+1 coordinator-office",
        "last-reminder due-30 coordinator-office",
        "overdue due+1 coordinator-office",
        "escalation due+7 coordinator-office",
    ]
    row, answer = status(installation, "fund-board-rotation", date(2027, 4, 20))
    assert (row["cycle"], row["state"], answer["days_overdue"]) == ("donors-1-2025-04-01", "overdue", 20)


def test_a_seat_whose_term_nobody_recorded_is_a_finding_beside_one_that_is_known(installation):
    without_end = {key: value for key, value in TERM.items() if key != "ends_on"}
    record(installation, {"terms": [TERM, without_end | {"seat": "donors-2"}]}, TODAY)
    with reading(installation.engine) as session:
        (found,) = statuses(installation.pack, read_facts(session), TODAY, "fund-board-rotation")
    assert [turn.state for turn in found.turns] == [State.OPEN, State.UNKNOWN]
    assert any("the last day of the term donors-2-2025-04-01" in finding for finding in findings_on(found))


def test_what_was_held_before_the_system_kept_watch_is_not_chased(installation):
    old = MEETING | {"id": "ec-2025-03", "held_on": date(2025, 3, 3)}
    record(installation, {"meetings": [old]}, TODAY)
    assert lived(installation, TODAY, date(2026, 12, 31)) == []
    (_, answer) = status(installation, "meeting-records-publication", TODAY)
    assert (answer["state"], answer["breaches"]) == ("unrecorded", [])


def test_a_standing_duty_shows_when_it_was_last_done_and_owes_nobody_a_notice(installation):
    briefing = MEETING | {"id": "b-1", "kind": "coordinator-briefing", "held_on": date(2026, 2, 3)}
    record(installation, {"meetings": [briefing]}, TODAY)
    row, answer = status(installation, "coordinator-briefings", date(2046, 12, 31))
    assert (row["cycle"], row["state"], row["due_on"]) == ("last done 2026-02-03", "standing", "-")
    assert (answer["last_met_on"], answer["breaches"], answer["unknown"]) == ("2026-02-03", [], [])
    lived(installation, TODAY, date(2026, 12, 31))
    with reading(installation.engine) as session:
        cycles = {CycleKey.parse(entry.cycle).obligation for entry in entries(session).values()}
    assert not cycles & {"coordinator-briefings", "principals-meetings"}


def test_the_rules_are_looked_at_once_a_year_and_can_lapse_but_not_breach(installation):
    _, answer = status(installation, "policy-review", date(2028, 2, 1))
    assert (answer["target_on"], answer["due_on"], answer["breaches"]) == ("2028-12-31", None, [])
    with reading(installation.engine) as session:
        (found,) = statuses(installation.pack, read_facts(session), date(2028, 2, 1), "policy-review")
    assert [str(turn.state) for turn in found.turns[:2]] == ["missed", "open"]
