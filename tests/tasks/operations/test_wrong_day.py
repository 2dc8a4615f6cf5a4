"""A clock a hundred days ahead, or a forced day: what such a run did is named, owed again and corrected."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from policies.plans.notices import NoticeKind, NoticeState
from records.chain.audit import breaks
from records.database import reading, writing
from records.ledger.notices import Notice, notices_of
from records.ledger.release import release
from tasks.dispatch.dispatching import dispatch
from tasks.dispatch.messages import correction_keys
from tasks.enforcement.enforcement import enforce
from tasks.enforcement.proof import proof_of
from tasks.installation.installation import Installation
from tasks.operations.wrong_day import NoWrongDayError, Recovered, recover
from tests.days import day
from tests.installations import TODAY, Listed, at, workplace_in
from tests.tasks.enforcement.test_proof import drop

LAST_RIGHT = day("Mon 2027-09-20")
NEXT = day("Tue 2027-09-21")
CALLED = day("Fri 2027-10-08")  # the calls for inputs of four yearly duties come on this day
WRONG = day("Wed 2027-12-29")  # a hundred days ahead: by then the inputs were due, so no call leaves any more
AFTER_NEW_YEAR = day("Mon 2028-01-10")
CALL = "annual-meeting/2027:call-for-inputs:call-for-inputs"
BY, WHY = "Amal Haddad", "the clock was wrong"


def run(installation: Installation, on: date, way_out: Listed | None = None) -> list[str]:
    """A day as the schedule would live it; what is held leaves as well. Returns what was entered."""
    done = enforce(installation, on, at(on))
    dispatch(installation, on, at(on) + timedelta(hours=25), (way_out or Listed()).open_channels)
    return [notice.notice_key for notice in done.notices]


@pytest.fixture
def afterwards(tmp_path: Path) -> Iterator[Installation]:
    """The day after: one right day, then one run for a wrong day."""
    with workplace_in(tmp_path) as installation:
        for on in (TODAY, LAST_RIGHT, WRONG):
            run(installation, on)
        yield installation


def recovered(installation: Installation, *, dry_run: bool = False) -> Recovered:
    return recover(installation, WRONG, NEXT, at(NEXT), by=BY, reason=WHY, dry_run=dry_run)


def states(installation: Installation) -> dict[str, str]:
    with reading(installation.engine) as session:
        return {notice.notice_key: notice.state for notice in notices_of(session)}


def test_everything_the_run_touched_is_named(afterwards: Installation):
    before = states(afterwards)
    done = recovered(afterwards)
    assert [line.split(",")[0] for line in done.runs] == ["enforce for 2027-12-29"]
    skipped = {key for key, state in before.items() if state == NoticeState.SKIPPED and "/2027:" in key}
    assert f"{CALL}:unicef:email" in skipped
    assert skipped <= set(done.owed_again)
    assert {before[key] for key in done.sent} == {"sent"}
    assert {states(afterwards)[key] for key in (*done.owed_again, *done.sent)} == {"set-aside"}
    assert done.opened == []
    assert done.uncorrected == done.on_its_way == []


def test_cycles_that_the_run_opened_before_their_time_are_named(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        for on in (TODAY, LAST_RIGHT, AFTER_NEW_YEAR):
            run(installation, on)
        done = recovered(installation)
    assert "annual-meeting/2028" in done.opened
    assert {key.partition("/")[2] for key in done.opened} == {"2028"}


def test_what_the_run_recorded_as_past_due_before_its_day_is_named(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        run(installation, TODAY)
        run(installation, LAST_RIGHT)
        done = enforce(installation, AFTER_NEW_YEAR, at(AFTER_NEW_YEAR))
        early = recovered(installation).breached
    assert early == done.breached
    assert {"annual-meeting/2027", "annual-workplan/2027"} <= set(early)


def test_what_the_run_had_entered_is_owed_again_on_its_own_day(tmp_path: Path):
    """The same days once with the wrong run among them, put right, and once without: the same is said."""
    said = []
    for name in ("with", "without"):
        with workplace_in(tmp_path / name) as installation:
            run(installation, TODAY)
            run(installation, LAST_RIGHT)
            if name == "with":
                run(installation, WRONG)
                recovered(installation)
            days = (NEXT + timedelta(days=number) for number in range(0, 110, 3))
            entered = [key for on in days for key in run(installation, on)]
            said.append({key.replace("!2", "") for key in entered})
    assert said[0] == said[1]
    assert f"{CALL}:unicef:email" in said[0]


def test_a_correction_to_each_person_about_each_cycle_waits_for_release(afterwards: Installation):
    done, way_out = recovered(afterwards), Listed()
    with reading(afterwards.engine) as session:
        to = {(n.cycle, n.person) for n in session.query(Notice).filter(Notice.notice_key.in_(done.sent))}
        corrections = session.query(Notice).filter_by(kind=NoticeKind.CORRECTION).all()
        assert {(n.cycle, n.person) for n in corrections} == to
        assert {n.state for n in corrections} == {"awaiting-release"}
    assert sorted(done.corrections) == sorted(correction_keys(afterwards))
    dispatch(afterwards, NEXT, at(NEXT), way_out.open_channels)
    assert not set(way_out.keys) & set(done.corrections)
    with writing(afterwards.engine) as session:
        for key in done.corrections:
            release(session, key, "Amal Haddad", at(NEXT))
    dispatch(afterwards, NEXT, at(NEXT, 12), way_out.open_channels)
    assert set(way_out.keys) >= set(done.corrections)
    told = [message for message in way_out.messages if "Sent in error" in str(message["Subject"])]
    assert len({str(message["To"]) for message in told}) == len({person for _, person in to})


def test_recovering_twice_does_nothing_more_and_a_rehearsal_nothing_at_all(afterwards: Installation):
    before = states(afterwards)
    rehearsed = recovered(afterwards, dry_run=True)
    assert states(afterwards) == before
    assert recovered(afterwards) == rehearsed
    again = recovered(afterwards)
    assert (again.owed_again, again.sent, again.corrections) == ([], [], [])


def test_the_record_stays_sealed_and_the_period_is_proved(afterwards: Installation):
    recovered(afterwards)
    run(afterwards, NEXT)
    with reading(afterwards.engine) as session:
        assert list(breaks(session)) == []
        assert proof_of(session, afterwards, TODAY, NEXT).failures == []


def test_a_lost_notice_is_missed_by_the_proof_also_under_its_new_name(afterwards: Installation):
    key = f"{CALL}!2:unicef:email"
    recovered(afterwards)
    assert key in run(afterwards, CALLED)
    with writing(afterwards.engine) as session:
        drop(session, key)
    with reading(afterwards.engine) as session:
        failures = proof_of(session, afterwards, CALLED, CALLED).failures
    assert f"{key}: owed, and not in the ledger" in failures


@pytest.mark.parametrize(
    ("wrong", "today", "found"),
    [
        (WRONG, WRONG, "2027-12-29 is not ahead of today, 2027-12-29"),
        (day("Fri 2027-12-31"), NEXT, "no run acted for 2027-12-31 or a later day"),
    ],
)
def test_only_a_day_that_has_not_come_and_was_acted_for_can_be_set_aside(
    afterwards: Installation, wrong: date, today: date, found: str
):
    with pytest.raises(NoWrongDayError, match=found):
        recover(afterwards, wrong, today, at(NEXT), by=BY, reason=WHY)
