"""The proof of a period: it holds when everything owed is accounted for, and fails on what is not."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, text

from records.chain.audit import add_all
from records.database import Session, reading, writing
from records.ledger.moves import NoticeTransition
from records.ledger.notices import Notice
from records.runs import Run
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.enforcement.proof import Proof, proof_of
from tasks.enforcement.verdicts import Verdict
from tasks.installation.installation import Installation
from tests.days import day
from tests.installations import TODAY, Listed, at, record, workplace_in

KEY = "annual-meeting/2026:reminder:due-30:secretariat:email"
LAST = day("Tue 2026-12-01")


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """Nine days lived through, the last of them with reminders."""
    with workplace_in(tmp_path) as opened:
        for number in range((LAST - TODAY).days + 1):
            on = TODAY + timedelta(days=number)
            enforce(opened, on, at(on))
            dispatch(opened, on, at(on), Listed().open_channels)
        yield opened


def proved(installation: Installation) -> Proof:
    with reading(installation.engine) as session:
        return proof_of(session, installation, TODAY, LAST)


def behind_its_back(installation: Installation, *statements: str) -> None:
    with writing(installation.engine) as session:
        triggers = session.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars()
        for trigger in list(triggers):
            session.execute(text(f"DROP TRIGGER {trigger}"))
        session.execute(text("PRAGMA defer_foreign_keys = ON"))
        for statement in statements:
            session.execute(text(statement))


def test_an_honest_period_is_proved(installation: Installation):
    proof = proved(installation)
    assert (proof.holds, proof.failures) == (True, [])
    assert proof.owed == proof.entered > 50
    assert {row["state"] for row in proof.rows} == {"sent", "awaiting-release"}
    assert all("awaits release" in remark for remark in proof.remarks)
    assert (proof.verdict, proof.verdicts[Verdict.ANEW]) == (Verdict.ANEW, 9)


def test_a_notice_that_was_lost_is_named(installation: Installation):
    with writing(installation.engine) as session:
        drop(session, KEY)
    proof = proved(installation)
    assert not proof.holds
    assert f"{KEY}: owed, and not in the ledger" in proof.failures


def test_a_notice_sent_twice_is_named(installation: Installation):
    with writing(installation.engine) as session:
        sent = {"notice_key": KEY, "state": "sent", "cause": "250 ok"}
        add_all(session, NoticeTransition, [{"recorded_at": at(LAST), "recorded_by": "a bug", **sent}])
    assert proved(installation).failures == [f"{KEY}: sent 2 times"]


def test_a_skip_without_a_reason_is_named(installation: Installation):
    with writing(installation.engine) as session:
        notice = session.get_one(Notice, KEY)
        notice.state, notice.cause = "skipped", ""
    assert proved(installation).failures == [f"{KEY}: skipped, without a reason"]


def test_a_tampered_record_proves_nothing(installation: Installation):
    behind_its_back(installation, "UPDATE completions SET evidence = 'another' WHERE id = 1")
    proof = proved(installation)
    assert proof.failures == [
        "the record is not as it was sealed: completions 1: the row was changed after it was recorded"
    ]
    assert {each.verdict for each in proof.runs} == {Verdict.NOT_PROVED}


def test_what_is_recorded_later_changes_nothing_of_what_was_owed_then(installation: Installation):
    review = {"obligation": "annual-meeting", "completed_on": LAST, "evidence": "summary"}
    record(installation, {"completions": [review]}, LAST + timedelta(days=1))
    assert proved(installation).holds


def test_days_without_an_enforcement_are_remarked_and_a_run_of_which_nothing_is_derived_is_not_proved(
    installation: Installation,
):
    later = LAST + timedelta(days=3)
    enforce(installation, later, at(later))
    with writing(installation.engine) as session:
        row = {"flow": "enforce", "as_of": later, "summary": {"basis": "other rules"}}
        add_all(session, Run, [{"recorded_at": at(later), "recorded_by": "enforce", **row}])
    with reading(installation.engine) as session:
        proof = proof_of(session, installation, TODAY, later)
    assert "2 of 12 days had no enforcement of their own, such as 2026-12-02" in proof.remarks
    [failure] = proof.failures
    assert failure.startswith("the run for 2026-12-04 (2026-12-04 06:00 UTC): it sealed nothing")


def test_a_period_without_any_enforcement_is_not_proved(installation: Installation):
    first = day("Tue 2026-12-15")
    with reading(installation.engine) as session:
        proof = proof_of(session, installation, first, first)
    assert proof.failures == ["no enforcement ran from 2026-12-15 to 2026-12-15, so nothing is proved"]


def drop(session: Session, key: str) -> None:
    """Take a notice and its history out, and seal the rest anew, as a careful forger would."""
    for trigger in list(
        session.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars()
    ):
        session.execute(text(f"DROP TRIGGER {trigger}"))
    session.execute(delete(NoticeTransition).where(NoticeTransition.notice_key == key))
    session.execute(delete(Notice).where(Notice.notice_key == key))
