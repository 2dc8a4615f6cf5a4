"""What each reader's calendar was given: for every entry the number, the stamp, and what it said.

A reader is a person who is written to, the address of a feed, or whoever is handed a file. Rows are only
added: the last of a reader and a UID is what that reader has.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from records.chain.audit import add_all
from records.cycles import rows_about
from records.schema import Base, Recorded


class PublishedEntry(Recorded, Base):
    """An entry as a reader was given it; `content` is what it said, as JSON, and `digest` its SHA-256."""

    __tablename__ = "published_entries"
    __table_args__ = (UniqueConstraint("reader", "uid", "sequence"),)

    reader: Mapped[str]
    uid: Mapped[str]
    cycle: Mapped[str] = mapped_column(index=True)
    sequence: Mapped[int]
    digest: Mapped[str]
    stamped_at: Mapped[datetime]
    content: Mapped[str]


@dataclass(frozen=True, slots=True)
class Published:
    """An entry as it is published to one reader: its number (SEQUENCE), its stamp, and its content as JSON.

    `cycle` is the cycle, or the meeting, that it is about.
    """

    reader: str
    uid: str
    cycle: str
    sequence: int
    digest: str
    stamped_at: datetime
    content: str


_COLUMNS = tuple(getattr(PublishedEntry, name) for name in Published.__dataclass_fields__)
_ALWAYS = datetime.max.replace(tzinfo=UTC)
ByUid = dict[str, Published]


def published_to(
    session: Session,
    reader: str,
    known_at: datetime | None = None,
    cycles: Collection[str] | None = None,
) -> ByUid:
    """Return what a reader has, by UID: as of `known_at` (now, when None), about some cycles or all."""
    asked = select(*_COLUMNS).where(PublishedEntry.reader == reader)
    asked = asked.where(PublishedEntry.recorded_at <= (known_at or _ALWAYS)).order_by(PublishedEntry.id)
    rows = rows_about(session, asked, PublishedEntry.cycle, cycles)
    return {row.uid: Published(*row) for row in rows}


def published_about(session: Session, cycles: Collection[str], readers: str) -> dict[str, dict[str, ByUid]]:
    """Return what readers have about some cycles, by cycle, by reader, by UID.

    Of all readers those whose names begin with `readers`.
    """
    found: defaultdict[str, defaultdict[str, ByUid]] = defaultdict(lambda: defaultdict(dict))
    asked = select(*_COLUMNS).where(PublishedEntry.reader.startswith(readers, autoescape=True))
    asked = asked.order_by(PublishedEntry.id)
    for row in rows_about(session, asked, PublishedEntry.cycle, cycles):
        found[row.cycle][row.reader][row.uid] = Published(*row)
    return {cycle: dict(readers) for cycle, readers in found.items()}


def first_uid(session: Session) -> str | None:
    """Return the UID of the first entry that was ever published; None where none was."""
    return session.scalar(select(PublishedEntry.uid).order_by(PublishedEntry.id).limit(1))


def publish(session: Session, entries: Iterable[Published], at: datetime, by: str) -> None:
    """Record what readers are given now."""
    stamp = {"recorded_at": at, "recorded_by": by}
    add_all(session, PublishedEntry, [{**stamp, **asdict(each)} for each in entries])
