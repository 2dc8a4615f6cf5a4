"""In a forum year the same people owe inputs to several cycles: they are asked in one letter.

In 2030 the working groups call on 19 July, and the working arrangements four weeks later, on 16 August.
"""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from policies.plans.notices import NoticeState
from policies.recurrence import RollingCeiling
from records.database import reading
from records.ledger.notices import UNSENT, entries, notices_of
from tasks.dispatch.dispatching import dispatch
from tasks.dispatch.messages import shown
from tasks.enforcement.enforcement import Enforcement, enforce
from tasks.enforcement.proof import proof_of
from tasks.installation.installation import Installation, open_installation
from tasks.installation.settings import Settings
from tests.days import day
from tests.installations import FORUM, Facts, Listed, at, record
from tests.tasks.sent import sent

LIVE, CALLED, NEXT_DAY = day("Mon 2030-07-01"), day("Fri 2030-07-19"), day("Mon 2030-07-22")
OWN_DAY = day("Fri 2030-08-16")
GROUPS, ARRANGEMENTS = "working-group-review/2030", "working-arrangements-review/since-2029-11-10"
FACTS: Facts = {
    "events": [
        {
            "kind": FORUM,
            "edition": edition,
            "starts_on": starts_on,
            "ends_on": starts_on + timedelta(days=3),
            "certainty": "confirmed",
            "source": "as held",
        }
        for edition, starts_on in (("2026", date(2026, 5, 5)), ("2030", date(2030, 6, 4)))
    ],
    "completions": [
        {
            "obligation": "working-arrangements-review",
            "completed_on": date(2029, 11, 10),
            "evidence": "report 29",
        },
        {"obligation": "working-group-review", "completed_on": date(2026, 12, 6), "evidence": "decision 26"},
    ],
}


@pytest.fixture
def installation(tmp_path: Path):
    with open_installation(Settings(home=tmp_path)) as opened:
        calm = replace(opened, pack=replace(opened.pack, catch_up=None))
        record(calm, FACTS, LIVE)
        enforce(calm, LIVE, at(LIVE))
        dispatch(calm, LIVE, at(LIVE), Listed().open_channels)
        yield calm


def with_months(installation: Installation, months: int) -> Installation:
    """Return the installation under rules that give the working arrangements another number of months."""
    duty = installation.pack.obligations["working-arrangements-review"]
    [version] = duty.versions
    assert isinstance(version.recurrence, RollingCeiling)
    amended = version.model_copy(
        update={"recurrence": version.recurrence.model_copy(update={"months": months})}
    )
    changed = duty.model_copy(update={"versions": (amended,)})
    return replace(
        installation,
        pack=replace(installation.pack, obligations={**installation.pack.obligations, duty.id: changed}),
    )


def calls(done: Enforcement, cycle: str) -> set[str]:
    return {n.person for n in done.notices if n.kind == "call-for-inputs" and n.cycle == cycle}


def states(installation: Installation, cycle: str, person: str) -> dict[str, NoticeState]:
    with reading(installation.engine) as session:
        found = entries(session, [cycle]).values()
        return {e.scheduled: e.state for e in found if e.person == person and e.kind == "call-for-inputs"}


def test_a_call_whose_day_is_near_travels_in_the_letter_of_one_whose_day_has_come(installation):
    done = enforce(installation, CALLED, at(CALLED))
    assert calls(done, ARRANGEMENTS) == calls(done, GROUPS) > {"ilo", "who"}
    [early] = [n for n in done.notices if n.cycle == ARRANGEMENTS and n.person == "ilo"]
    assert early.cause == f"asked at once with {GROUPS}; its own day is {OWN_DAY}"
    way_out = Listed()
    dispatch(installation, CALLED, at(CALLED), way_out.open_channels)
    [letter] = [mail for mail in way_out.mails if mail.to == "ilo@example.org"]
    text = shown(letter, "ilo").text
    assert "One document may serve several requests" in " ".join(text.split())
    assert "16 September 2030" in text  # the working arrangements' own day
    assert "Input requested by 16 September 2030: Review of the working arrangements" in " ".join(
        text.split()
    )


def test_it_is_not_called_again_on_its_own_day_and_what_was_owed_is_proved(installation):
    for on in (CALLED, CALLED, OWN_DAY):
        done = enforce(installation, on, at(on))
        dispatch(installation, on, at(on), Listed().open_channels)
    assert calls(done, ARRANGEMENTS) == set()
    with reading(installation.engine) as session:
        found = proof_of(session, installation, LIVE, OWN_DAY)
        keys = [n.notice_key for n in notices_of(session) if n.cycle == ARRANGEMENTS]
    assert (found.holds, len(keys)) == (True, len(set(keys)))


def test_a_run_for_one_duty_alone_brings_the_others_call_with_it(installation):
    one = enforce(installation, CALLED, at(CALLED), obligation="working-group-review")
    assert calls(one, ARRANGEMENTS) == calls(one, GROUPS)
    rest = enforce(installation, CALLED, at(CALLED, 7))
    assert calls(rest, ARRANGEMENTS) == set()


def test_only_what_is_near_enough_goes_and_without_the_rule_nothing_does(installation):
    rule = installation.pack.ask_once
    assert rule.days == 28
    for narrower in (rule.model_copy(update={"days": 27}), None):
        other = replace(installation, pack=replace(installation.pack, ask_once=narrower))
        assert calls(enforce(other, CALLED, at(CALLED), dry_run=True), ARRANGEMENTS) == set()


def test_what_waits_to_leave_is_kept_until_its_day_and_withdrawn_once_the_input_came(installation):
    enforce(installation, CALLED, at(CALLED))
    assert enforce(installation, NEXT_DAY, at(NEXT_DAY)).superseded == []
    sent(installation, ARRANGEMENTS, "ilo", {"views.txt": b"views"}, NEXT_DAY)
    enforce(installation, NEXT_DAY, at(NEXT_DAY, 9))
    assert states(installation, ARRANGEMENTS, "ilo") == {"call-for-inputs": NoticeState.SUPERSEDED}
    assert states(installation, ARRANGEMENTS, "who")["call-for-inputs"] in UNSENT


@pytest.mark.parametrize("months", [11, 13])
def test_when_the_dates_move_before_it_left_it_is_said_anew_for_the_new_ones(installation, months):
    enforce(installation, CALLED, at(CALLED))
    moved = with_months(installation, months)
    enforce(moved, NEXT_DAY, at(NEXT_DAY))
    own_day = {11: NEXT_DAY, 13: day("Tue 2030-09-17")}[months]
    assert states(moved, ARRANGEMENTS, "ilo")["call-for-inputs"] is NoticeState.SUPERSEDED
    assert ("call-for-inputs~2" in states(moved, ARRANGEMENTS, "ilo")) == (own_day == NEXT_DAY)
    enforce(moved, own_day, at(own_day))
    assert states(moved, ARRANGEMENTS, "ilo")["call-for-inputs~2"] is NoticeState.ENTERED


def test_when_the_dates_move_after_it_left_the_change_is_told_and_the_call_is_not_said_twice(installation):
    enforce(installation, CALLED, at(CALLED))
    dispatch(installation, CALLED, at(CALLED), Listed().open_channels)
    moved = with_months(installation, 13)
    done = enforce(moved, NEXT_DAY, at(NEXT_DAY))
    told = {n.kind for n in done.notices if n.cycle == ARRANGEMENTS and n.person == "ilo"}
    assert told == {"change-of-date"}
    assert states(moved, ARRANGEMENTS, "ilo") == {"call-for-inputs": NoticeState.SENT}
    later = day("Tue 2030-09-17")
    enforce(moved, later, at(later))
    assert states(moved, ARRANGEMENTS, "ilo") == {"call-for-inputs": NoticeState.SENT}


def test_a_cycle_whose_new_dates_nobody_was_told_yet_waits_for_its_own_run(installation):
    wider = installation.pack.ask_once.model_copy(update={"days": 90})
    moved = with_months(installation, 13)
    moved = replace(moved, pack=replace(moved.pack, ask_once=wider))
    one = enforce(moved, CALLED, at(CALLED), obligation="working-group-review")
    assert calls(one, ARRANGEMENTS) == set()
