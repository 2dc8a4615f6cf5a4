"""Personal values moved out of rows that were recorded with them: nothing is lost, and all stays proved."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, Connection, Table, bindparam, func, inspect, select, text, update
from sqlalchemy.orm import Session

from records.chain.audit import AuditLink, add_all, digest_of_row, seal
from records.personal.columns import raw, raw_columns
from records.personal.sealing import Sealer, sealed, sealer_of
from records.personal.tables import Resealing
from records.schema import Base

RECORDER = "recorder"
"""The holder of a name within a text, where that is of whoever recorded it."""
_AT_ONCE = 500
Holders = Mapping[str, str]


def move_out(connection: Connection, moved: Mapping[str, Holders], by: str) -> None:
    """Move what is personal out of every row that is still as it was sealed, and record that of each.

    A row that was changed behind the program's back is left as it is, so that it is still found.
    """
    session = Session(connection)
    if session.scalar(select(func.count()).select_from(AuditLink)):
        at = _instant(session.scalar(select(func.current_timestamp())))
        for table in _recorded_before(connection):
            holders = {"recorded_by": "itself", **moved.get(table.name, {})}
            with _unguarded(connection, table.name):
                rows = list(_move_out_of(session, table, holders))
            stamp = {"recorded_at": at, "recorded_by": by}
            add_all(session, Resealing, [{**stamp, **row} for row in rows])
        _move_out_of_notices(session)
        seal(session)
        session.flush()
    sealed(session)


def _recorded_before(connection: Connection) -> Iterator[Table]:
    there = set(inspect(connection).get_table_names())
    for table in Base.metadata.sorted_tables:
        if table.name in there and "recorded_by" in table.columns and table.name != "resealings":
            yield table


def _move_out_of(session: Session, table: Table, holders: Holders) -> Iterator[dict[str, Any]]:
    """Change the rows of a table, and yield what the record of each change says."""
    links = select(AuditLink.row, AuditLink.digest).where(AuditLink.table == table.name)
    digests = dict(session.execute(links).all())
    there = {column["name"] for column in inspect(session.connection()).get_columns(table.name)}
    columns = [column for column in raw_columns(table) if column.key in there]
    last = 0
    while (
        rows := session.execute(
            select(*columns).where(table.c.id > last).order_by(table.c.id).limit(_AT_ONCE)
        )
        .mappings()
        .all()
    ):
        for found in rows:
            row, last = dict(found), found["id"]
            before = digests.get(last)
            apart = _apart(sealer_of(session), row, holders)
            if not apart or digest_of_row(table, row) != before:
                continue
            session.execute(update(table).where(table.c.id == last).values(apart))
            after = digest_of_row(table, {**row, **apart})
            yield {"of_table": table.name, "of_row": last, "before": before, "after": after}


def _apart(sealer: Sealer, row: Mapping[str, Any], holders: Holders) -> dict[str, Any]:
    """Return what takes the place of the personal values of a row."""
    found = {}
    for column, holder in holders.items():
        value = row.get(column)
        if holder == RECORDER:
            new: Any = sealer.within(value, row["recorded_by"]) if value else value
        else:
            new = raw(sealer.value(holder, row, column))
        if new != value:
            found[column] = new
    return found


def _move_out_of_notices(session: Session) -> None:
    """Move names out of what notices say: that is no sealed row, and there are many thousand."""
    notices = Base.metadata.tables["notices"]
    sealer, last = sealer_of(session), ""
    kept: Column[Any] = notices.c.notice_key
    new_values: dict[str, Any] = {"matter": bindparam("the_content"), "cause": bindparam("the_cause")}
    change = update(notices).where(kept == bindparam("the_key")).values(new_values)
    asked = [column for column in raw_columns(notices) if column.key in ("notice_key", "matter", "cause")]
    names = _recorders(session)
    while rows := session.execute(select(*asked).where(kept > last).order_by(kept).limit(_AT_ONCE)).all():
        last = rows[-1].notice_key
        new = [
            {
                "the_key": row.notice_key,
                "the_content": _content_apart(sealer, row.matter),
                "the_cause": _cause_apart(sealer, row.cause, names),
            }
            for row in rows
        ]
        session.connection().execute(change, new)


def _recorders(session: Session) -> list[str]:
    """Return the names of those who moved notices, the longest first."""
    asked = select(Base.metadata.tables["notice_transitions"].c.recorded_by).distinct()
    return sorted(session.scalars(asked), key=len, reverse=True)


def _cause_apart(sealer: Sealer, cause: str, names: list[str]) -> str:
    for name in names:
        if f"by {name}" in cause or cause.startswith(name):
            cause = sealer.within(cause, name)
    return sealer.within(cause)


def _content_apart(sealer: Sealer, content: str) -> str:
    """Return what a notice says with the names in it apart; then nobody had an id there, only a name."""
    found = json.loads(content)
    for each in (*found.get("owing", ()), *found.get("touches", ())):
        each["name"] = sealer.name(each["name"])
    if answer := found.get("answer"):
        name = answer["name"]
        of_theirs = [answer, *found.get("came", ())]
        for each in of_theirs:
            for what in {"reason", "title"} & each.keys():
                each[what] = sealer.text(name, each[what]).token if each[what] else each[what]
        answer["name"] = sealer.name(name)
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


@contextmanager
def _unguarded(connection: Connection, table: str) -> Iterator[None]:
    """Let the rows of a table be changed meanwhile; nobody else writes during a migration."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f'ALTER TABLE "{table}" DISABLE TRIGGER "{table}_only_added"'))
        yield
        connection.execute(text(f'ALTER TABLE "{table}" ENABLE TRIGGER "{table}_only_added"'))
        return
    name = f"{table}_no_update"
    guard = connection.scalar(text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": name})
    connection.execute(text(f'DROP TRIGGER IF EXISTS "{name}"'))
    yield
    if guard:
        connection.execute(text(guard))


def _instant(found: object) -> datetime:
    at = datetime.fromisoformat(str(found))
    return at if at.tzinfo else at.replace(tzinfo=UTC)
