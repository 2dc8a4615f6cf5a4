"""What is held about somebody: the rows of every table in which they are, and where else they are named."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from zlib import decompress

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from records import tables
from records.inbox import IncomingItem, ItemFate
from records.ledger.letters import Letter, bytes_of
from records.personal.ciphering import TOKEN, number_in
from records.personal.columns import UnreadBytes, raw_columns, token_in
from records.personal.forgetting import kept_values
from records.schema import Recorded

_OUR_OWN = frozenset({"personal_keys", "personal_values", "audit_links", "resealings", "secrets"})
_AT_ONCE = 500
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class KeptLetter:
    """A message as it was sent, with the token that stands for it in its row."""

    number: int
    letter: str
    person: str
    token: str
    content: bytes


def rows_about(session: Session, person: str, keys: Collection[int]) -> Rows:
    """Return every row that is of a person or holds a value of their keys, by table, values opened."""
    return {
        table.name: rows
        for table in _tables()
        if (rows := list(_opened(session, table, list(_keys_of_rows(session, table, person, keys)))))
    }


def clear_texts_with(session: Session, needles: Collection[str]) -> list[tuple[str, Any]]:
    """Return table and key of every row in which something is said in clear: not under anybody's key."""
    found: list[tuple[str, Any]] = []
    for table in _tables():
        (key,) = table.primary_key
        rows = session.execute(select(*raw_columns(table))).mappings()
        found += [(table.name, row[key.key]) for row in rows if _says(row.values(), needles)]
    return found


def kept_letters(session: Session) -> Iterator[KeptLetter]:
    """Yield every letter whose bytes are still kept, one after the other."""
    table = cast("Table", Letter.__table__)
    columns = [column for column in raw_columns(table) if column.key in ("id", "content")]
    rows = session.execute(select(*columns)).all()
    tokens = {row.id: bytes(row.content).decode("ascii", "replace") for row in rows}
    for number, token in tokens.items():
        row = session.execute(
            select(Letter.letter, Letter.person, Letter.content).where(Letter.id == number)
        ).one()
        yield KeptLetter(number, row.letter, row.person, token, bytes_of(row.content))


@dataclass(frozen=True, slots=True)
class KeptMessage:
    """A message that came and is kept still: from which address, for which people, under which tokens."""

    number: int
    sender: str
    people: frozenset[str]
    tokens: tuple[str, ...]
    content: bytes


def kept_messages(session: Session) -> Iterator[KeptMessage]:
    """Yield every message that came and whose bytes are still kept, one after the other."""
    table = cast("Table", IncomingItem.__table__)
    columns = [column for column in raw_columns(table) if column.key in ("id", "content", "subject")]
    rows = session.execute(select(*columns).where(table.c.content.is_not(None))).all()
    people: defaultdict[int, set[str]] = defaultdict(set)
    for number, person in session.execute(select(ItemFate.item, ItemFate.person)):
        if person:
            people[number].add(person)
    for row in rows:
        asked = select(IncomingItem.sender, IncomingItem.content).where(IncomingItem.id == row.id)
        sender, content = session.execute(asked).one()
        if content is not None and not isinstance(content, UnreadBytes):
            tokens = tuple(filter(None, (_token(row.content), _token(row.subject))))
            yield KeptMessage(row.id, str(sender), frozenset(people[row.id]), tokens, decompress(content))


def values_before(
    session: Session, kind: type[Recorded], columns: Collection[str], at: datetime
) -> Iterator[str]:
    """Yield the tokens in some columns of rows that were recorded before an instant, of values kept still."""
    table = cast("Table", kind.__table__)  # type: ignore[attr-defined]  # every kind that is recorded has one
    named = [column for column in raw_columns(table) if column.key in columns]
    asked = select(*named).where(table.c.recorded_at < at).order_by(table.c.id)
    found = [token for row in session.execute(asked) for value in row if (token := _token(value))]
    kept = kept_values(session, found)
    yield from (token for token in dict.fromkeys(found) if token in kept)


def _token(value: object) -> str | None:
    return token_in(value if isinstance(value, bytes) else str(value or "").encode())


def _tables() -> list[Table]:
    return [table for table in tables.TABLES if table.name not in _OUR_OWN]


def _keys_of_rows(session: Session, table: Table, person: str, keys: Collection[int]) -> Iterator[Any]:
    (key,) = table.primary_key
    for row in session.execute(select(*raw_columns(table))).mappings():
        if row.get("person") == person or any(_is_of(value, keys) for value in row.values()):
            yield row[key.key]


def _says(values: Iterable[object], needles: Collection[str]) -> bool:
    return any(needle in str(value) for value in values for needle in needles)


def _is_of(value: object, keys: Collection[int]) -> bool:
    text = value.decode("ascii", "replace") if isinstance(value, bytes) else str(value)
    return "~" in text and any(number_in(found[0]) in keys for found in TOKEN.finditer(text))


def _opened(session: Session, table: Table, numbers: Sequence[Any]) -> Iterator[dict[str, Any]]:
    (key,) = table.primary_key
    for first in range(0, len(numbers), _AT_ONCE):
        some = select(table).where(key.in_(numbers[first : first + _AT_ONCE])).order_by(key)
        yield from (dict(row) for row in session.execute(some).mappings())
