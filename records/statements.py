"""The statements that were published: every version, with its files' hashes and, of a correction, why."""

from datetime import date
from typing import Any

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from records.schema import Base, Recorded


class PublishedStatement(Recorded, Base):
    """One version of a statement; `name` is a month (2026-10), or the day it was asked for.

    `sha256` is that of its figures, `files` has the SHA-256 of each file by name. `reason` is null for the
    first version.
    """

    __tablename__ = "statements"
    __table_args__ = (UniqueConstraint("name", "version"),)

    name: Mapped[str] = mapped_column(index=True)
    version: Mapped[int]
    as_of: Mapped[date]
    sha256: Mapped[str]
    files: Mapped[dict[str, Any]]
    reason: Mapped[str | None]


def publish(session: Session, row: PublishedStatement) -> None:
    """Record a version of a statement."""
    session.add(row)
    session.flush()


def statements(session: Session, name: str | None = None) -> list[PublishedStatement]:
    """Return every version of one statement or of all, the latest statement and version first."""
    found = select(PublishedStatement).order_by(
        PublishedStatement.as_of.desc(), PublishedStatement.name.desc(), PublishedStatement.version.desc()
    )
    return list(session.scalars(found.where(PublishedStatement.name == name) if name else found))


def latest_statement(session: Session, name: str) -> PublishedStatement | None:
    """Return the version of a statement that stands."""
    return next(iter(statements(session, name)), None)


def statement_with(session: Session, file: str) -> PublishedStatement | None:
    """Return the statement that a file of this name belongs to."""
    return next((found for found in statements(session) if file in found.files), None)
