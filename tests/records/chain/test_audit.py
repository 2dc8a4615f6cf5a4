"""The audit chain: whatever is done to the record behind its back is found."""

from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from records.chain.audit import AuditLink, add_all, breaks
from records.database import Session, reading, writing
from records.runs import Run, record_run
from tests.installations import TODAY, at, workplace_in

SLIPPED_IN = (
    "INSERT INTO runs (recorded_at, recorded_by, flow, as_of, summary) "
    "VALUES ('2026-11-23 06:00:00', 'enforce', 'enforce', '2026-11-23', '{}')"
)


def unguarding(session: Session) -> list[str]:
    if session.get_bind().dialect.name == "postgresql":
        return ["SET LOCAL session_replication_role = replica"]
    triggers = session.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars()
    return [f"DROP TRIGGER {trigger}" for trigger in triggers]


def tampered(home: Path, *statements: str) -> list[str]:
    """Change the record behind the program's back, with the guards taken away; return what is found."""
    with workplace_in(home) as installation:
        with writing(installation.engine) as session:
            for statement in (*unguarding(session), *statements):
                session.execute(text(statement))
        with reading(installation.engine) as session:
            return [str(found) for found in breaks(session)]


def test_an_untouched_record_holds(tmp_path: Path):
    assert tampered(tmp_path) == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (
            "UPDATE completions SET completed_on = '2025-11-09' WHERE id = 1",
            ["completions 1: the row was changed after it was recorded"],
        ),
        (
            "UPDATE audit_links SET \"table\" = 'strange' WHERE \"table\" = 'completions' AND row = 4",
            [
                "strange 4: the chain names a table that no record of this program has",
                "completions 4: the row was slipped in without being sealed",
            ],
        ),
        (
            "UPDATE audit_links SET \"table\" = 'audit_links' WHERE \"table\" = 'completions' AND row = 4",
            [
                "audit_links 4: the chain names a table that no record of this program has",
                "completions 4: the row was slipped in without being sealed",
            ],
        ),
        ("DELETE FROM completions WHERE id = 4", ["completions 4: the row was taken out"]),
        (
            SLIPPED_IN,
            ["runs 2: the row was slipped in without being sealed"],
        ),
        (
            "DELETE FROM audit_links WHERE \"table\" = 'event_dates' AND row = 2",
            [
                "completions 1: the chain was cut or rearranged here",
                "event_dates 2: the row was slipped in without being sealed",
            ],
        ),
    ],
)
def test_what_was_done_behind_its_back_is_found(tmp_path: Path, statement: str, found: list[str]):
    assert tampered(tmp_path, statement) == found


@pytest.mark.parametrize("each_database", ["postgresql"], indirect=True)
def test_a_table_of_recorded_rows_cannot_be_emptied_either(tmp_path: Path):
    with (
        workplace_in(tmp_path) as installation,
        pytest.raises(DBAPIError, match="what is recorded is never changed"),
        writing(installation.engine) as session,
    ):
        session.execute(text("TRUNCATE completions"))


@pytest.mark.parametrize("statement", ["UPDATE completions SET evidence = 'x'", "DELETE FROM event_dates"])
def test_the_database_itself_refuses_to_change_a_recorded_row(tmp_path: Path, statement: str):
    with (
        workplace_in(tmp_path) as installation,
        pytest.raises(DBAPIError, match="what is recorded is never changed"),
        writing(installation.engine) as session,
    ):
        session.execute(text(statement))


@pytest.mark.parametrize("many", [2, 1500])
def test_one_transaction_is_sealed_whole_in_the_order_it_recorded_in(tmp_path: Path, many: int):
    row = {"recorded_at": at(TODAY), "recorded_by": "a test", "flow": "f", "as_of": TODAY, "summary": {}}
    with workplace_in(tmp_path, {}) as installation:
        with writing(installation.engine) as session:
            add_all(session, Run, [row] * many)
            record_run(session, "last", TODAY, at(TODAY), {})
        with writing(installation.engine) as session:
            record_run(session, "later", TODAY, at(TODAY), {})
        with reading(installation.engine) as session:
            assert list(breaks(session)) == []
            asked = select(AuditLink.row).where(AuditLink.table == "runs").order_by(AuditLink.position)
            assert list(session.scalars(asked)) == list(range(1, many + 4))  # the first: people were taken


def test_a_value_that_cannot_even_be_read_is_found(tmp_path: Path):
    found = tampered(tmp_path, "UPDATE completions SET completed_on = 'infinity' WHERE id = 1")
    assert found == ["completions 1: the row was changed after it was recorded"]
