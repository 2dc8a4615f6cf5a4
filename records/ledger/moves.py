"""The moves of notices: each a sealed row, with all that it made of the notice, so that the ledger is proved.

The table of notices is not sealed itself, because its states move. What it must hold follows from the moves:
the first says what the notice says, each what it set besides the state and its cause.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from records.chain.audit import add_all
from records.personal.columns import OWN, Personal
from records.personal.sealing import sealer_of
from records.schema import ADDED_LATER, Base, Packed, Recorded

CONTENT = "content"
"""Under this name a move says the digest of what the notice says."""
SAID = ("cycle", "kind", "rung", "person", "channel", "notice_class", "send_on", "matter", "again")
"""The columns of a notice that no move changes."""
MOVED = ("attempts", "leased_until", "not_before_at", "tried_at")
"""The columns of a notice that moves set, besides its state and its cause."""


class NoticeTransition(Recorded, Base):
    """One move of a notice to a state, with its cause: what the channel answered, who released it.

    `made` is what the move set besides; null for moves recorded before that was kept.
    """

    __tablename__ = "notice_transitions"

    notice_key: Mapped[str] = mapped_column(ForeignKey("notices.notice_key"), index=True)
    state: Mapped[str]
    cause: Mapped[str] = mapped_column(Personal())
    made: Mapped[dict[str, Any] | None] = mapped_column(Packed, default=None, info=ADDED_LATER)


class Move(NamedTuple):
    """One move to be recorded: `made` is what it sets besides state and cause."""

    notice_key: str
    state: str
    cause: str
    made: Mapping[str, Any]


def note(session: Session, moves: Iterable[Move], at: datetime, by: str) -> None:
    """Record moves of notices."""
    stamp = {"recorded_at": at, "recorded_by": sealer_of(session).value(OWN, {"by": by}, "by")}
    within = sealer_of(session).within
    rows = [
        {
            **stamp,
            "notice_key": move.notice_key,
            "state": str(move.state),
            "cause": within(move.cause, by),
            "made": {name: plain(value) for name, value in move.made.items()},
        }
        for move in moves
    ]
    add_all(session, NoticeTransition, rows)


def last_move(session: Session) -> int:
    """Return the number of the last move of any notice; 0 where there is none."""
    return session.scalar(select(func.max(NoticeTransition.id))) or 0


def moves_in_order(session: Session) -> Iterator[tuple[int, str, str]]:
    """Yield number, notice and state of every move, the earliest first."""
    asked = select(NoticeTransition.id, NoticeTransition.notice_key, NoticeTransition.state)
    rows = session.execute(asked.order_by(NoticeTransition.id))
    yield from ((number, key, state) for number, key, state in rows)


def entered(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what entering a notice makes: the digest of what it says, and what moves will set."""
    return {CONTENT: content_digest(row), **{name: row[name] for name in MOVED}}


def content_digest(row: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what a notice says, of a row as it is kept: of what is personal, the tokens."""
    said = {name: plain(row[name]) for name in SAID}
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def plain(value: Any) -> Any:  # noqa: ANN401 (of any column)
    """Return a value of a notice as it stands in a sealed row."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value
