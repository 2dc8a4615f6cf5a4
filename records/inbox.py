"""The inbox: everything that came to us, with its bytes, and what became of it; the last fate counts."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from records.personal.columns import OWN, WITHIN, Personal, PersonalBytes
from records.schema import Base, Recorded


class Fate(StrEnum):
    """What became of an item."""

    TAKEN = "taken"
    NEEDS_A_PERSON = "needs-a-person"
    AUTOMATIC = "automatic"
    REFUSED = "refused"
    SET_ASIDE = "set-aside"
    DUPLICATE = "duplicate"
    ANSWERED = "answered"
    DISMISSED = "dismissed"


WAITING = frozenset({Fate.NEEDS_A_PERSON, Fate.SET_ASIDE})
"""What a person has to look at."""


class Grade(StrEnum):
    """How well it is known whom an item is from."""

    AUTHENTICATED = "authenticated"
    SECRET = "right-secret"  # noqa: S105 (a name) it answers a letter whose name nobody can guess
    FOLDER = "own-folder"
    ADDRESS = "address-only"
    NOBODY = "nobody"


class IncomingItem(Recorded, Base):
    """One message or file as it came. Of a stranger's, only the address is kept, its hash and the day.

    `place` is where it lies: for a mail, what the server calls it; for a file, a hash of its path and its
    bytes. `content` is the message or the file, compressed (zlib); null where it is not kept here. `sha256`
    is empty where it was too large to be fetched.
    """

    __tablename__ = "incoming_items"

    place: Mapped[str] = mapped_column(unique=True)
    sha256: Mapped[str] = mapped_column(index=True)
    size: Mapped[int]
    sender: Mapped[str | None] = mapped_column(Personal(OWN))
    stranger: Mapped[str | None] = mapped_column(Personal("place"))
    subject: Mapped[str | None] = mapped_column(Personal("sender"))
    content: Mapped[bytes | None] = mapped_column(PersonalBytes("sender"))
    received_on: Mapped[date]


class ItemFate(Recorded, Base):
    """What became of an item: by whose decision, for whose answer in which cycles, and why."""

    __tablename__ = "item_fates"

    item: Mapped[int] = mapped_column(ForeignKey("incoming_items.id"), index=True)
    fate: Mapped[str]
    grade: Mapped[str]
    person: Mapped[str | None]
    cycles: Mapped[list[str]]
    why: Mapped[str] = mapped_column(Personal(WITHIN))


@dataclass(frozen=True, slots=True)
class Kept:
    """An item with its last fate; without one, its reading was interrupted and is done again."""

    item: IncomingItem
    fate: ItemFate | None

    @property
    def waits(self) -> bool:
        """Whether a person has to look at it."""
        return self.fate is not None and self.fate.fate in WAITING

    @property
    def sender(self) -> str:
        """The address it came from, as far as it is kept."""
        return self.item.sender or self.item.stranger or "nobody"


class UnknownItemError(LookupError):
    """There is no such item."""


def keep_item(session: Session, item: IncomingItem) -> IncomingItem | None:
    """Record that something came; None if that is on record, by another process perhaps."""
    if session.scalar(select(IncomingItem.id).where(IncomingItem.place == item.place)) is not None:
        return None
    session.add(item)
    session.flush()
    return item


def record_fate(session: Session, fate: ItemFate) -> None:
    """Record what became of an item."""
    session.add(fate)
    session.flush()


def places_known(session: Session, prefix: str) -> set[str]:
    """Return where items lay that are on record, of the places that begin alike."""
    asked = select(IncomingItem.place).where(IncomingItem.place.startswith(prefix, autoescape=True))
    return set(session.scalars(asked))


def kept_since(session: Session, by: str) -> datetime | None:
    """Return the instant since which what comes by one way is kept; None where nothing is kept yet."""
    asked = select(IncomingItem.recorded_at).where(IncomingItem.recorded_by == by)
    return session.scalar(asked.order_by(IncomingItem.id).limit(1))


def came_before(session: Session, sha256: str) -> bool:
    """Return whether the very same bytes came before."""
    asked = select(IncomingItem.id).where(IncomingItem.sha256 == sha256).limit(1)
    return session.scalar(asked) is not None


def inbox(session: Session, fates: Collection[str] | None = None) -> list[Kept]:
    """Return what came, the earliest first: everything, or what has one of these fates now."""
    last = select(func.max(ItemFate.id)).group_by(ItemFate.item)
    asked = select(IncomingItem, ItemFate).outerjoin(
        ItemFate, (ItemFate.item == IncomingItem.id) & ItemFate.id.in_(last)
    )
    if fates is not None:
        asked = asked.where(ItemFate.fate.in_([str(fate) for fate in fates]))
    return [Kept(item, fate) for item, fate in session.execute(asked.order_by(IncomingItem.id))]


def waiting_since(session: Session, last: date) -> list[date]:
    """Return the days on which those items came that waited for a person at the end of a day (UTC)."""
    end = datetime.combine(last, time(), UTC) + timedelta(days=1)
    newest = select(func.max(ItemFate.id)).where(ItemFate.recorded_at < end).group_by(ItemFate.item)
    asked = (
        select(IncomingItem.received_on)
        .join(ItemFate, ItemFate.item == IncomingItem.id)
        .where(ItemFate.id.in_(newest), ItemFate.fate.in_([str(fate) for fate in WAITING]))
    )
    return sorted(session.scalars(asked))


def interrupted(session: Session) -> list[IncomingItem]:
    """Return the items whose reading was interrupted."""
    read = select(ItemFate.item)
    return list(session.scalars(select(IncomingItem).where(IncomingItem.id.not_in(read))))


def find_item(session: Session, number: int) -> Kept:
    """Return an item with its last fate.

    Raises:
        UnknownItemError: no item has this number.
    """
    found = session.get(IncomingItem, number)
    if found is None:
        raise UnknownItemError(f"no item has the number {number}; see: mandates inbox list --all")
    fates = select(ItemFate).where(ItemFate.item == number).order_by(ItemFate.id.desc()).limit(1)
    return Kept(found, session.scalars(fates).first())


def fates_of(session: Session, number: int) -> Iterator[ItemFate]:
    """Yield everything that became of an item, the first first."""
    yield from session.scalars(select(ItemFate).where(ItemFate.item == number).order_by(ItemFate.id))
