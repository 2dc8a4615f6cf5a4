"""What sets duties off is kept as it was recorded: sealed, and never changed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from records.chain.audit import breaks
from records.database import DatabaseError, Engine, open_database, reading, writing
from records.facts.decisions import Decision
from records.facts.facts import record_fact
from records.facts.meetings import Meeting
from records.facts.terms import Term
from tests.installations import TODAY, at

BY = "an officer"


def meeting() -> Meeting:
    kind = "executive-committee-meeting"
    return Meeting(
        recorded_at=at(TODAY),
        recorded_by=BY,
        meeting="ec-1",
        kind=kind,
        held_on=TODAY,
        title="EC",
        source="agenda",
    )


def decision() -> Decision:
    return Decision(
        recorded_at=at(TODAY),
        recorded_by=BY,
        decision="d-1",
        decided_on=TODAY,
        owner="secretariat",
        due_on=None,
        text="go",
        source="minutes",
    )


def term() -> Term:
    return Term(
        recorded_at=at(TODAY),
        recorded_by=BY,
        body="board",
        seat="one",
        holder="a donor",
        starts_on=TODAY,
        ends_on=None,
        source="roster",
    )


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_database(f"sqlite:///{tmp_path / 'mandates.db'}")
    yield opened
    opened.dispose()


@pytest.mark.parametrize("make", [meeting, decision, term])
def test_a_row_is_sealed_and_can_be_neither_changed_nor_taken_out(
    engine: Engine, make: Callable[[], Meeting | Decision | Term]
):
    with writing(engine) as session:
        assert record_fact(session, make()) is True
        assert record_fact(session, make()) is False
    with reading(engine) as session:
        assert list(breaks(session)) == []
    kind = type(make())
    for change in (update(kind).values(source="x"), delete(kind)):
        with pytest.raises(DatabaseError, match="what is recorded is never changed"), writing(engine) as s:
            s.execute(change)


def test_the_facts_as_the_clocks_need_them_have_the_same_content():
    held, taken, served = Meeting.fact_of(meeting()), Decision.fact_of(decision()), Term.fact_of(term())
    assert (held.id, held.partial, held.participants) == ("ec-1", False, {})
    assert (taken.id, taken.owners, taken.due_on) == ("d-1", ("secretariat",), None)
    assert (served.name, served.ends_on) == (f"one-{TODAY}", None)
