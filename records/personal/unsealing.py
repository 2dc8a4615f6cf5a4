"""Proving sealed rows that hold tokens: what the tokens stand for, and rows that were recorded without them.

Before migration 0014 a row held its personal values itself. They were moved out of it; that is itself on
record, in one block of the chain. Such a row is proved by putting back what was moved out: it has the digest
it always had. Where somebody was forgotten that cannot be done, and the block is what proves it.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from records.personal.ciphering import TOKEN, SpoiltValueError
from records.personal.columns import AbsentBytes, UnreadBytes, personal_columns
from records.personal.tables import Resealing
from records.personal.wallet import Wallet

Row = Mapping[str, Any]
Digest = Callable[[Table, dict[str, Any]], str]


class Unsealing:
    """What one walk along the chain has found out about tokens."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._wallet = Wallet(lambda: nullcontext(session.connection()))
        self._resealed: dict[tuple[str, int], tuple[str, str]] | None = None
        self._begun = self._over = False

    def passed(self, table: str) -> str | None:
        """Note that the walk passes a row of a table; return what is wrong if it must not stand there."""
        if table != Resealing.__tablename__:
            self._over = self._over or self._begun
            return None
        self._begun = True
        return "values are said to have been moved out of old rows where none were" if self._over else None

    def spoilt(self, table: Table, row: Row) -> str | None:
        """Return what is wrong with the personal values of a row that has the digest it was sealed with."""
        for token in _tokens(table, row):
            self._over = True  # recorded with tokens: nothing after this was ever without them
            try:
                if isinstance(self._wallet.opened(token), AbsentBytes):
                    return "what a person said in it was taken out, and nobody was forgotten"
            except SpoiltValueError:
                return "what a person said in it was changed after it was recorded"
        return None

    def was_resealed(self, table: Table, row: Row, before: str, after: str, digest: Digest) -> bool:
        """Return whether a row had the digest `before` until its personal values were moved out of it."""
        if self._resealings().get((table.name, row["id"])) != (before, after):
            return False
        try:
            found = {token: self._wallet.opened(token) for token in _tokens(table, row)}
        except SpoiltValueError:
            return False
        unread = [value for value in found.values() if isinstance(value, UnreadBytes)]
        if any(isinstance(value, AbsentBytes) for value in unread):
            return False
        return bool(unread) or digest(table, _put_back(table, row, found)) == before

    def _resealings(self) -> dict[tuple[str, int], tuple[str, str]]:
        if self._resealed is None:
            rows = self._session.execute(
                select(Resealing.of_table, Resealing.of_row, Resealing.before, Resealing.after)
            )
            self._resealed = {(table, row): (before, after) for table, row, before, after in rows}
        return self._resealed


def _tokens(table: Table, row: Row) -> Iterator[str]:
    for column in personal_columns(table):
        yield from (found[0] for found in TOKEN.finditer(_written(row.get(column))))


def _written(value: object) -> str:
    """Return a value as a text in which its tokens are found; other bytes are too long to be searched."""
    if isinstance(value, bytes):
        return value.decode("ascii", "replace") if len(value) < 100 else ""  # noqa: PLR2004 (no token is longer)
    return "" if value is None else str(value)


def _put_back(table: Table, row: Row, found: Mapping[str, bytes]) -> dict[str, Any]:
    """Return a row as it was before its values were moved out."""
    return {**row, **{name: _opened(row.get(name), found) for name in personal_columns(table)}}


def _opened(value: Any, found: Mapping[str, bytes]) -> Any:  # noqa: ANN401 (of any column)
    if isinstance(value, bytes):
        return found.get(value.decode("ascii", "replace"), value)
    if isinstance(value, list):
        return [_opened(each, found) for each in value]
    if isinstance(value, dict):
        return {name: _opened(each, found) for name, each in value.items()}
    if isinstance(value, str):
        return TOKEN.sub(lambda token: found[token[0]].decode(), value)
    return value
