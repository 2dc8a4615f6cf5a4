"""The letters: every message byte for byte, kept before it was handed to a channel."""

import zlib
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from records.chain.audit import add_all
from records.ledger.notices import LEDGER, Notice
from records.personal.columns import PersonalBytes, UnreadBytes
from records.schema import ADDED_LATER, Base, Packed, Recorded


class Letter(Recorded, Base):
    """One message on its way to one person; `content` is compressed (zlib).

    `letter` is the Message-ID of a mail; of a short text, which has none, the name made by `name_of_short`.
    `carries` are the keys of the notices that travel in it; null for those kept before that was recorded.
    """

    __tablename__ = "letters"

    letter: Mapped[str] = mapped_column(index=True)
    person: Mapped[str]
    channel: Mapped[str]
    sha256: Mapped[str]
    content: Mapped[bytes] = mapped_column(PersonalBytes("person"))
    carries: Mapped[list[str] | None] = mapped_column(Packed, default=None, info=ADDED_LATER)


_SHORT = "short "


def name_of_short(notices: Sequence[Notice]) -> str:
    """Return the name under which a short text about these notices is kept."""
    keys = "\n".join(sorted(notice.notice_key for notice in notices))
    return f"{_SHORT}{sha256(keys.encode()).hexdigest()[:32]}"


def is_short(letter: str) -> bool:
    """Return whether what is kept under this name is a short text, and no mail."""
    return letter.startswith(_SHORT)


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
        "carries": sorted(notice.notice_key for notice in notices),
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


def letters_beginning(session: Session, beginning: str) -> set[str]:
    """Return the Message-IDs that begin so, of all mails that were sent."""
    asked = select(Letter.letter).where(Letter.letter.startswith(beginning, autoescape=True))
    return set(session.scalars(asked))


def bytes_of(content: bytes) -> bytes:
    """Return a message as it was sent, of what is kept of it; of a forgotten one, that it is."""
    return content if isinstance(content, UnreadBytes) else zlib.decompress(content)


def sums_of_letters(session: Session) -> list[tuple[list[str], str]]:
    """Return which notices each letter carries, and its SHA-256, as far as letters say what they carry."""
    asked = select(Letter.carries, Letter.sha256).where(Letter.carries.is_not(None)).order_by(Letter.id)
    return [(carries or [], sha256) for carries, sha256 in session.execute(asked)]
