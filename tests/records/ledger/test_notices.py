"""The ledger: one key, one claim, and every move with its cause."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from policies.plans.notices import NoticeState
from records.chain.audit import breaks
from records.database import Session, reading, writing
from records.ledger.claims import LEASE, answer, claim, expire, to_leave
from records.ledger.letters import keep_letter, letter_of
from records.ledger.notices import UNSENT, Notice, enter_all, move_all, notices_of, transitions
from records.ledger.release import UnknownNoticeError, release, resend, settle, withhold
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import Installation
from tests.installations import TODAY, at, workplace_in

NOW = at(TODAY)
KEY = "working-group-review/2026:opening:begins:{}:email"


def enforced(home: Path) -> Installation:
    installation = workplace_in(home)
    enforce(installation, TODAY, NOW, obligation="working-group-review")
    return installation


def copy_of(notice: Notice, **changes: object) -> Notice:
    columns = {column.key: getattr(notice, column.key) for column in Notice.__table__.columns}
    return Notice(**(columns | changes))


def claimed(session: Session) -> str:
    [notice] = claim(session, to_leave(session, NOW)[0], NOW, "a test")
    return notice.notice_key


def all_claimed(session: Session, now: datetime, held: Sequence[str] = ()) -> list[list[Notice]]:
    return [claim(session, keys, now, "a test") for keys in to_leave(session, now, held)]


def moves(session: Session, key: str) -> list[tuple[str, str]]:
    return [(move.state, move.cause) for move in transitions(session, key)]


def test_a_key_is_entered_once_whoever_tries(tmp_path: Path):
    with enforced(tmp_path) as installation:
        with reading(installation.engine) as session:
            again = copy_of(notices_of(session)[0])
        with pytest.raises(IntegrityError), writing(installation.engine) as session:
            enter_all(session, [again], NOW, "a test")


def test_each_notice_is_claimed_by_one(tmp_path: Path):
    with enforced(tmp_path) as installation, writing(installation.engine) as session:
        keys = [notice.notice_key for notices in all_claimed(session, NOW) for notice in notices]
        assert sorted(keys) == sorted({notice.notice_key for notice in notices_of(session)})


def test_what_was_taken_back_since_the_letters_were_listed_is_not_claimed(tmp_path: Path):
    with enforced(tmp_path) as installation, writing(installation.engine) as session:
        listed = to_leave(session, NOW)
        taken_back = listed[0] + listed[1]
        move_all(
            session, taken_back, UNSENT, {"state": NoticeState.SUPERSEDED}, "its dates moved", NOW, "a test"
        )
        letters = [claim(session, keys, NOW, "a test") for keys in listed]
        assert letters[:2] == [[], []]
        assert all(letters[2:])


def test_what_goes_to_one_person_is_claimed_together_and_a_formal_notice_alone(tmp_path: Path):
    with enforced(tmp_path) as installation, writing(installation.engine) as session:
        first = session.get_one(Notice, KEY.format("ilo"))
        more = [
            copy_of(first, notice_key=KEY.format("ilo") + str(n), rung=str(n), notice_class=c, state=s)
            for n, c, s in [(1, "routine", "entered"), (2, "formal", "released")]
        ]
        enter_all(session, more, NOW, "a test")
        letters = all_claimed(session, NOW)
        together = [[n.notice_key for n in notices if n.person == "ilo"] for notices in letters]
        assert [keys for keys in together if keys] == [
            [KEY.format("ilo"), KEY.format("ilo") + "1"],
            [KEY.format("ilo") + "2"],
        ]


def test_nobody_who_is_away_is_written_to(tmp_path: Path):
    with enforced(tmp_path) as installation, writing(installation.engine) as session:
        letters = all_claimed(session, NOW, ["ilo", "who"])
        people = [notice.person for notices in letters for notice in notices]
        assert {"ilo", "who"}.isdisjoint(people)
        assert {n.person for n in notices_of(session, states=UNSENT)} == {"ilo", "who"}


def test_a_claim_that_outlives_its_lease_is_unknown_and_never_claimed_again(tmp_path: Path):
    with enforced(tmp_path) as installation, writing(installation.engine) as session:
        key = claimed(session)
        assert expire(session, NOW + LEASE) == []
        assert expire(session, NOW + LEASE + timedelta(seconds=1)) == [key]
        later = NOW + timedelta(days=9)
        assert key not in [key for keys in to_leave(session, later) for key in keys]
        assert claim(session, [key], later, "a test") == []
        assert [state for state, _ in moves(session, key)] == ["entered", "claimed", "unknown"]


def test_an_answer_that_comes_after_the_lease_changes_nothing(tmp_path: Path):
    with enforced(tmp_path) as installation, writing(installation.engine) as session:
        key, later = claimed(session), NOW + timedelta(hours=1)
        expire(session, later)
        assert answer(session, [key], NoticeState.SENT, "late", later) == []


def test_what_is_refused_for_now_waits_for_its_time(tmp_path: Path):
    with enforced(tmp_path) as installation, writing(installation.engine) as session:
        key, soon = claimed(session), NOW + timedelta(minutes=5)
        answer(session, [key], NoticeState.ENTERED, "greylisted", NOW, again_at=soon)
        assert claimed(session) != key
        assert claim(session, [key], soon - timedelta(seconds=1), "a test") == []
        [again] = claim(session, [key], soon, "a test")
        assert (again.notice_key, again.attempts, again.tried_at) == (key, 2, soon)


def test_only_what_awaits_release_can_be_released(tmp_path: Path):
    with (
        enforced(tmp_path) as installation,
        pytest.raises(UnknownNoticeError, match="awaits release"),
        writing(installation.engine) as session,
    ):
        release(session, KEY.format("ilo"), "an officer", NOW)


def test_what_is_withheld_never_leaves_and_the_reason_stays(tmp_path: Path):
    key = KEY.format("ilo")
    with enforced(tmp_path) as installation, writing(installation.engine) as session:
        withhold(session, key, "they were told by telephone", "Amal Haddad", NOW)
        later = NOW + timedelta(days=1)
        assert key not in [key for keys in to_leave(session, later) for key in keys]
        assert claim(session, [key], later, "a test") == []
        assert moves(session, key)[-1] == (
            "withheld",
            "withheld by Amal Haddad: they were told by telephone",
        )
        with pytest.raises(UnknownNoticeError, match="waits to leave"):
            withhold(session, key, "twice", "Amal Haddad", NOW)


def test_escalations_are_released_in_their_order(tmp_path: Path):
    with enforced(tmp_path) as installation, writing(installation.engine) as session:
        first = session.get_one(Notice, KEY.format("ilo"))
        steps = [
            copy_of(first, notice_key=f"step-{n}", kind="escalation", state="awaiting-release", send_on=on)
            for n, on in [(14, TODAY), (42, TODAY + timedelta(days=28))]
        ]
        enter_all(session, steps, NOW, "a test")
        with pytest.raises(UnknownNoticeError, match="step-42 comes after step-14"):
            release(session, "step-42", "Amal Haddad", NOW)
        withhold(session, "step-14", "settled in the meantime", "Amal Haddad", NOW)
        release(session, "step-42", "Amal Haddad", NOW)
        assert moves(session, "step-42")[-1] == ("released", "released by Amal Haddad")


def test_only_a_person_settles_what_is_unknown_and_it_is_never_sent_again_under_its_key(tmp_path: Path):
    with enforced(tmp_path) as installation, writing(installation.engine) as session:
        key, later = claimed(session), NOW + timedelta(hours=1)
        expire(session, later)
        settle(session, key, "it did not arrive: the recipient was asked", "Amal Haddad", later)
        again = resend(session, key, "the recipient was asked", "Amal Haddad", later)
        assert again == f"{key}:again-1"
        left = [notice.notice_key for notices in all_claimed(session, later) for notice in notices]
        assert again in left
        assert key not in left
        assert [state for state, _ in moves(session, key)][-1] == "settled"
        with pytest.raises(UnknownNoticeError, match="is unknown"):
            settle(session, key, "twice", "Amal Haddad", later)


def test_a_notice_sent_again_is_a_new_one_that_names_the_first(tmp_path: Path):
    with enforced(tmp_path) as installation, writing(installation.engine) as session:
        key = claimed(session)
        with pytest.raises(UnknownNoticeError, match="no notice"):
            resend(session, "no-such-key", "lost", "Amal Haddad", NOW)
        answer(session, [key], NoticeState.SENT, "250 ok", NOW)
        second = resend(session, key, "lost in their archive", "Amal Haddad", NOW)
        with pytest.raises(UnknownNoticeError, match="leaves by itself"):
            resend(session, second, "impatience", "Amal Haddad", NOW)
        move_all(session, [second], UNSENT, {"state": NoticeState.REFUSED}, "550", NOW, "a test")
        third = resend(session, second, "a new address", "Amal Haddad", NOW)
        assert [second, third] == [f"{key}:again-1", f"{key}:again-2"]
        assert session.get_one(Notice, third).again == key
        assert moves(session, third) == [
            ("entered", f"Amal Haddad sends {second} again: a new address"),
        ]


def test_a_letter_is_kept_byte_for_byte_and_sealed(tmp_path: Path):
    with enforced(tmp_path) as installation:
        with writing(installation.engine) as session:
            notices = claim(session, to_leave(session, NOW)[0], NOW, "a test")
            key = notices[0].notice_key
            keep_letter(session, notices, "<one@example.org>", b"Subject: \xd9\x85\r\n\r\n.", NOW, "a test")
        with reading(installation.engine) as session:
            carried = session.get_one(Notice, key)
            assert carried.letter == "<one@example.org>"
            assert letter_of(session, carried.letter) == b"Subject: \xd9\x85\r\n\r\n."
            assert letter_of(session, "<none@example.org>") is None
            assert list(breaks(session)) == []


def test_many_notices_entered_at_once_are_sealed_as_one_by_one(tmp_path: Path):
    with enforced(tmp_path) as installation:
        with writing(installation.engine) as session:
            first = session.get_one(Notice, KEY.format("ilo"))
            cause = first.cause
            enter_all(session, [copy_of(first, notice_key=f"copy-{n}") for n in range(500)], NOW, "a test")
        with reading(installation.engine) as session:
            assert list(breaks(session)) == []
            assert moves(session, "copy-499") == [("entered", cause)]
