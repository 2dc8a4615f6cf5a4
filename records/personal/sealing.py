"""Recording personal values: each is encrypted beside the record, and its token stands in the row."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.orm import Session

from records.personal.ciphering import TOKEN, Key, new_secret
from records.personal.columns import EACH, OWN, PROGRAM, WITHIN, Sealed, SealedBytes
from records.personal.tables import PersonalKey, PersonalValue
from records.personal.wallet import wallet_of

_PART = r"[^@\s<>,;:()'\"/=~]"
_ADDRESS = re.compile(rf"(?:[^<>\n]*<)?{_PART}+@{_PART}+\.{_PART}*[\w-]>?")
_BARE = re.compile(rf"{_PART}+@{_PART}*[\w-]")
_INSERTS: dict[str, Callable[[type[PersonalValue]], Any]] = {
    "sqlite": lambda table: insert_sqlite(table).on_conflict_do_nothing(),
    "postgresql": lambda table: insert_postgresql(table).on_conflict_do_nothing(),
}
_OF_SOMEBODY = '"person":"'
_OWNED = ("name", "reason", "title")


class Sealer:
    """Seals values within one session. Its keys are nobody else's before the session is committed."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._keys: dict[str, Key] = {}
        self._written: set[str] = set()
        self._kinds: Mapping[str, Callable[[Any], Any]] = {
            OWN: self._own,
            EACH: self._each,
            WITHIN: lambda value: self._texted(value, self.within(value)),
        }
        self._wallet = wallet_of(session.connection().engine)

    def text(self, holder: str, value: str) -> Sealed:
        """Return a text that is recorded as its token."""
        sealed = Sealed(value)
        sealed.token = self._kept(holder, value.encode())
        return sealed

    def content(self, holder: str, value: bytes) -> SealedBytes:
        """Return bytes that are recorded as their token."""
        sealed = SealedBytes(value)
        sealed.token = self._kept(holder, value)
        return sealed

    def name(self, value: str) -> str:
        """Return what a name is recorded as: its token, unless it is the program's own."""
        return value if value in PROGRAM or not value else self.text(value.strip(), value).token

    def within(self, text: str, name: str = "") -> str:
        """Return a text in which addresses, and a name if one is given, are tokens."""
        if name and name not in PROGRAM and name in text:
            text = text.replace(name, self.name(name))
        return _ADDRESS.sub(lambda found: self._addressed(found[0]), text) if "@" in text else text

    def json(self, text: str) -> str:
        """Return a JSON text in which what is said to be of a `person` is tokens."""
        if _OF_SOMEBODY not in text:
            return text
        return json.dumps(self._owned(json.loads(text)), ensure_ascii=False, separators=(",", ":"))

    def value(self, holder: str | None, row: Mapping[str, Any], column: str) -> Any:  # noqa: ANN401 (of any column)
        """Return the value of a column as it is to be recorded."""
        value = row.get(column)
        if value is None or holder is None or isinstance(value, Sealed | SealedBytes):
            return value
        if holder in self._kinds:
            return self._kinds[holder](value)
        person = row.get(holder)
        if person is None:
            return value
        return self.content(person, value) if isinstance(value, bytes) else self.text(person, value)

    def done(self) -> None:
        """Let go of what was not committed, or is on record now."""
        for token in self._written:
            self._wallet.uncommitted.pop(token, None)
        self._written.clear()
        self._keys.clear()

    def _own(self, value: str) -> str:
        return value if value in PROGRAM or not value else self.text(value.strip(), value)

    def _each(self, value: list[str] | dict[str, str]) -> list[str] | dict[str, str]:
        if isinstance(value, list):
            return [self._behind_a_word(each) for each in value]
        return {name: self._own(each) for name, each in value.items()}

    def _behind_a_word(self, value: str) -> str:
        word, _, subject = value.partition(" ")
        return self._texted(value, f"{word} {self.name(subject)}") if subject else value

    def _texted(self, value: str, kept: str) -> str:
        if value == kept:
            return value
        sealed = Sealed(value)
        sealed.token = kept
        return sealed

    def _owned(self, value: Any) -> Any:  # noqa: ANN401 (of any JSON)
        if isinstance(value, list):
            return [self._owned(each) for each in value]
        if not isinstance(value, dict):
            return value
        found = {name: self._owned(each) for name, each in value.items()}
        if isinstance(person := value.get("person"), str):
            of = {name: each for name, each in value.items() if name in _OWNED and _is_open(each)}
            found |= {name: self.text(person, each).token for name, each in of.items()}
        return found

    def _addressed(self, found: str) -> str:
        address = _BARE.search(found)
        return self.text(address[0].casefold(), found).token if address else found

    def _kept(self, holder: str, value: bytes) -> str:
        key = self._keys.get(holder) or self._key(holder)
        token = key.token(value)
        if token not in self._written:
            connection = self._session.connection()
            adding = _INSERTS[connection.dialect.name](PersonalValue)
            row = {"token": token, "key": key.number, "value": key.close(token, value)}
            connection.execute(adding, [row])
            self._written.add(token)
            self._wallet.uncommitted[token] = value
        return token

    def _key(self, holder: str) -> Key:
        connection = self._session.connection()
        asked = select(PersonalKey.number, PersonalKey.secret).where(PersonalKey.holder == holder)
        if (found := connection.execute(asked).first()) is None:
            adding = insert(PersonalKey).returning(PersonalKey.number, PersonalKey.secret)
            found = connection.execute(adding, {"holder": holder, "secret": new_secret()}).one()
        key = self._keys[holder] = Key(*found)
        return key


def _is_open(value: object) -> bool:
    """Return whether a value is a text that is not a token already."""
    return isinstance(value, str) and not TOKEN.fullmatch(value)


def sealer_of(session: Session) -> Sealer:
    """Return what seals the personal values of a session."""
    found: Sealer | None = session.info.get("sealer")
    if found is None:
        found = session.info["sealer"] = Sealer(session)
    return found


def sealed(session: Session) -> None:
    """Let go of what a session kept in memory of what it sealed; to be called when it is over."""
    if (sealer := session.info.pop("sealer", None)) is not None:
        sealer.done()
