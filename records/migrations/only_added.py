"""The guard of recorded rows: the database itself refuses to change them or to take them out."""

from collections.abc import Iterable

from alembic import op


def only_added(tables: Iterable[str]) -> None:
    """Let no row of `tables` be changed or taken out, whoever tries."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for table in tables:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} BEGIN "
                f"SELECT RAISE(ABORT, '{table}: what is recorded is never changed; record a correction'); END"
            )
