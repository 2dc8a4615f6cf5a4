"""The guard of recorded rows: the database itself refuses to change them or to take them out."""

from collections.abc import Callable, Iterable

from alembic import op

_REFUSAL = "what is recorded is never changed; record a correction"


def only_added(tables: Iterable[str]) -> None:
    """Let no row of `tables` be changed or taken out, whoever tries."""
    _GUARDS[op.get_bind().dialect.name](tables)


def _on_sqlite(tables: Iterable[str]) -> None:
    for table in tables:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} BEGIN "
                f"SELECT RAISE(ABORT, '{table}: {_REFUSAL}'); END"
            )


def _on_postgresql(tables: Iterable[str]) -> None:
    op.execute(
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '%: {_REFUSAL}', TG_TABLE_NAME; END $$"
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
