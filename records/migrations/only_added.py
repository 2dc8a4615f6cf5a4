"""The guard of recorded rows: the database itself refuses to change them or to take them out."""

from collections.abc import Callable, Iterable

from alembic import op

from records.chain.guards import FUNCTION, guards_on_sqlite


def only_added(tables: Iterable[str]) -> None:
    """Let no row of `tables` be changed or taken out, whoever tries."""
    _GUARDS[op.get_bind().dialect.name](tables)


def _on_sqlite(tables: Iterable[str]) -> None:
    for table in tables:
        for statement in guards_on_sqlite(table).values():
            op.execute(statement)


def _on_postgresql(tables: Iterable[str]) -> None:
    op.execute(
        f"CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ {FUNCTION} $$"
    )
    for table in tables:
        op.execute(
            f"CREATE TRIGGER {table}_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "EXECUTE FUNCTION refuse_change()"
        )


_GUARDS: dict[str, Callable[[Iterable[str]], None]] = {
    "sqlite": _on_sqlite,
    "postgresql": _on_postgresql,
}
