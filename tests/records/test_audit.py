"""The audit chain: whatever is done to the record behind its back is found."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from records.audit import breaks
from records.database import reading, writing
from tests.workplaces import workplace_in


def tampered(home: Path, *statements: str) -> list[str]:
    """Change the record behind the program's back, with the guards taken away; return what is found."""
    with workplace_in(home) as workplace:
        with writing(workplace.engine) as session:
            triggers = session.execute(
                text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            ).scalars()
            for trigger in list(triggers):
                session.execute(text(f"DROP TRIGGER {trigger}"))
            for statement in statements:
                session.execute(text(statement))
        with reading(workplace.engine) as session:
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
        ("DELETE FROM completions WHERE id = 4", ["completions 4: the row was taken out"]),
        (
            "INSERT INTO runs (recorded_at, recorded_by, flow, as_of, summary) VALUES (1, 2, 3, 4, 5)",
            ["runs 1: the row was slipped in without being sealed"],
        ),
        (
            "DELETE FROM audit_links WHERE position = 2",
            [
                "completions 1: the chain was cut or rearranged here",
                "event_dates 2: the row was slipped in without being sealed",
            ],
        ),
    ],
)
def test_what_was_done_behind_its_back_is_found(tmp_path: Path, statement: str, found: list[str]):
    assert tampered(tmp_path, statement) == found


@pytest.mark.parametrize("statement", ["UPDATE completions SET evidence = 'x'", "DELETE FROM event_dates"])
def test_the_database_itself_refuses_to_change_a_recorded_row(tmp_path: Path, statement: str):
    with (
        workplace_in(tmp_path) as workplace,
        pytest.raises(DBAPIError, match="what is recorded is never changed"),
        writing(workplace.engine) as session,
    ):
        session.execute(text(statement))
