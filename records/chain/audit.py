"""The audit chain: every recorded row sealed by a hash that also covers all rows before it.

A row that is changed, taken out or slipped in afterwards breaks every link from there on.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, event, insert, select
from sqlalchemy.exc import DataError
from sqlalchemy.orm import Mapped, Mapper, Session, class_mapper, mapped_column, object_session
from sqlalchemy.sql.dml import ReturningInsert

from records.personal.columns import personal_columns, raw, raw_columns
from records.personal.sealing import sealer_of
from records.personal.unsealing import Unsealing
from records.schema import Base, Recorded

ORIGIN = "0" * 64
UNREADABLE = (TypeError, ValueError, DataError)
"""What is raised where a row holds what was never recorded: a day that is none, a list that is not one."""
_AT_ONCE = 1000  # links; a large transaction does not keep all of them in memory


class AuditLink(Base):
    """One link: the hash of a row, and the hash of that together with the link before."""

    __tablename__ = "audit_links"

    position: Mapped[int] = mapped_column(primary_key=True, init=False)
    table: Mapped[str]
    row: Mapped[int]
    digest: Mapped[str]
    # Unique, so that two writers can never continue the chain from the same place.
    previous: Mapped[str] = mapped_column(unique=True)
    chain: Mapped[str]


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the record is not what was sealed; `row` is 0 where it is no row with a number."""

    table: str
    row: int
    what: str

    def __str__(self) -> str:
        return f"{self.table} {self.row}: {self.what}" if self.row else f"{self.table}: {self.what}"


@event.listens_for(Recorded, "before_insert", propagate=True)
def _about_to_be(_mapper: Mapper[Any], _connection: Connection, row: Recorded) -> None:
    seal_values(row, object_session(row))


def seal_values(row: Recorded, session: Session | None) -> None:
    """Seal the personal values of a row that is about to be recorded, or to be compared with what is."""
    table = class_mapper(type(row)).local_table
    assert isinstance(table, Table)  # noqa: S101 (Recorded rows live in tables, not in joins)
    assert session  # noqa: S101 (a session is about to write it)
    sealer, values = sealer_of(session), vars(row)
    for column, holder in personal_columns(table).items():
        if (sealed := sealer.value(holder, values, column)) is not values.get(column):
            setattr(row, column, sealed)


@event.listens_for(Recorded, "after_insert", propagate=True)
def _recorded(mapper: Mapper[Any], _connection: Connection, row: Recorded) -> None:
    table, session = mapper.local_table, object_session(row)
    assert isinstance(table, Table)  # noqa: S101 (Recorded rows live in tables, not in joins)
    assert session  # noqa: S101 (a session has just written it)
    _unsealed(session).append(_digested(table, {c.key: getattr(row, c.key) for c in table.columns}))


def has_unsealed(session: Session) -> bool:
    """Return whether the session has recorded something that it may still take back."""
    return bool(session.new or _unsealed(session))


def _unsealed(session: Session) -> list[dict[str, Any]]:
    """Return what the session has recorded and not sealed, in the order it was recorded."""
    rows: list[dict[str, Any]] = session.info.setdefault("unsealed", [])
    return rows


def _digested(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {"table": table.name, "row": row["id"], "digest": digest_of_row(table, row)}


def seal(session: Session) -> None:
    """Add a link to the chain for each row recorded since the last call; to be called before the commit."""
    session.flush()
    if not (rows := _unsealed(session)):
        return
    previous = session.connection().scalar(_LAST) or ORIGIN
    for row in rows:
        row |= {"previous": previous, "chain": _chain(previous, row["digest"])}
        previous = row["chain"]
    session.connection().execute(_NEXT, rows)
    rows.clear()


def add_all(session: Session, kind: type[Recorded], rows: Sequence[Mapping[str, Any]]) -> None:
    """Record many rows of one kind at once, to be sealed in the order given."""
    if not rows:
        return
    table = class_mapper(kind).local_table
    assert isinstance(table, Table)  # noqa: S101 (Recorded rows live in tables, not in joins)
    rows = _sealed(session, table, rows)
    numbered = zip(rows, session.connection().scalars(_adding(table), rows), strict=True)
    empty = dict.fromkeys(column.key for column in table.columns)
    _unsealed(session).extend(_digested(table, {**empty, **row, "id": number}) for row, number in numbered)
    if len(_unsealed(session)) >= _AT_ONCE:
        seal(session)


def _sealed(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return rows with their personal values sealed."""
    sealer, personal = sealer_of(session), personal_columns(table)
    return [
        {**row, **{name: sealer.value(holder, row, name) for name, holder in personal.items() if name in row}}
        for row in rows
    ]


# What is asked for every row is put into words once.
_LAST = select(AuditLink.chain).order_by(AuditLink.position.desc()).limit(1)
_NEXT = insert(AuditLink)


@cache
def _adding(table: Table) -> ReturningInsert[tuple[int]]:
    return insert(table).returning(table.c.id, sort_by_parameter_order=True)


def nothing_recorded(session: Session) -> bool:
    """Return whether the record is as new: not a row was ever recorded in it."""
    return session.connection().scalar(_LAST) is None


def breaks(session: Session) -> Iterator[Break]:
    """Yield every place where rows and chain disagree; none when the record is as it was sealed."""
    previous = ORIGIN
    sealed: dict[str, set[int]] = {}
    proof = Unsealing(session)
    for link in session.scalars(select(AuditLink).order_by(AuditLink.position)):
        sealed.setdefault(link.table, set()).add(link.row)
        if link.previous != previous or link.chain != _chain(previous, link.digest):
            yield Break(link.table, link.row, "the chain was cut or rearranged here")
        previous = link.chain
        if wrong := _wrong(session, link, proof):
            yield Break(link.table, link.row, wrong)
    yield from _slipped_in(session, sealed)


def _wrong(session: Session, link: AuditLink, proof: Unsealing) -> str | None:
    """Return what is wrong with the row that a link seals."""
    table = next((each for each in recorded_tables() if each.name == link.table), None)
    if table is None:
        return "the chain names a table that no record of this program has"
    if misplaced := proof.passed(table.name):
        return misplaced
    try:
        row = _row(session, table, link.row)
        if row is None:
            return "the row was taken out"
        digest = digest_of_row(table, row)
        if digest == link.digest:
            return proof.spoilt(table, row)
        same = proof.was_resealed(table, row, link.digest, digest, digest_of_row)
    except UNREADABLE:
        same = False
    return None if same else "the row was changed after it was recorded"


def _slipped_in(session: Session, sealed: dict[str, set[int]]) -> Iterator[Break]:
    for table in recorded_tables():
        for row in session.scalars(select(table.c.id).order_by(table.c.id)):
            if row not in sealed.get(table.name, ()):
                yield Break(table.name, row, "the row was slipped in without being sealed")


@cache
def recorded_tables() -> list[Table]:
    """Return the tables of recorded rows, by name."""
    mappers = (mapper for mapper in Base.registry.mappers if issubclass(mapper.class_, Recorded))
    tables = (mapper.local_table for mapper in mappers)
    return sorted((t for t in tables if isinstance(t, Table)), key=lambda table: table.name)


def _row(session: Session, table: Table, row: int) -> dict[str, Any] | None:
    values = session.execute(select(*raw_columns(table)).where(table.c.id == row)).mappings().first()
    return dict(values) if values else None


def digest_of_row(table: Table, values: dict[str, Any]) -> str:
    """Return the SHA-256 of a row of a table as it is sealed: of what is personal, its tokens."""
    later = _added_later(table)
    sealed = {key: raw(value) for key, value in values.items() if value is not None or key not in later}
    return hashlib.sha256(_PLAIN.encode(sealed).encode()).hexdigest()


@cache
def _added_later(table: Table) -> frozenset[str]:
    return frozenset(column.key for column in table.columns if column.info.get("added_later"))


def _plain(value: object) -> str:
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


_PLAIN = json.JSONEncoder(sort_keys=True, ensure_ascii=False, default=_plain, separators=(",", ":"))


def _chain(previous: str, digest: str) -> str:
    return hashlib.sha256(f"{previous}{digest}".encode()).hexdigest()
