"""A relay that is down is ours to mend: nothing is given up for it, and all of it leaves once it is back."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from notifications.channels import Outcome, Verdict
from records.chain.audit import breaks
from records.database import reading
from records.ledger.notices import notices_of
from records.ledger.outages import WAITS, outages
from tasks.dispatch.dispatching import Dispatching, dispatch
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import Installation
from tests.days import day
from tests.installations import Listed, at, workplace_in

pytestmark = pytest.mark.usefixtures("each_database")

FRIDAY = day("Fri 2026-11-27")
EVENING = at(FRIDAY, 17)
DOWN = {"": Verdict(Outcome.UNREACHED, "no connection to mail.example.org:25: refused")}
SOON = timedelta(seconds=30)


def enforced(home: Path) -> Installation:
    installation = workplace_in(home)
    enforce(installation, FRIDAY, EVENING - SOON, obligation="working-group-review")
    return installation


def sent(installation: Installation, line: Listed, now: datetime, *, by_hand: bool = False) -> Dispatching:
    return dispatch(installation, now.date(), now, line.open_channels, by_hand=by_hand)


def states(installation: Installation) -> set[tuple[str, int]]:
    with reading(installation.engine) as session:
        return {(notice.state, notice.attempts) for notice in notices_of(session)}


def test_a_relay_that_is_down_is_tried_with_one_letter_ever_more_seldom_and_daily_without_end(tmp_path: Path):
    line = Listed(DOWN)
    with enforced(tmp_path) as installation:
        now = EVENING
        for tries, wait in enumerate((*WAITS, *[WAITS[-1]] * 7), 1):
            sent(installation, line, now)
            assert len(line.mails) == tries
            sent(installation, line, now + wait / 2)
            assert len(line.mails) == tries
            now += wait + SOON
        assert now.date() == day("Sun 2026-12-06")
        assert states(installation) == {("entered", 0)}
        line.verdicts = {}
        sent(installation, line, now)
        assert states(installation) == {("sent", 1)}
        with reading(installation.engine) as session:
            assert (outages(session), list(breaks(session))) == ({}, [])


def test_whoever_looks_is_told_since_when_nobody_is_reached_and_how_many_wait(tmp_path: Path):
    with enforced(tmp_path) as installation:
        found = sent(installation, Listed(DOWN), EVENING).findings[-1]
        with reading(installation.engine) as session:
            waiting = len(notices_of(session))
    assert found == (
        "email: nobody could be reached since 2026-11-27 17:00 UTC "
        f"(no connection to mail.example.org:25: refused); {waiting} notices wait, and none is given up; "
        "it is tried again with the next notice, and from 2026-11-27 17:05 UTC; "
        "to try it now: mandates enforce"
    )


def test_something_new_to_leave_or_a_person_tries_the_relay_before_its_wait_is_over(tmp_path: Path):
    line = Listed(DOWN)
    with enforced(tmp_path) as installation:
        sent(installation, line, EVENING)
        sent(installation, line, EVENING + SOON)
        assert len(line.mails) == 1
        sent(installation, line, EVENING + 2 * SOON, by_hand=True)
        assert len(line.mails) == 2
        enforce(installation, FRIDAY, EVENING + 3 * SOON)
        sent(installation, line, EVENING + 4 * SOON)
        assert len(line.mails) == 3


def test_a_letter_that_the_relay_takes_later_waits_alone_and_is_never_given_up(tmp_path: Path):
    key = "working-group-review/2026:opening:begins:unicef:email"
    later = Verdict(Outcome.LATER, "connection to mail.example.org:25 lost: timed out")
    line = Listed({":unicef:": later})
    with enforced(tmp_path) as installation:
        now = EVENING
        for wait in (*WAITS, *[WAITS[-1]] * 3):
            sent(installation, line, now)
            sent(installation, line, now + wait / 2)
            now += wait + SOON
        assert line.keys.count(key) == len(WAITS) + 3
        assert states(installation) == {("sent", 1), ("entered", len(WAITS) + 3)}
        line.verdicts = {}
        sent(installation, line, now)
        assert {state for state, _ in states(installation)} == {"sent"}


def test_attempts_that_reached_nobody_are_none_of_the_six_after_which_a_refusal_is_final(tmp_path: Path):
    key = "working-group-review/2026:opening:begins:unicef:email"
    line = Listed(DOWN)
    with enforced(tmp_path) as installation:
        now = EVENING
        for wait in (*WAITS, *WAITS):
            sent(installation, line, now)
            now += wait + timedelta(days=1)
        line.verdicts = {":unicef:": Verdict(Outcome.REFUSED_NOW, "451 greylisted")}
        sent(installation, line, now)
        with reading(installation.engine) as session:
            [notice] = [n for n in notices_of(session) if n.notice_key == key]
        assert (notice.state, notice.attempts) == ("entered", 1)
