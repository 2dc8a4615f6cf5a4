"""The ledger: one key, one claim, and every move with its cause."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from records.database import reading, writing
from records.notices import (
    LEASE,
    Notice,
    NoticeState,
    UnknownNoticeError,
    answer,
    claim,
    enter,
    expire,
    notices_of,
    release,
    settle,
    transitions,
)
from tasks.enforcement import enforce
from tasks.workplace import Workplace
from tests.workplaces import TODAY, at, workplace_in

NOW = at(TODAY)


def enforced(home: Path) -> Workplace:
    workplace = workplace_in(home)
    enforce(workplace, TODAY, NOW, obligation="working-group-review")
    return workplace


def copy_of(notice: Notice) -> Notice:
    columns = [column.key for column in Notice.__table__.columns]
    return Notice(**{column: getattr(notice, column) for column in columns})


def test_a_key_is_entered_once_whoever_tries(tmp_path: Path):
    with enforced(tmp_path) as workplace:
        with reading(workplace.engine) as session:
            again = copy_of(notices_of(session)[0])
        with pytest.raises(IntegrityError), writing(workplace.engine) as session:
            enter(session, again, NOW, "a test")


def test_each_notice_is_claimed_by_one(tmp_path: Path):
    with enforced(tmp_path) as workplace, writing(workplace.engine) as session:
        claimed = []
        while notice := claim(session, NOW, "a test"):
            claimed.append(notice.notice_key)
        assert claimed == sorted(set(claimed))
        assert len(claimed) == len(notices_of(session))


def test_a_claim_that_outlives_its_lease_is_unknown_and_never_claimed_again(tmp_path: Path):
    with enforced(tmp_path) as workplace, writing(workplace.engine) as session:
        claimed = claim(session, NOW, "a test")
        assert claimed is not None
        key = claimed.notice_key
        assert expire(session, NOW + LEASE) == []
        assert expire(session, NOW + LEASE + timedelta(seconds=1)) == [key]
        later = []
        while notice := claim(session, NOW + timedelta(days=9), "a test"):
            later.append(notice.notice_key)
        assert key not in later
        assert [move.state for move in transitions(session, key)] == ["entered", "claimed", "unknown"]


def test_an_answer_that_comes_after_the_lease_changes_nothing(tmp_path: Path):
    with enforced(tmp_path) as workplace, writing(workplace.engine) as session:
        claimed = claim(session, NOW, "a test")
        assert claimed is not None
        key = claimed.notice_key
        expire(session, NOW + timedelta(hours=1))
        assert answer(session, key, NoticeState.SENT, "late", NOW + timedelta(hours=1)) is False


def test_what_is_refused_for_now_waits_for_its_time(tmp_path: Path):
    with enforced(tmp_path) as workplace, writing(workplace.engine) as session:
        first = claim(session, NOW, "a test")
        assert first is not None
        key, soon = first.notice_key, NOW + timedelta(minutes=5)
        answer(session, key, NoticeState.ENTERED, "greylisted", NOW, again_at=soon)
        at_once = claim(session, NOW, "a test")
        assert at_once is not None
        assert at_once.notice_key != key
        again = claim(session, soon, "a test")
        assert again is not None
        assert (again.notice_key, again.attempts) == (key, 2)


def test_only_what_awaits_release_can_be_released(tmp_path: Path):
    with (
        enforced(tmp_path) as workplace,
        pytest.raises(UnknownNoticeError, match="awaits release"),
        writing(workplace.engine) as session,
    ):
        release(session, notices_of(session)[0].notice_key, "an officer", NOW)


@pytest.mark.parametrize(("found", "leaves"), [(NoticeState.SENT, False), (NoticeState.ENTERED, True)])
def test_only_a_person_settles_what_is_unknown(tmp_path: Path, found: NoticeState, *, leaves: bool):
    with enforced(tmp_path) as workplace, writing(workplace.engine) as session:
        claimed = claim(session, NOW, "a test")
        assert claimed is not None
        key, later = claimed.notice_key, NOW + timedelta(hours=1)
        expire(session, later)
        settle(session, key, found, "the recipient was asked", "Amal Haddad", later)
        again = claim(session, later, "a test")
        assert again is not None
        assert (again.notice_key == key) is leaves
        with pytest.raises(UnknownNoticeError, match="is unknown"):
            settle(session, key, found, "twice", "Amal Haddad", later)
