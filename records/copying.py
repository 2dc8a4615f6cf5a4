"""The whole record copied to another database, and compared row by row before the copy counts."""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Integer, Table, func, insert, select
from sqlalchemy.orm import Session

from records import tables
from records.chain.audit import Break, breaks
from records.database import reading, writing
from records.personal.columns import raw_columns
from records.secrets import Secret, drop_secrets

_AT_ONCE = 1000

Counts = dict[str, int]


class OccupiedDatabaseError(LookupError):
    """The database to copy to holds rows already."""

    def __init__(self, counts: Counts) -> None:
        held = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
        super().__init__(f"the database to copy to must be empty; it holds: {held}. Nothing was changed.")


class UnlikeCopyError(LookupError):
    """The copy is not what was copied; it was dropped."""


def copy_record(
    source: Engine, target: Engine, then: Callable[[Session, Session], None] | None = None
) -> Counts:
    """Copy every row of every table; nobody writes to either side meanwhile. Returns how many rows of each.

    The copy is kept only if each table holds the same rows and the audit chain stands as it stood. What
    `then` records, in the source and in the copy, is kept with the copy: first there, then in the source.

    Raises:
        OccupiedDatabaseError: the target is not empty.
        UnlikeCopyError: something differs; nothing was kept.
    """
    with writing(source, keep=then is not None) as origin, writing(target) as copy:
        if any((there := counts(copy)).values()):
            raise OccupiedDatabaseError(there)
        drop_secrets(copy)
        for table in tables.TABLES:
            for rows in _batches(origin, table):
                copy.execute(insert(table), rows)
        _go_on_counting(copy)
        differing = [table.name for table in tables.TABLES if _digest(origin, table) != _digest(copy, table)]
        if differing or list(breaks(copy)) != list(breaks(origin)):
            raise UnlikeCopyError(f"the copy differs in {', '.join(differing) or 'its audit chain'}")
        copied = counts(copy)
        if then:
            then(origin, copy)
        return copied


def copy_sqlite(source: Engine, file: Path) -> None:
    """Copy a SQLite database into `file` as it is at one moment, while others go on writing."""
    connection = source.raw_connection()
    try:
        with sqlite3.connect(file) as copy:
            connection.driver_connection.backup(copy)  # type: ignore[union-attr]  # it is SQLite's own
        copy.close()
    finally:
        connection.close()


def counts(session: Session) -> Counts:
    """Return how many rows each table has; secrets are there from the beginning, and are no record."""
    return {
        table.name: session.scalar(select(func.count()).select_from(table)) or 0
        for table in tables.TABLES
        if table.name != Secret.__tablename__
    }


def breaks_in(engine: Engine) -> Sequence[Break]:
    """Return every place where the record is not as it was sealed."""
    with reading(engine) as session:
        return list(breaks(session))


def _batches(session: Session, table: Table) -> Iterator[list[dict[str, Any]]]:
    found = iter(session.execute(select(*raw_columns(table)).order_by(*table.primary_key)).mappings())
    while rows := [dict(row) for row in islice(found, _AT_ONCE)]:
        yield rows


def _digest(session: Session, table: Table) -> str:
    """Return a digest of a table's rows, in whatever order the database sorts them."""
    rows = (
        json.dumps(list(row), default=str, ensure_ascii=False, sort_keys=True)
        for row in session.execute(select(*raw_columns(table)))
    )
    digests = sorted(hashlib.sha256(row.encode()).digest() for row in rows)
    return hashlib.sha256(b"".join(digests)).hexdigest()


def _go_on_counting(session: Session) -> None:
    """Let PostgreSQL number new rows after those that came with their numbers."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for table in tables.TABLES:
        (key,) = table.primary_key
        last = session.scalar(select(func.max(key)))
        if isinstance(key.type, Integer) and last:
            session.execute(select(func.setval(func.pg_get_serial_sequence(table.name, key.name), last)))
