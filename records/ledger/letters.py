"""The letters: every message byte for byte, kept before it was handed to a channel."""

import zlib
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from records.audit import add_all
from records.ledger.notices import LEDGER, Notice
from records.personal.columns import PersonalBytes, UnreadBytes
from records.schema import Base, Recorded


class Letter(Recorded, Base):
    """One message on its way to one person. `letter` is its Message-ID; `content` is compressed (zlib)."""

    __tablename__ = "letters"

    letter: Mapped[str] = mapped_column(index=True)
    person: Mapped[str]
    channel: Mapped[str]
    sha256: Mapped[str]
    content: Mapped[bytes] = mapped_column(PersonalBytes("person"))


def keep_letter(
    session: Session, notices: Sequence[Notice], letter: str, content: bytes, at: datetime, by: str
) -> None:
    """Keep a message that is about to be sent, and say in the ledger which notices travel in it."""
    row = {
        "letter": letter,
        "person": notices[0].person,
        "channel": notices[0].channel,
        "sha256": sha256(content).hexdigest(),
        "content": zlib.compress(content, 6),
    }
    add_all(session, Letter, [{"recorded_at": at, "recorded_by": by, **row}])
    session.connection().execute(_CARRIED, {"of": [n.notice_key for n in notices], "letter": letter})


_CARRIED = update(LEDGER).where(LEDGER.c.notice_key.in_(bindparam("of", expanding=True)))


def kept_since(session: Session, at: datetime) -> bool:
    """Return whether a message was kept at an instant or later."""
    return session.scalars(select(Letter.id).where(Letter.recorded_at >= at).limit(1)).first() is not None


def letter_of(session: Session, letter: str) -> bytes | None:
    """Return the last message that was sent under this Message-ID, byte for byte; None if there is none."""
    asked = select(Letter.content).where(Letter.letter == letter).order_by(Letter.id.desc())
    content = session.scalars(asked).first()
    return bytes_of(content) if content else None


def bytes_of(content: bytes) -> bytes:
    """Return a message as it was sent, of what is kept of it; of a forgotten one, that it is."""
    return content if isinstance(content, UnreadBytes) else zlib.decompress(content)
