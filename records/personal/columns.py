"""Columns that hold what belongs to a person: written as tokens, read as what those stand for."""

import json
from functools import cache
from typing import Any, Protocol

from sqlalchemy import JSON, ColumnElement, Dialect, LargeBinary, String, Table, TypeDecorator, type_coerce

from records.personal.ciphering import TOKEN

OWN = "itself"
"""The holder of a name or an address: it is known by that alone."""
EACH = "each"
"""Each of several names is its own holder; of a list, what stands behind the first word of each."""
WITHIN = "within"
"""Each address within a text, with what stands before it on its line, is its own holder."""
PROGRAM = frozenset(
    {
        *(
            "assemble",
            "calendar",
            "collect",
            "directory",
            "dispatch",
            "enforce",
            "folder",
            "forecast",
            "history",
            "mailbox",
        ),
        *("mandates", "recover", "retention", "statement", "watch", "migration 0014", "migration 0020"),
        *("command line",),
    }
)
"""What records by itself, and is nobody."""

_MARK = "~"


class Sealed(str):
    """A text that is about to be recorded, with the token that stands for it in the sealed row."""

    __slots__ = ("token",)
    token: str


class SealedBytes(bytes):
    """Bytes that are about to be recorded, with the token that stands for them in the sealed row."""

    token: str


class UnreadBytes(bytes):
    """What is shown in place of a value that is not there to be read."""


class ForgottenBytes(UnreadBytes):
    """That a value is forgotten, in words."""


class LockedBytes(UnreadBytes):
    """That a value cannot be read because its key is not here, though nobody was forgotten."""


class AbsentBytes(UnreadBytes):
    """The token of a value that is not kept, though its key is."""


class Personal(TypeDecorator[str]):
    """A text of a person. `holder` names the column with their id, or is `OWN` or `WITHIN`.

    Without one, nothing is sealed by itself, and tokens within the text are read as what they stand for.
    """

    impl = String
    cache_ok = True

    def __init__(self, holder: str | None = None) -> None:
        super().__init__()
        self.holder = holder

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 (SQLAlchemy's signature)
        """Write the token of what was sealed."""
        return value.token if isinstance(value, Sealed) else value

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the text, with what its tokens stand for."""
        if value is None or _MARK not in value:
            return value
        opened = opener_of(dialect).opened
        return TOKEN.sub(lambda found: opened(found[0]).decode(), value)


class PersonalJson(Personal):
    """A JSON text in which some strings are tokens."""

    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the JSON, with what its tokens stand for."""
        if value is None or _MARK not in value:
            return value
        opened = opener_of(dialect).opened
        return TOKEN.sub(lambda found: json.dumps(opened(found[0]).decode(), ensure_ascii=False)[1:-1], value)


class PersonalBytes(TypeDecorator[bytes]):
    """Bytes of a person, whose id the column `holder` has."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, holder: str) -> None:
        super().__init__()
        self.holder = holder

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002 (SQLAlchemy's signature)
        """Write the token of what was sealed."""
        return value.token.encode() if isinstance(value, SealedBytes) else value

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Return the bytes, or that they are forgotten."""
        token = token_in(value) if value is not None else None
        return value if token is None else opener_of(dialect).opened(token)


class PersonalNames(TypeDecorator[dict[str, str]]):
    """Names by role, each its own holder, kept as JSON; `opened` False leaves the tokens."""

    impl = String
    cache_ok = True

    def __init__(self, *, opened: bool = True) -> None:
        super().__init__()
        self.holder = EACH
        self.opened = opened

    def process_bind_param(self, value: dict[str, str] | None, dialect: Dialect) -> str | None:  # noqa: ARG002 (SQLAlchemy's signature)
        """Write it as JSON, the same text for the same names, of those that were sealed their tokens."""
        return None if value is None else json.dumps(raw(value), ensure_ascii=False, sort_keys=True)

    def process_result_value(self, value: str | None, dialect: Dialect) -> dict[str, str] | None:
        """Return the names."""
        found: dict[str, str] | None = None if value is None else json.loads(value)
        if not found or not self.opened or _MARK not in str(value):
            return found
        opened = opener_of(dialect).opened
        return {
            name: TOKEN.sub(lambda token: opened(token[0]).decode(), each) for name, each in found.items()
        }


class PersonalChanges(TypeDecorator[list[str]]):
    """Changes as kind and subject, each subject its own holder; `opened` False leaves the tokens."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def __init__(self, *, opened: bool = True) -> None:
        super().__init__()
        self.holder = EACH
        self.opened = opened

    def process_bind_param(self, value: list[str] | None, dialect: Dialect) -> Any:  # noqa: ANN401, ARG002 (SQLAlchemy's signature)
        """Write of those that were sealed their tokens."""
        return raw(value)

    def process_result_value(self, value: list[str] | None, dialect: Dialect) -> list[str] | None:
        """Return the changes."""
        if not value or not self.opened or _MARK not in str(value):
            return value
        opened = opener_of(dialect).opened
        return [TOKEN.sub(lambda token: opened(token[0]).decode(), each) for each in value]


def token_in(value: bytes) -> str | None:
    """Return the token that bytes are; None where they are none."""
    if not value.startswith(_MARK.encode()) or len(value) > 60:  # noqa: PLR2004 (no token is longer)
        return None
    text = value.decode("ascii", "replace")
    return text if TOKEN.fullmatch(text) else None


@cache
def personal_columns(table: Table) -> dict[str, str | None]:
    """Return the columns of a table that hold what belongs to a person, each with its holder."""
    kinds = (Personal, PersonalBytes, PersonalNames, PersonalChanges)
    return {c.key: c.type.holder for c in table.columns if isinstance(c.type, kinds)}


@cache
def raw_columns(table: Table) -> tuple[ColumnElement[Any], ...]:
    """Return the columns of a table as they are kept: what is personal, as tokens."""
    plain: dict[type, Any] = {
        Personal: String(),
        PersonalJson: String(),
        PersonalBytes: LargeBinary(),
        PersonalNames: PersonalNames(opened=False),
        PersonalChanges: PersonalChanges(opened=False),
    }
    return tuple(
        type_coerce(c, plain[type(c.type)]).label(c.key) if type(c.type) in plain else c
        for c in table.columns
    )


def raw(value: object) -> object:
    """Return a value as it is kept: of what was sealed, its token."""
    if isinstance(value, Sealed):
        return value.token
    if isinstance(value, list):
        return [raw(each) for each in value]
    if isinstance(value, dict):
        return {name: raw(each) for name, each in value.items()}
    return value.token.encode() if isinstance(value, SealedBytes) else value


class Opener(Protocol):
    """Whoever can open tokens."""

    def opened(self, token: str) -> bytes:
        """Return what a token stands for."""


_OPENER = "personal_opener"


def opener_of(dialect: Dialect) -> Opener:
    """Return what opens tokens for all engines of a dialect; `let_open` has given it."""
    found: Opener = getattr(dialect, _OPENER)
    return found


def let_open(dialect: Dialect, opener: Opener) -> None:
    """Let the values read from one database be opened by `opener`: a type knows only the dialect."""
    setattr(dialect, _OPENER, opener)
