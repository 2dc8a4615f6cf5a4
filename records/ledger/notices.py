"""The ledger of notices: one row per key, and every move of it a fact with its time and cause.

    entered ─┐                ┌─ sent
    released ┴─ claimed ──────┼─ drafted (for a person to sign) ── sent
        │           │         ├─ refused (for good, or given up)
        │           │         └─ unknown ── settled
        │           └─ refused for now, or nobody could be reached: entered once more
    awaiting-release ── withheld

What is not sent can be superseded; what is skipped is covered by another. A key is sent at most once. What a
run for a wrong day did can be set aside: then it is owed again, on its day and under another key.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import ForeignKey, Table, bindparam, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from policies.plans.notices import NoticeState
from records.cycles import rows_about
from records.ledger.moves import Move, NoticeTransition, note
from records.ledger.moves import entered as made_by
from records.personal.columns import Personal, PersonalJson
from records.personal.sealing import sealer_of
from records.schema import Base

_AT_ONCE = 1000

READY = frozenset({NoticeState.ENTERED, NoticeState.RELEASED})
UNSENT = READY | {NoticeState.AWAITING_RELEASE}
# What can still be withdrawn: a draft has not left the secretariat.
OURS = UNSENT | {NoticeState.DRAFTED}
_LEFT = frozenset({NoticeState.SENT, NoticeState.UNKNOWN, NoticeState.SETTLED})
SPOKEN = _LEFT | {NoticeState.CLAIMED}  # somebody was spoken to, or may have been


class Notice(Base):
    """A message owed to one person about one cycle. The key never changes; the state moves.

    `rung` is the id of the scheduled notice and `matter` its content as JSON: columns are never renamed.
    `tried_at` is when it was last claimed for sending, `letter` the Message-ID it last travelled under,
    `again` the key of the notice it repeats.
    """

    __tablename__ = "notices"

    notice_key: Mapped[str] = mapped_column(primary_key=True)
    cycle: Mapped[str] = mapped_column(ForeignKey("opened_cycles.cycle"), index=True)
    kind: Mapped[str]
    rung: Mapped[str]
    person: Mapped[str]
    channel: Mapped[str]
    notice_class: Mapped[str]
    send_on: Mapped[date]
    matter: Mapped[str] = mapped_column(PersonalJson())
    state: Mapped[str] = mapped_column(index=True)
    cause: Mapped[str] = mapped_column(Personal())
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None] = mapped_column(default=None)
    not_before_at: Mapped[datetime | None] = mapped_column(default=None)
    tried_at: Mapped[datetime | None] = mapped_column(default=None)
    letter: Mapped[str | None] = mapped_column(default=None)
    again: Mapped[str | None] = mapped_column(default=None)

    @property
    def left_at(self) -> datetime | None:
        """The instant it left, or may have left; None where it did not."""
        return self.tried_at if self.state in _LEFT else None

    @property
    def waits_to_leave(self) -> bool:
        """Whether it still leaves, by itself or once it is released."""
        return self.state in UNSENT or self.state == NoticeState.CLAIMED


LEDGER = cast("Table", Notice.__table__)


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger already has under a key; `tried_on` is the day (UTC) it was last claimed, if ever."""

    cycle: str
    kind: str
    scheduled: str
    person: str
    state: NoticeState
    tried_on: date | None


Ledger = Mapping[str, Entry]
"""What the ledger has, by key."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A notice as it was entered, without its matter: the matters of all would not fit into memory."""

    notice_key: str
    cycle: str
    kind: str
    scheduled: str
    person: str
    notice_class: str
    state: str
    cause: str


def enter_all(session: Session, notices: Iterable[Notice], at: datetime, by: str) -> list[Entered]:
    """Enter notices in the ledger, all at once, and return what was entered.

    Raises:
        sqlalchemy.exc.IntegrityError: a key is taken; the transaction cannot go on.
    """
    entered = list(notices)
    columns = [column.key for column in Notice.__table__.columns]
    for first in range(0, len(entered), _AT_ONCE):
        some = entered[first : first + _AT_ONCE]
        rows = [{c: getattr(notice, c) for c in columns} for notice in some]
        sealer = sealer_of(session)
        for row in rows:
            row |= {"matter": sealer.json(row["matter"]), "cause": sealer.within(row["cause"], by)}
        session.execute(insert(Notice), rows)
        note(
            session,
            [Move(row["notice_key"], row["state"], row["cause"], made_by(row)) for row in rows],
            at,
            by,
        )
    return [_entered(notice) for notice in entered]


def _entered(n: Notice) -> Entered:
    return Entered(n.notice_key, n.cycle, n.kind, n.rung, n.person, n.notice_class, n.state, n.cause)


def entries(session: Session, cycles: Collection[str] | None = None) -> dict[str, Entry]:
    """Return what the ledger has by key: all of it, or what is about some cycles."""
    asked = select(
        Notice.notice_key,
        Notice.cycle,
        Notice.kind,
        Notice.rung,
        Notice.person,
        Notice.state,
        Notice.tried_at,
    )
    rows = rows_about(session, asked, Notice.cycle, cycles)
    return {
        key: Entry(cycle, kind, scheduled, person, NoticeState(state), tried_at.date() if tried_at else None)
        for key, cycle, kind, scheduled, person, state, tried_at in rows
    }


def keys_taken(session: Session, keys: Collection[str]) -> set[str]:
    """Return those of some keys that the ledger has."""
    return set(session.scalars(select(Notice.notice_key).where(Notice.notice_key.in_(keys))))


def by_cycle(ledger: Ledger) -> dict[str, dict[str, Entry]]:
    """Return what the ledger has, by cycle and then by key."""
    found: defaultdict[str, dict[str, Entry]] = defaultdict(dict)
    for key, entry in ledger.items():
        found[entry.cycle][key] = entry
    return found


def notices_of(session: Session, *, states: Iterable[NoticeState] = NoticeState) -> list[Notice]:
    """Return the notices in some states, by the day they are to leave."""
    wanted = [str(state) for state in states]
    asked = select(Notice).where(Notice.state.in_(wanted)).order_by(Notice.send_on, Notice.notice_key)
    return list(session.scalars(asked))


def notices_named(session: Session, keys: Sequence[str]) -> list[Notice]:
    """Return the notices of these keys, by the day they are to leave."""
    found: list[Notice] = []
    for first in range(0, len(keys), _AT_ONCE):
        found += session.scalars(select(Notice).where(Notice.notice_key.in_(keys[first : first + _AT_ONCE])))
    return sorted(found, key=lambda notice: (notice.send_on, notice.notice_key))


def notices_of_kind(session: Session, kind: str, cycles: Collection[str]) -> list[Notice]:
    """Return the notices of a kind about some cycles, in every state, by the day they are to leave."""
    asked = select(Notice).where(Notice.kind == kind, Notice.cycle.in_(cycles))
    return list(session.scalars(asked.order_by(Notice.send_on, Notice.notice_key)))


def move_all(
    session: Session,
    keys: Sequence[str],
    old: Collection[NoticeState],
    values: dict[str, Any],
    cause: str,
    at: datetime,
    by: str,
) -> list[str]:
    """Move notices on from one of the states `old`, those that are still in it.

    The update is conditional, so of several that want to move a notice, one does.

    Returns:
        The keys of those that were.
    """
    if not keys:
        return []
    cause = sealer_of(session).within(cause, by)
    named = {"keys": list(keys), "old": [str(state) for state in old]}
    moved = sorted(session.connection().scalars(_MOVE, {**named, **values, "cause": cause}))
    made = {name: value for name, value in values.items() if name != "state"}
    note(session, [Move(key, str(values["state"]), cause, made) for key in moved], at, by)
    return moved


# Put into words once: it is asked for every letter. What it sets are the columns it is given values for.
_MOVE = (
    update(LEDGER)
    .where(
        LEDGER.c.notice_key.in_(bindparam("keys", expanding=True)),
        LEDGER.c.state.in_(bindparam("old", expanding=True)),
    )
    .returning(LEDGER.c.notice_key)
)


def transitions(session: Session, key: str) -> list[NoticeTransition]:
    """Return a notice's history, the earliest first."""
    asked = select(NoticeTransition).where(NoticeTransition.notice_key == key)
    return list(session.scalars(asked.order_by(NoticeTransition.id)))


def sent_on(session: Session, cycle: str, kind: str) -> dict[str, date]:
    """Return the day (UTC) each person was first sent a notice of `kind` about a cycle."""
    asked = (
        select(Notice.person, NoticeTransition.recorded_at)
        .join(NoticeTransition, NoticeTransition.notice_key == Notice.notice_key)
        .where(Notice.cycle == cycle, Notice.kind == kind, Notice.state != NoticeState.SET_ASIDE)
        .where(NoticeTransition.state == NoticeState.SENT)
        .order_by(NoticeTransition.id.desc())
    )
    return {person: at.date() for person, at in session.execute(asked)}


def moved_by(session: Session, runs: Iterable[tuple[str, datetime]]) -> list[str]:
    """Return the keys of the notices that runs entered or moved, each given by its flow and its instant."""
    keys: dict[str, None] = {}
    for flow, at in runs:
        asked = select(NoticeTransition.notice_key).where(NoticeTransition.recorded_at == at)
        asked = asked.where(NoticeTransition.recorded_by == flow).order_by(NoticeTransition.id)
        keys |= dict.fromkeys(session.scalars(asked))
    return list(keys)


def previous_notices(session: Session, cycle: str) -> list[tuple[str, str, date | None, str | None]]:
    """Return who was sent what about a cycle, the earliest first: (person, kind, day in UTC, letter).

    The day is None for what was entered and has not left; the letter is the one it last travelled in.
    """
    said = [str(state) for state in SPOKEN | UNSENT]
    asked = select(Notice.person, Notice.kind, Notice.state, Notice.tried_at, Notice.letter)
    asked = asked.where(Notice.cycle == cycle, Notice.state.in_(said))
    return [
        (person, kind, tried_at.date() if tried_at and state in SPOKEN else None, letter)
        for person, kind, state, tried_at, letter in session.execute(
            asked.order_by(Notice.tried_at, Notice.send_on, Notice.notice_key)
        )
    ]


def contents_said(session: Session, cycle: str, kind: str) -> list[str]:
    """Return what the notices of `kind` about a cycle said to somebody, each once, the earliest first."""
    said = [str(state) for state in SPOKEN]
    asked = select(Notice.matter).where(Notice.cycle == cycle, Notice.kind == kind, Notice.state.in_(said))
    return list(dict.fromkeys(session.scalars(asked.order_by(Notice.tried_at, Notice.notice_key))))


def letters_to(session: Session, letters: Collection[str], kinds: Collection[str]) -> set[tuple[str, str]]:
    """Return cycle and person of every notice of `kinds` that travelled under one of these Message-IDs."""
    asked = select(Notice.cycle, Notice.person).where(Notice.letter.in_(letters), Notice.kind.in_(kinds))
    return {(cycle, person) for cycle, person in session.execute(asked)}
