"""What was no longer owed before it left, and is owed again: said once, and never lost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from policies.plans.notices import NoticeKind, NoticeState
from records.database import reading, writing
from records.facts.facts import KINDS, correct_fact, in_force
from records.ledger.ledger import times_sent
from records.ledger.notices import Notice, move_all, notices_of
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.enforcement.proof import Proof, proof_of
from tasks.installation.installation import Installation
from tests.days import day
from tests.installations import FACTS, Listed, at, record, workplace_in

GROUPS = "working-group-review/2026"  # due on Sunday 6 December 2026
LIVE_ON = day("Mon 2026-06-01")
SAID_ON = day("Mon 2026-12-07")
CHANGED_ON = day("Tue 2026-12-08")
BACK_ON = day("Wed 2026-12-09")
LAST = day("Wed 2026-12-16")
COMMITTEE = ("ilo", "iom", "ohchr", "undesa", "undp", "unhcr", "unicef", "unodc", "who")
HEARD = {"secretariat", *COMMITTEE}

COMPLETION = {"obligation": "working-group-review", "completed_on": SAID_ON, "evidence": "minutes"}
EXPLANATION = {"cycle": GROUPS, "explained_on": CHANGED_ON, "reason": "elections"}
EXTENSION = {"cycle": GROUPS, "authority": "the committee"}
KIND_OF = {"completions": "completion", "explanations": "explanation", "extensions": "extension"}
CHANGES: dict[str, tuple[str, dict[str, Any], bool]] = {
    # a kind of fact, one of it, and whether it is withdrawn again
    "a wrong completion": ("completions", COMPLETION, True),
    "a wrong explanation": ("explanations", EXPLANATION, True),
    "a wrong extension": ("extensions", {**EXTENSION, "until": day("Tue 2027-01-12")}, True),
    "an extension that ends": ("extensions", {**EXTENSION, "until": CHANGED_ON}, False),
}


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """A review that is not done, and the day after its due date, on which no mail leaves."""
    opened = workplace_in(tmp_path, facts={})
    with replace(opened, pack=replace(opened.pack, catch_up=None)) as calm:
        record(calm, FACTS, LIVE_ON)
        for on in (LIVE_ON, day("Tue 2026-06-23"), day("Mon 2026-08-10"), day("Fri 2026-11-20")):
            run(calm, on)
        enforce(calm, SAID_ON, at(SAID_ON))
        yield calm


def run(installation: Installation, on: date) -> None:
    enforce(installation, on, at(on))
    dispatch(installation, on, at(on, 12), Listed().open_channels)


def withdraw(installation: Installation, plural: str, on: date) -> None:
    kind = KINDS[KIND_OF[plural]]
    with writing(installation.engine) as session:
        last = list(in_force(session, kind))[-1]
        correct_fact(session, KIND_OF[plural], last.id, "it was wrong", "an officer", at(on, 3))


def heard(installation: Installation, cycle: str = GROUPS) -> list[str]:
    """To whom it was said that the due date of a cycle has passed, once for each time."""
    with reading(installation.engine) as session:
        assert set(times_sent(session).values()) <= {1}
        sent = notices_of(session, states=[NoticeState.SENT])
        return sorted(n.person for n in sent if _is_overdue(n, cycle))


def _is_overdue(notice: Notice, cycle: str = GROUPS) -> bool:
    return notice.cycle == cycle and notice.kind == NoticeKind.OVERDUE and notice.rung.startswith("due+1")


def proved(installation: Installation, last: date = LAST) -> Proof:
    with reading(installation.engine) as session:
        return proof_of(session, installation, LIVE_ON, last)


@pytest.mark.parametrize("name", CHANGES)
def test_an_overdue_notice_that_was_not_owed_for_a_day_is_said_once_it_is_owed_again(
    installation: Installation, name: str
):
    plural, fact, wrong = CHANGES[name]
    record(installation, {plural: [fact]}, CHANGED_ON)
    run(installation, CHANGED_ON)
    assert heard(installation) == []
    if wrong:
        withdraw(installation, plural, BACK_ON)
    for days in range((LAST - BACK_ON).days + 1):
        run(installation, BACK_ON + timedelta(days=days))
    assert heard(installation) == sorted(HEARD)
    assert proved(installation).failures == []


def test_it_may_stop_and_begin_again_as_often_as_people_change_their_minds(installation: Installation):
    on = CHANGED_ON
    for _ in range(3):
        record(installation, {"explanations": [EXPLANATION]}, on)
        enforce(installation, on, at(on))
        withdraw(installation, "explanations", on + timedelta(days=1))
        on += timedelta(days=1)
        enforce(installation, on, at(on, 6))
    run(installation, on + timedelta(days=1))
    assert heard(installation) == sorted(HEARD)
    assert proved(installation, on + timedelta(days=1)).failures == []


def test_it_is_said_when_the_fact_that_gives_the_cycle_was_withdrawn_by_mistake(tmp_path: Path):
    arrangements = "working-arrangements-review/since-2025-11-10"  # due on Tuesday 10 November 2026
    held = {
        "obligation": "working-arrangements-review",
        "completed_on": day("Mon 2025-11-10"),
        "evidence": "minutes of 2025",
    }
    with workplace_in(tmp_path, facts={}) as opened:
        calm = replace(opened, pack=replace(opened.pack, catch_up=None))
        record(calm, {**FACTS, "completions": [held]}, LIVE_ON)
        run(calm, LIVE_ON)
        enforce(calm, day("Wed 2026-11-11"), at(day("Wed 2026-11-11")))
        withdraw(calm, "completions", day("Thu 2026-11-12"))
        run(calm, day("Thu 2026-11-12"))
        record(calm, {"completions": [held]}, day("Fri 2026-11-13"))
        for on in (day("Fri 2026-11-13"), day("Mon 2026-11-16")):
            run(calm, on)
        said = heard(calm, cycle=arrangements)
        proof = proved(calm, day("Mon 2026-11-16"))
    assert said == ["coordinator-office", "secretariat"]
    assert proof.failures == []


def test_what_left_before_is_not_said_again(installation: Installation):
    run(installation, SAID_ON)
    record(installation, {"explanations": [EXPLANATION]}, CHANGED_ON)
    run(installation, CHANGED_ON)
    withdraw(installation, "explanations", BACK_ON)
    for on in (BACK_ON, LAST):
        run(installation, on)
    assert heard(installation) == sorted(HEARD)


def test_an_escalation_that_waits_to_be_released_waits_again(installation: Installation):
    run(installation, SAID_ON)
    for on in (day("Mon 2026-12-21"), day("Mon 2027-01-11"), day("Mon 2027-02-08")):
        run(installation, on)
    before = awaiting(installation)
    assert before
    changed_on, back_on = day("Tue 2027-02-09"), day("Wed 2027-02-10")
    record(installation, {"completions": [COMPLETION]}, changed_on)
    run(installation, changed_on)
    assert awaiting(installation) == []
    withdraw(installation, "completions", back_on)
    run(installation, back_on)
    assert awaiting(installation) == before
    assert proved(installation, back_on).failures == []


def awaiting(installation: Installation) -> list[str]:
    with reading(installation.engine) as session:
        waiting = notices_of(session, states=[NoticeState.AWAITING_RELEASE])
        return sorted(f"{n.kind} to {n.person}" for n in waiting if n.cycle == GROUPS)


def test_a_proof_fails_where_what_is_still_overdue_was_withdrawn_and_not_said(installation: Installation):
    with writing(installation.engine) as session:
        keys = [n.notice_key for n in notices_of(session) if _is_overdue(n)]
        values = {"state": NoticeState.SUPERSEDED, "not_before_at": None}
        move_all(session, keys, [NoticeState.ENTERED], values, "a mistake", at(SAID_ON, 22), "somebody")
    unsaid = f"{GROUPS}: that it was due on 2026-12-06, and has passed, was not said to secretariat"
    failures = proved(installation, SAID_ON).failures
    assert f"{unsaid}: its notices are superseded" in failures


def test_a_proof_only_remarks_what_was_met_before_it_was_said(installation: Installation):
    record(installation, {"completions": [COMPLETION]}, CHANGED_ON)
    run(installation, CHANGED_ON)
    proof = proved(installation, CHANGED_ON)
    assert proof.failures == []
    assert [remark for remark in proof.remarks if "was not said to secretariat" in remark] != []
