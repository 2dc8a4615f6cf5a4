"""Who may read the board: links that let in once, the sessions they became, and tokens for machines.

Only the SHA-256 of each secret is kept: who reads the database cannot read the board with it.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from records.feeds import digest_of
from records.personal.columns import OWN, Personal
from records.schema import Base, Recorded


class PassKind(StrEnum):
    """What a pass is good for."""

    LINK = "link"  # opens one session
    SESSION = "session"  # reads the pages, the files and the addresses for machines
    TOKEN = "token"  # noqa: S105 (a name) reads the addresses for machines


class Pass(Recorded, Base):
    """A secret given to a reader, good until `expires_at`; `link` is the one that opened a session."""

    __tablename__ = "passes"

    kind: Mapped[str]
    reader: Mapped[str] = mapped_column(Personal(OWN), index=True)
    secret_sha256: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
    # Unique, so that the database decides which of two readers a link lets in.
    link: Mapped[int | None] = mapped_column(ForeignKey("passes.id"), unique=True, default=None)


class PassEnd(Recorded, Base):
    """That a pass was taken back before it expired."""

    __tablename__ = "pass_ends"

    of: Mapped[int] = mapped_column(ForeignKey("passes.id"), unique=True)
    reason: Mapped[str]


@dataclass(frozen=True, slots=True)
class Given:
    """A pass, and why it was taken back if it was."""

    given: Pass
    ended: PassEnd | None


class UnknownReaderError(LookupError):
    """Nobody of that name may read the board now."""


def give_pass(session: Session, row: Pass) -> None:
    """Record that a reader was given a secret."""
    session.add(row)
    session.flush()


def passes(session: Session, now: datetime) -> list[Given]:
    """Return every pass that has not expired, the earliest first; links that were used are left out."""
    found = select(Pass, PassEnd).outerjoin(PassEnd, PassEnd.of == Pass.id).where(Pass.expires_at > now)
    unused = found.where(Pass.id.not_in(_USED)).order_by(Pass.id)
    return [Given(given, ended) for given, ended in session.execute(unused)]


def pass_with(session: Session, kind: PassKind, secret: str, now: datetime) -> Pass | None:
    """Return the pass of this secret if it is good now: not expired, not taken back, as a link not used."""
    ended = select(PassEnd.of)
    found = select(Pass).where(
        Pass.secret_sha256 == digest_of(secret),
        Pass.kind == kind,
        Pass.expires_at > now,
        Pass.id.not_in(ended),
        Pass.id.not_in(_USED),
    )
    return session.scalars(found).first()


def end_passes(session: Session, reader: str, reason: str, by: str, at: datetime) -> int:
    """Take back every pass that a reader still has, and return how many those were.

    Raises:
        UnknownReaderError: the reader has none.
    """
    good = [each.given for each in passes(session, at) if each.given.reader == reader and not each.ended]
    if not good:
        raise UnknownReaderError(f"{reader!r} may not read the board as it is; see: mandates desk list")
    for each in good:
        session.add(PassEnd(recorded_at=at, recorded_by=by, of=each.id, reason=reason))
    session.flush()
    return len(good)


_USED = select(Pass.link).where(Pass.link.is_not(None))
