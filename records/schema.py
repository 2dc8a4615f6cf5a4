"""What all tables share: naming, instants in UTC, and rows that are only ever added."""

import json
from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Date, DateTime, Dialect, LargeBinary, MetaData, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

from records.personal.columns import OWN, Personal

CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


# The mark of a column that a later migration added to recorded rows: where it is null, it is no part of the
# row's seal, so that the seals of the rows before it still hold.
ADDED_LATER = {"added_later": True}


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept in UTC on every database (SQLite has no time zones of its own)."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (SQLAlchemy's signature)
        """Store UTC without its zone.

        Raises:
            ValueError: the instant is naive: nobody could say when it was.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs a time zone: {value!r}")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (SQLAlchemy's signature)
        """Return the instant in UTC."""
        return value.replace(tzinfo=UTC) if value else None


class Packed(TypeDecorator[Any]):
    """A list, or a mapping, kept as text, so that every database can say whether two are the same."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002, ANN401 (SQLAlchemy's signature)
        """Store it as JSON, the same text for the same content."""
        return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002, ANN401 (SQLAlchemy's signature)
        """Return what was stored."""
        return None if value is None else json.loads(value)


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """The base of every table."""

    metadata = MetaData(naming_convention=CONVENTION)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        date: Date(),
        datetime: Instant(),
        str: String(),
        bytes: LargeBinary(),
        dict[str, Any]: JSON(),
        list[str]: JSON(),
    }


class Recorded(MappedAsDataclass, kw_only=True):
    """A row that is only ever added, never changed, and sealed into the audit chain when it is."""

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(Personal(OWN))
