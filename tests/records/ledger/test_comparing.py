"""The ledger compared with its moves: whatever is changed in a notice is found, and nothing else is."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from records.database import reading, writing
from records.ledger.comparing import ledger_breaks
from records.ledger.release import withhold
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import Installation
from tests.installations import TODAY, Listed, at, workplace_in

CYCLE = "annual-meeting/2026"
KEY = f"{CYCLE}:reminder:due-30:secretariat:email"
LAST = TODAY + timedelta(days=8)


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """Days lived through, with notices that left, one that waits and one that was withheld."""
    with workplace_in(tmp_path) as opened:
        for on in (TODAY, LAST):
            enforce(opened, on, at(on))
            dispatch(opened, on, at(on), Listed().open_channels)
        with writing(opened.engine) as session:
            held = "SELECT notice_key FROM notices WHERE state = 'awaiting-release' LIMIT 1"
            withhold(session, session.execute(text(held)).scalar_one(), "not now", "an officer", at(LAST))
        yield opened


def found(installation: Installation, *statements: str) -> list[str]:
    with writing(installation.engine) as session:
        for statement in statements:
            session.execute(text(statement))
    with reading(installation.engine) as session:
        return [str(each) for each in ledger_breaks(session)]


def test_an_honest_ledger_is_as_its_moves_say(installation: Installation):
    assert found(installation) == []


CHANGES = {
    "cycle": "does not say what it was entered with",
    "kind": "does not say what it was entered with",
    "rung": "does not say what it was entered with",
    "person": "does not say what it was entered with",
    "channel": "does not say what it was entered with",
    "notice_class": "does not say what it was entered with",
    "send_on": "does not say what it was entered with",
    "matter": "does not say what it was entered with",
    "again": "does not say what it was entered with",
    "state": "its state is",
    "cause": "its cause is",
    "attempts": "its number of attempts is",
    "leased_until": "its lease is",
    "not_before_at": "its hold is",
    "tried_at": "its last attempt is",
    "letter": "its letter is",
}
VALUES = {
    "cycle": "'working-group-review/2026'",
    "matter": "'{}'",
    "send_on": "'2026-01-01'",
    "attempts": "7",
    "leased_until": "'2026-12-31 00:00:00'",
    "not_before_at": "'2026-12-31 00:00:00'",
    "tried_at": "'2026-12-31 00:00:00'",
}


@pytest.mark.parametrize("column", CHANGES)
def test_a_change_of_any_column_is_named(installation: Installation, column: str):
    value = VALUES.get(column, "'another'")
    change = f"UPDATE notices SET {column} = {value} WHERE notice_key = '{KEY}'"  # noqa: S608 (our own)
    named = found(installation, change)
    assert len(named) == 1
    assert named[0].startswith(f"notices: {KEY}")
    assert CHANGES[column] in named[0]


def test_a_notice_that_was_slipped_in_or_taken_out_is_named(installation: Installation):
    columns = "cycle, kind, rung, person, channel, notice_class, send_on, matter, state, cause, attempts"
    copied = f"INSERT INTO notices (notice_key, {columns}) SELECT 'new', {columns} FROM notices"  # noqa: S608
    assert found(installation, f"{copied} WHERE notice_key = '{KEY}'") == [
        "notices: new was slipped in: no move of it is on record"
    ]


def test_what_was_sealed_before_moves_said_what_they_made_is_compared_with_that(installation: Installation):
    """The column is emptied as if older: the rest of a notice is then not compared, its state still is."""
    if installation.engine.dialect.name != "sqlite":
        pytest.skip("the guards are taken away in SQLite's way")
    drop = "DROP TRIGGER notice_transitions_no_update"
    older = "UPDATE notice_transitions SET made = NULL"
    assert found(installation, drop, older) == []
    changed = f"UPDATE notices SET state = 'skipped' WHERE notice_key = '{KEY}'"  # noqa: S608 (our own)
    assert found(installation, changed) == [f"notices: {KEY}: its state is skipped; its moves say sent"]
