"""Who is told that dates changed: everybody whose calendar would say otherwise, once, and nobody else."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from notifications.notice_content import NoticeContent, from_json
from policies.plans.notices import NoticeState
from records.database import reading, writing
from records.facts.facts import correct_fact
from records.ledger.notices import Notice, notices_of
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import Installation
from tests.days import day
from tests.installations import FACTS, FORUM, Listed, at, record, workplace_in

START = day("Mon 2026-06-29")
GROUPS = "working-group-review"
CHANGE, RECEIPT = "change-of-date", "receipt"


def forum(starts_on: str) -> dict[str, list[dict[str, object]]]:
    first = day(starts_on)
    days = {"starts_on": first, "ends_on": first + timedelta(days=3), "certainty": "confirmed"}
    return {"events": [{"kind": FORUM, "edition": "2026", "source": f"for {starts_on}", **days}]}


LOST: dict[str, list[dict[str, object]]] = {
    "events": [
        {
            "kind": FORUM,
            "edition": "2026",
            "between": [day("Fri 2026-05-01"), day("Tue 2026-06-30")],
            "certainty": "tentative",
            "source": "postponed",
        }
    ]
}
REVIEWED: dict[str, object] = {"obligation": GROUPS, "completed_on": START, "evidence": "decision 26"}


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with workplace_in(tmp_path, {}) as opened:
        known = [each for each in FACTS["completions"] if each["obligation"] == GROUPS]
        record(opened, forum("Tue 2026-05-05") | {"completions": known}, START)
        run(opened, START)
        yield opened


def run(installation: Installation, on: date, *, sent: bool = True) -> list[str]:
    """Enforce a day and return whom it tells what about the review: the kind, and the person."""
    done = enforce(installation, on, at(on), obligation=GROUPS)
    if sent:
        dispatch(installation, on, at(on, 7), Listed().open_channels)
    return [f"{each.kind} {each.person}" for each in done.notices if each.kind in {CHANGE, RECEIPT}]


def notices(installation: Installation, person: str) -> list[Notice]:
    with reading(installation.engine) as session:
        found = [n for n in notices_of(session) if n.person == person and n.kind in {CHANGE, RECEIPT}]
        session.expunge_all()
    return found


def contents(installation: Installation, person: str) -> list[NoticeContent]:
    return [from_json(notice.matter) for notice in notices(installation, person)]


def test_everybody_who_was_mailed_an_entry_is_told_once_that_the_duty_is_met(installation: Installation):
    record(installation, {"completions": [REVIEWED]}, START)
    told = run(installation, START)
    assert {f"{RECEIPT} secretariat", f"{RECEIPT} unfpa", f"{RECEIPT} iom"} <= set(told)
    assert len(told) == len(set(told))
    assert run(installation, START + timedelta(days=1)) == []


def test_a_completion_that_is_withdrawn_is_told_to_whom_it_was_told(installation: Installation):
    record(installation, {"completions": [REVIEWED]}, START)
    met = run(installation, START)
    with writing(installation.engine) as session:
        correct_fact(session, "completion", 2, "of another year", "a test", at(START, 8))
    on = START + timedelta(days=1)
    assert sorted(run(installation, on)) == sorted(each.replace(RECEIPT, CHANGE) for each in met)
    [receipt, change] = contents(installation, "secretariat")
    assert (receipt.met_on, change.met_on, change.reopened) == (START, None, True)
    assert run(installation, on + timedelta(days=1)) == []


def test_a_change_that_has_not_left_gives_way_to_the_next_and_names_what_was_really_told(
    installation: Installation,
):
    record(installation, LOST, START)
    run(installation, START, sent=False)
    record(installation, forum("Tue 2026-05-19"), START)
    on = START + timedelta(days=1)
    assert f"{CHANGE} secretariat" in run(installation, on)
    [lost, found] = notices(installation, "secretariat")
    assert (lost.state, found.state) == (NoticeState.SUPERSEDED, NoticeState.SENT)
    assert from_json(found.matter).target_on == day("Sun 2026-11-22")


def test_who_was_told_the_dates_that_hold_again_is_told_nothing(installation: Installation):
    record(installation, LOST, START)
    run(installation, START, sent=False)
    record(installation, forum("Tue 2026-05-05"), START)
    assert run(installation, START + timedelta(days=1)) == []
    assert [notice.state for notice in notices(installation, "secretariat")] == [NoticeState.SUPERSEDED]


def test_whoever_has_nothing_in_a_calendar_is_told_no_more_than_before(tmp_path: Path):
    with workplace_in(tmp_path, {}) as opened:
        known = [each for each in FACTS["completions"] if each["obligation"] == GROUPS]
        record(opened, forum("Tue 2026-05-05") | {"completions": known}, START)
        run(opened, START, sent=False)
        record(opened, {"completions": [REVIEWED]}, START)
        told = run(opened, START)
        assert f"{RECEIPT} secretariat" in told
        assert f"{RECEIPT} unfpa" not in told
