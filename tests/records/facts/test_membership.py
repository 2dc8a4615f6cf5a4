"""Facts about rolls are kept as they were recorded: sealed, never changed, and known from then on."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, update

from policies.facts import membership as known
from policies.facts.membership import MembershipFacts
from records.chain.audit import breaks
from records.database import DatabaseError, Engine, open_database, reading, writing
from records.facts.facts import read_facts, record_fact
from records.facts.membership import (
    Attestation,
    Consultation,
    GroupDescription,
    GroupOutcome,
    Joining,
    Lead,
    Leaving,
    Seat,
    View,
)
from records.facts.rows import FactRow
from tasks.installation.settings import Settings
from tests.installations import TODAY, at

MORE: dict[str, Any] = {"recorded_at": at(TODAY), "recorded_by": "an officer", "source": "the minutes"}


def rows() -> list[FactRow]:
    """One of each kind, as it is recorded."""
    asked: dict[str, Any] = {
        "chosen": "ilo iom",
        "chosen_by": "an officer",
        "reason": "they lead on it",
        "until": TODAY,
    }
    return [
        Joining(**MORE, body="b", member="ilo", role="chair", joined_on=TODAY, decision="d-1"),
        Leaving(**MORE, body="b", member="ilo", left_on=TODAY, decision=None),
        GroupDescription(
            **MORE, group="g", title="G", focus="it", workplan=None, since_on=TODAY, decision=None
        ),
        GroupOutcome(
            **MORE, group="g", result="close", decided_on=TODAY, decision="d-1", cycle=None, into=None
        ),
        Seat(**MORE, body="b", seat="one", constituency="donors", since_on=TODAY),
        Consultation(**MORE, consultation="c-1", group="g", partner="ngo", invited_on=TODAY, **asked),
        View(**MORE, consultation="c-1", member="ilo", kind="agrees", answered_on=TODAY, reason=None),
        Lead(**MORE, cycle="c/1", name="A. Lead", decided_by="the EC", decided_on=TODAY),
        Attestation(**MORE, body="b", attested_on=TODAY),
    ]


S = "the minutes"
KNOWN = MembershipFacts(
    joinings=[known.Joining("b", "ilo", known.Role.CHAIR, TODAY, S, "d-1")],
    leavings=[known.Leaving("b", "ilo", TODAY, S)],
    groups=[known.Group("g", "G", "it", TODAY, S)],
    outcomes=[known.Outcome("g", known.Result.CLOSE, TODAY, "d-1", S)],
    seats=[known.Seat("b", "one", "donors", TODAY, S)],
    consultations=[
        known.Consultation(
            "c-1", "g", "ngo", ("ilo", "iom"), "an officer", "they lead on it", TODAY, TODAY, S
        )
    ],
    views=[known.View("c-1", "ilo", known.ViewKind.AGREES, TODAY, S)],
    leads=[known.Lead("c/1", "A. Lead", "the EC", TODAY, S)],
    attestations=[known.Attestation("b", TODAY, S)],
)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_database(Settings(home=tmp_path).database)
    yield opened
    opened.dispose()


def test_every_fact_is_read_as_it_was_recorded_and_was_not_known_before(engine: Engine):
    with writing(engine) as session:
        assert [record_fact(session, row) for row in rows()] == [True] * 9
        assert [record_fact(session, row) for row in rows()] == [False] * 9
    with reading(engine) as session:
        assert read_facts(session).rolls == KNOWN
        before = read_facts(session, at(TODAY) - timedelta(seconds=1)).rolls
        assert list(breaks(session)) == []
    assert before == MembershipFacts(*([] for _ in range(9)))


def changes(kind: type[FactRow]) -> list[Callable[[], Any]]:
    return [lambda: update(kind).values(source="x"), lambda: delete(kind)]


def test_no_row_can_be_changed_or_taken_out(engine: Engine):
    with writing(engine) as session:
        for row in rows():
            record_fact(session, row)
    for row in rows():
        for change in changes(type(row)):
            refused = pytest.raises(DatabaseError, match="what is recorded is never changed")
            with refused, writing(engine) as session:
                session.execute(change())
