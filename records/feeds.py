"""The calendar feeds: who was given a secret address, and whose was taken back.

Only the SHA-256 of the secret is kept: who reads the database cannot read the feeds.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from records.personal.columns import OWN, Personal
from records.schema import Base, Recorded


class FeedGrant(Recorded, Base):
    """A secret address given to a reader; `obligation` and `actor` narrow what it shows, null for all."""

    __tablename__ = "feed_grants"

    reader: Mapped[str] = mapped_column(Personal(OWN), index=True)
    language: Mapped[str]
    obligation: Mapped[str | None]
    actor: Mapped[str | None]
    token_sha256: Mapped[str] = mapped_column(unique=True)


class FeedRevocation(Recorded, Base):
    """The end of a grant; it is taken back once."""

    __tablename__ = "feed_revocations"

    grant: Mapped[int] = mapped_column(ForeignKey("feed_grants.id"), unique=True)
    reason: Mapped[str]


@dataclass(frozen=True, slots=True)
class Feed:
    """A grant, and why it was taken back if it was."""

    grant: FeedGrant
    revoked: FeedRevocation | None


class UnknownFeedError(LookupError):
    """Nobody of that name has a feed that could be taken back."""


def digest_of(token: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def grant_feed(session: Session, row: FeedGrant) -> None:
    """Record that a reader was given an address."""
    session.add(row)
    session.flush()


def revoke_feeds(session: Session, reader: str, reason: str, by: str, at: datetime) -> int:
    """Take back every address a reader still has, and return how many those were.

    Raises:
        UnknownFeedError: the reader has none.
    """
    standing = [feed.grant for feed in feeds(session) if feed.grant.reader == reader and not feed.revoked]
    if not standing:
        raise UnknownFeedError(f"{reader!r} has no feed to take back; see: mandates feed list")
    for grant in standing:
        session.add(FeedRevocation(recorded_at=at, recorded_by=by, grant=grant.id, reason=reason))
    session.flush()
    return len(standing)


def feeds(session: Session) -> list[Feed]:
    """Return every feed ever granted, the earliest first."""
    found = select(FeedGrant, FeedRevocation).outerjoin(FeedRevocation).order_by(FeedGrant.id)
    return [Feed(grant, revoked) for grant, revoked in session.execute(found)]


def feed_at(session: Session, token: str) -> Feed | None:
    """Return the feed at a secret address, or None where there is none."""
    found = select(FeedGrant, FeedRevocation).outerjoin(FeedRevocation)
    row = session.execute(found.where(FeedGrant.token_sha256 == digest_of(token))).first()
    return Feed(row[0], row[1]) if row else None
