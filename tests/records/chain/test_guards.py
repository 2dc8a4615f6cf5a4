"""The guards: that one is gone, or is another, is found on every database."""

from pathlib import Path

import pytest
from sqlalchemy import text

from records.chain.guards import guard_breaks
from records.database import Session, reading, writing
from tests.installations import workplace_in

GONE = {
    "sqlite": ["DROP TRIGGER runs_no_update"],
    "postgresql": ["DROP TRIGGER runs_only_added ON runs"],
}
WEAKENED = {
    "sqlite": [
        "DROP TRIGGER runs_no_update",
        "CREATE TRIGGER runs_no_update BEFORE UPDATE ON runs BEGIN SELECT 1; END",
    ],
    "postgresql": ["ALTER TABLE runs DISABLE TRIGGER runs_only_added"],
}


def found(session: Session) -> list[str]:
    return [str(each) for each in guard_breaks(session)]


def after(home: Path, statements: dict[str, list[str]]) -> list[str]:
    with workplace_in(home, {}) as installation:
        with writing(installation.engine) as session:
            for statement in statements[session.get_bind().dialect.name]:
                session.execute(text(statement))
        with reading(installation.engine) as session:
            return found(session)


def test_every_table_of_recorded_rows_has_its_guards(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation, reading(installation.engine) as session:
        assert found(session) == []


def test_a_guard_that_is_gone_is_named(tmp_path: Path, each_database: str):
    name = {"sqlite": "runs_no_update", "postgresql": "runs_only_added"}[each_database]
    assert after(tmp_path, GONE) == [f"runs: its guard {name} is gone"]


def test_a_guard_that_guards_no_more_is_named(tmp_path: Path, each_database: str):
    name = {"sqlite": "runs_no_update", "postgresql": "runs_only_added"}[each_database]
    assert after(tmp_path, WEAKENED) == [f"runs: its guard {name} is another than was put there"]


@pytest.mark.parametrize("each_database", ["postgresql"], indirect=True)
def test_a_function_that_refuses_nothing_is_found_in_every_table(tmp_path: Path):
    idle = "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN END $$"
    named = after(tmp_path, {"postgresql": [idle]})
    assert len(named) > 40
    assert all("is another than was put there" in each for each in named)
