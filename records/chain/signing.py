"""The keys that sign the head of the chain, and the chain as others can hold it: without contents."""

from collections.abc import Iterator
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from records.chain.audit import AuditLink
from records.schema import Base, Recorded


class KeyFate(StrEnum):
    """What is said of a key."""

    MADE = "made"
    LOST = "lost"


class SigningKey(Recorded, Base):
    """That a key signs from now on, or that it is lost or in wrong hands; the last row counts.

    `public` is the public key in hexadecimal, `fingerprint` its SHA-256. `endorsement` is what the key before
    signed of it; null for the first key, and for one that follows a lost one: nothing vouches for that but
    people.
    """

    __tablename__ = "signing_keys"

    fate: Mapped[str]
    fingerprint: Mapped[str] = mapped_column(index=True)
    public: Mapped[str]
    endorsement: Mapped[str | None]
    reason: Mapped[str]


def signing_keys(session: Session) -> list[SigningKey]:
    """Return what was said of keys, the earliest first."""
    return list(session.scalars(select(SigningKey).order_by(SigningKey.id)))


def record_signing_key(session: Session, row: SigningKey) -> None:
    """Record what is said of a key."""
    session.add(row)
    session.flush()


def head_of(session: Session) -> tuple[int, str] | None:
    """Return position and hash of the last link of the chain; None where nothing was recorded."""
    asked = select(AuditLink.position, AuditLink.chain).order_by(AuditLink.position.desc()).limit(1)
    found = session.execute(asked).first()
    return (found.position, found.chain) if found else None


def chain_at(session: Session, position: int) -> str | None:
    """Return the hash of the chain at a position; None where it has no such link."""
    return session.scalar(select(AuditLink.chain).where(AuditLink.position == position))


def links(session: Session) -> Iterator[tuple[int, str]]:
    """Yield position and digest of each link in the order of the chain: whoever has them can derive it."""
    asked = select(AuditLink.position, AuditLink.digest).order_by(AuditLink.position)
    yield from ((position, digest) for position, digest in session.execute(asked))
