"""The guards of recorded rows: triggers in the database that refuse to change or to take out a row."""

from collections.abc import Callable, Iterator
from functools import cache

from sqlalchemy import text
from sqlalchemy.orm import Session

from records.chain.audit import AuditLink, Break, recorded_tables

REFUSAL = "what is recorded is never changed; record a correction"
FUNCTION = f"BEGIN RAISE EXCEPTION '%: {REFUSAL}', TG_TABLE_NAME; END"
"""What the guards of PostgreSQL do."""
_CHANGES = ("UPDATE", "DELETE")
_REFUSES_ALL = 2 + 8 + 16 + 32  # before a statement: delete, update, truncate (pg_trigger.tgtype)


def guards_on_sqlite(table: str) -> dict[str, str]:
    """Return the statements that make the guards of a table, by the names of the guards."""
    names = {f"{table}_no_{change.lower()}": change for change in _CHANGES}
    refused = f"BEGIN SELECT RAISE(ABORT, '{table}: {REFUSAL}'); END"
    return {
        name: f"CREATE TRIGGER {name} BEFORE {change} ON {table} {refused}" for name, change in names.items()
    }


def guard_breaks(session: Session) -> Iterator[Break]:
    """Yield each table of recorded rows whose guards are gone, or are others than were put there."""
    yield from _BREAKS[session.get_bind().dialect.name](session)


@cache
def _guarded() -> tuple[str, ...]:
    return (*(table.name for table in recorded_tables()), AuditLink.__tablename__)


def _on_sqlite(session: Session) -> Iterator[Break]:
    asked = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    found: dict[str, str] = dict(session.execute(asked).all())
    for table in _guarded():
        for name, statement in guards_on_sqlite(table).items():
            if found.get(name) != statement:
                yield Break(table, 0, f"its guard {name} {_how(name in found)}")


def _on_postgresql(session: Session) -> Iterator[Break]:
    asked = text(
        "SELECT c.relname, t.tgenabled, t.tgtype, p.prosrc FROM pg_trigger t "
        "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE NOT t.tgisinternal AND t.tgname = c.relname || '_only_added' "
        "AND c.relnamespace = current_schema()::regnamespace"
    )
    found = {table: (on, kind, does) for table, on, kind, does in session.execute(asked)}
    for table in _guarded():
        on, kind, does = found.get(table, ("", 0, ""))
        if on not in ("O", "A") or kind != _REFUSES_ALL or does.strip() != FUNCTION:
            yield Break(table, 0, f"its guard {table}_only_added {_how(table in found)}")


def _how(there: bool) -> str:  # noqa: FBT001 (what is said of it)
    return "is another than was put there" if there else "is gone"


_BREAKS: dict[str, Callable[[Session], Iterator[Break]]] = {
    "sqlite": _on_sqlite,
    "postgresql": _on_postgresql,
}
