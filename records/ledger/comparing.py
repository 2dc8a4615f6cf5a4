"""The ledger compared with its moves: every notice is what it was entered as, and where its moves left it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from records.chain.audit import UNREADABLE, Break
from records.ledger.letters import Letter
from records.ledger.moves import CONTENT, MOVED, NoticeTransition, content_digest, plain
from records.ledger.notices import LEDGER
from records.ledger.resealing import HELD, NoticeSeal, batches
from records.personal.columns import raw_columns
from records.schema import Base

_TABLE = LEDGER.name


@dataclass(slots=True)
class _Expected:
    """What a notice must hold, by what is sealed; `content` is None where nothing says it."""

    content: str | None = None
    held: dict[str, Any] = field(default_factory=dict)


def ledger_breaks(session: Session) -> Iterator[Break]:
    """Yield every notice that is not as its sealed moves say, or that only the moves still know.

    Notices have keys and no numbers: the key stands in what is said of them.
    """
    try:
        expected = _expected(session)
        for rows in batches(session, LEDGER):
            for row in rows:
                yield from _compared(row, expected.pop(row["notice_key"], None))
    except UNREADABLE as error:
        yield Break(_TABLE, 0, f"a value in it is none that was ever recorded: {error}")
        return
    for key in expected:
        yield Break(_TABLE, 0, f"{key} was taken out; its moves are on record")


def _expected(session: Session) -> dict[str, _Expected]:
    """Return what every notice must hold: as it was entered, or as it was sealed since, and moved on."""
    found: dict[str, _Expected] = {}
    begins: dict[str, int] = {}
    sealed = select(NoticeSeal.notice_key, NoticeSeal.content, NoticeSeal.held, NoticeSeal.after)
    for key, content, held, after in session.execute(sealed.order_by(NoticeSeal.id)):
        found[key], begins[key] = _Expected(content, dict(held)), after
    for number, key, state, cause, made in session.execute(_moves()):
        of_it = found.setdefault(key, _Expected())
        if number > begins.get(key, 0):
            values = dict(made or {})
            of_it.content = values.pop(CONTENT, of_it.content)
            of_it.held |= {**values, "state": state, "cause": cause}
    _travelled(session, found)
    return found


def _moves() -> Any:  # noqa: ANN401 (a statement over raw columns)
    named = {
        column.key: column for column in raw_columns(Base.metadata.tables[NoticeTransition.__tablename__])
    }
    columns = (named[name] for name in ("id", "notice_key", "state", "cause", "made"))
    return select(*columns).order_by(NoticeTransition.id)


def _travelled(session: Session, found: Mapping[str, _Expected]) -> None:
    """Note in which letter each notice travelled last, as far as letters say what they carry."""
    asked = select(Letter.letter, Letter.carries).where(Letter.carries.is_not(None)).order_by(Letter.id)
    for letter, carries in session.execute(asked):
        for key in carries or ():
            if key in found:
                found[key].held["letter"] = letter


def _compared(row: Mapping[str, Any], expected: _Expected | None) -> Iterator[Break]:
    key = row["notice_key"]
    if expected is None:
        yield Break(_TABLE, 0, f"{key} was slipped in: no move of it is on record")
        return
    if expected.content is not None and content_digest(row) != expected.content:
        yield Break(_TABLE, 0, f"{key} does not say what it was entered with")
    if expected.content is not None:
        expected.held.setdefault("letter", None)
    for name in HELD:
        if name in expected.held and plain(row[name]) != (must := expected.held[name]):
            found = f"its {_SAID.get(name, name)} is {row[name]}; its moves say {must}"
            yield Break(_TABLE, 0, f"{key}: {found}")


_SAID = {
    "leased_until": "lease",
    "not_before_at": "hold",
    "tried_at": "last attempt",
    "attempts": "number of attempts",
}
assert set(_SAID) == set(MOVED)  # noqa: S101 (each column that moves set has its word)
