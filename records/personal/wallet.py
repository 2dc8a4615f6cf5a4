"""Opening tokens: keys and values are read when the first is asked for, many at once where many are."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Lock
from typing import TYPE_CHECKING
from weakref import ref

from sqlalchemy import Connection, Engine, event, func, select

from records.personal.ciphering import TOKEN, Key, number_in
from records.personal.columns import AbsentBytes, ForgottenBytes, LockedBytes, let_open, opener_of
from records.personal.tables import Forgetting, PersonalKey, PersonalValue

if TYPE_CHECKING:
    from datetime import datetime

_SHORT = 4000  # bytes; longer ones are letters, and are read one by one
_FEW = 8
_MOST = 200_000


class Wallet:
    """What one process has read of the personal values of a database.

    Nothing is shown after it was forgotten, whichever process did that: before the first token of a session
    is opened, it is asked whether anybody was.
    """

    def __init__(self, connect: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._connect = connect
        self._lock = Lock()
        self._stale = True
        self._last_forgotten = 0
        self._one_by_one = _FEW
        self._missed = 0
        self.uncommitted: dict[str, bytes] = {}
        self._forget_what_was_read()

    def end(self) -> None:
        """Let go of everything that was read."""
        with self._lock:
            self._forget_what_was_read()

    def begin(self) -> None:
        """Let the next token that is opened find out first whether anybody was forgotten meanwhile."""
        self._stale = True

    def opened(self, token: str) -> bytes:
        """Return what a token stands for: the value, or in words that it is forgotten or cannot be read.

        Raises:
            SpoiltValueError: what is kept is another value than was sealed.
        """
        written = self.uncommitted.get(token)
        if written is not None:
            return written
        with self._lock:
            if self._stale:
                self._look_for_forgettings()
            found = self._opened.get(token)
            if found is None:
                found = self._opened[token] = self._read(token)
            return found

    def _look_for_forgettings(self) -> None:
        with self._connect() as connection:
            last = connection.scalar(select(func.coalesce(func.max(Forgetting.id), 0))) or 0
        if last != self._last_forgotten or len(self._opened) > _MOST:
            self._forget_what_was_read()
            self._last_forgotten = last
        self._stale = False

    def _forget_what_was_read(self) -> None:
        self._opened: dict[str, bytes] = {}
        self._closed: dict[str, bytes] = {}
        self._keys: dict[int, Key] = {}
        self._forgotten: dict[int, datetime] = {}

    def _read(self, token: str) -> bytes:
        number = number_in(token)
        with self._connect() as connection:
            key = self._keys.get(number) or self._key(connection, number)
            if key is None:
                return self._absent(number)
            kept = self._closed.pop(token, None) or self._value(connection, token)
            ended = kept is None and connection.scalar(_ENDED.where(Forgetting.token == token))
        if kept is None:
            return _forgotten(ended) if ended else AbsentBytes(token.encode())
        return key.open(token, kept)

    def _key(self, connection: Connection, number: int) -> Key | None:
        if number in self._forgotten:
            return None
        found = connection.execute(select(PersonalKey.number, PersonalKey.secret))
        self._keys = {each: Key(each, secret) for each, secret in found}
        whole = select(Forgetting.key, Forgetting.recorded_at).where(Forgetting.token.is_(None))
        self._forgotten = dict(connection.execute(whole).all())
        return self._keys.get(number)

    def _value(self, connection: Connection, token: str) -> bytes | None:
        """Return one value; once several were missing, all short ones are read with it."""
        self._missed += 1
        if self._missed > self._one_by_one:
            asked = select(PersonalValue.token, PersonalValue.value)
            self._closed = dict(
                connection.execute(asked.where(func.length(PersonalValue.value) <= _SHORT)).all()
            )
            self._missed, self._one_by_one = 0, max(_FEW, len(self._closed) // 4)
            if (kept := self._closed.pop(token, None)) is not None:
                return kept
        return connection.scalar(select(PersonalValue.value).where(PersonalValue.token == token))

    def _absent(self, number: int) -> bytes:
        at = self._forgotten.get(number)
        if at is not None:
            return _forgotten(at)
        return LockedBytes(f"not readable without its key, number {number}".encode())


_ENDED = select(Forgetting.recorded_at)


def _forgotten(at: "datetime") -> ForgottenBytes:
    return ForgottenBytes(f"forgotten on {at:%Y-%m-%d}".encode())


def unread(text: str) -> bool:
    """Return whether a text only says why what was recorded cannot be read."""
    return bool(_UNREAD.fullmatch(text))


_UNREAD = re.compile(
    rf"forgotten on \d{{4}}-\d\d-\d\d|not readable without its key, number \d+|{TOKEN.pattern}"
)


def give_wallet(engine: Engine) -> Wallet:
    """Let what is read through an engine be opened, and return what opens it."""
    # SQLAlchemy keeps dialects in caches of its own; with one must not stay an engine that is used no more.
    kept = ref(engine)
    wallet = Wallet(lambda: _there(kept()).connect())
    let_open(engine.dialect, wallet)
    event.listen(engine, "engine_disposed", lambda _: wallet.end())
    return wallet


def _there(engine: Engine | None) -> Engine:
    assert engine is not None  # noqa: S101 (it is in use: something was read through it)
    return engine


def wallet_of(engine: Engine) -> Wallet:
    """Return what opens the tokens of an engine's database."""
    wallet = opener_of(engine.dialect)
    assert isinstance(wallet, Wallet)  # noqa: S101 (every engine was given one)
    return wallet
