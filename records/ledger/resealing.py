"""What notices hold, sealed once more: of those from before moves said it, and where a name was taken out."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from records.chain.audit import add_all
from records.ledger.moves import MOVED, NoticeTransition, content_digest, plain
from records.personal.columns import raw_columns
from records.schema import Base, Packed, Recorded

_AT_ONCE = 500
HELD = ("state", "cause", *MOVED, "letter")
"""The columns of a notice that are not said by the digest of its content."""


class NoticeSeal(Recorded, Base):
    """What a notice held at an instant: the digest of what it says, and the rest of its row as it was kept.

    `after` is the number of its last move then; what came after follows from the moves.
    """

    __tablename__ = "notice_seals"

    notice_key: Mapped[str] = mapped_column(index=True)
    content: Mapped[str]
    held: Mapped[dict[str, Any]] = mapped_column(Packed)
    after: Mapped[int]
    reason: Mapped[str]


def reseal(
    session: Session, ledger: Table, reason: str, at: datetime, by: str, keys: Collection[str] | None = None
) -> None:
    """Seal what notices hold now: all of them, or those of some keys."""
    last = _last_moves(session)
    stamp = {"recorded_at": at, "recorded_by": by, "reason": reason}
    for rows in batches(session, ledger):
        wanted = [row for row in rows if keys is None or row["notice_key"] in keys]
        sealed = [{**stamp, **_sealed(row), "after": last.get(row["notice_key"], 0)} for row in wanted]
        add_all(session, NoticeSeal, sealed)


def batches(session: Session, ledger: Table) -> Iterator[list[Mapping[str, Any]]]:
    """Yield all notices as they are kept, some at a time, by their keys."""
    key, last = ledger.c.notice_key, ""
    asked = select(*raw_columns(ledger)).order_by(key).limit(_AT_ONCE)
    while rows := session.execute(asked.where(key > last)).mappings().all():
        yield [dict(row) for row in rows]
        last = rows[-1]["notice_key"]


def _sealed(row: Mapping[str, Any]) -> dict[str, Any]:
    held = {name: plain(row[name]) for name in HELD}
    return {"notice_key": row["notice_key"], "content": content_digest(row), "held": held}


def _last_moves(session: Session) -> dict[str, int]:
    asked = select(NoticeTransition.notice_key, func.max(NoticeTransition.id))
    return dict(session.execute(asked.group_by(NoticeTransition.notice_key)).all())
