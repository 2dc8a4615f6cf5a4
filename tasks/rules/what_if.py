"""What recording a fact, or withdrawing one, would move and send, before anybody does it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from policies.calendar.counting import Unit, shift
from policies.enforcement.moves import Ahead, Move, ahead, moves
from policies.plans.notices import NoticeKind, NoticeState
from policies.status.status import HORIZON_MONTHS
from records.database import writing
from records.facts.facts import read_facts
from records.ledger.notices import UNSENT, Entered, move_all
from tasks.enforcement.enforcement import Enforcement, enforce_within
from tasks.facts.importing import take_within
from tasks.facts.withdrawing import Withdrawn, withdraw_fact
from tasks.installation.installation import Installation
from tasks.rules.diff import told_by

if TYPE_CHECKING:
    from records.database import Session

Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class Consequences:
    """What would be another after a change of the record: dates, notices that would then leave, cycles.

    `withdrawn` are the keys of notices that wait to leave and no longer would, `groundless` the open cycles
    that would no longer follow from the facts.
    """

    moves: Sequence[Move]
    sent: Sequence[Entered]
    withdrawn: Sequence[str]
    groundless: Sequence[str]


def what_if(
    installation: Installation, content: Mapping[str, Any], file: Path, by: str, now: datetime, today: date
) -> Consequences | None:
    """Return what recording the facts of `content` would change; None where all are on record already.

    Raises:
        RefusedFileError: recording them would be refused.
    """
    taken, found = _supposing(
        installation,
        lambda session: take_within(session, installation, content, file, by, now, today),
        now,
        today,
    )
    return found if taken.new else None


def what_if_withdrawn(
    installation: Installation, fact: str, number: int, now: datetime, today: date
) -> tuple[Withdrawn, Consequences]:
    """Return a fact, and what withdrawing it would change.

    Raises:
        UnknownFactError: no fact of that kind and number is in force.
        StillNeededError: facts on record rest on it.
    """
    asked = (fact, number, "supposed", "what if", now, today)
    return _supposing(
        installation, lambda session: withdraw_fact(session, installation.pack, *asked), now, today
    )


def _supposing(
    installation: Installation, change: Callable[["Session"], Done], now: datetime, today: date
) -> tuple[Done, Consequences]:
    """Change the record and enforce the day, in a transaction that is taken back.

    What is owed today in any case is entered first and supposed to be sent, so that only what the change
    causes is left. Dates are compared up to five years after today.
    """
    last = shift(today, HORIZON_MONTHS, Unit.MONTHS)
    with writing(installation.engine, keep=False) as session:
        first = enforce_within(session, installation, today, now)
        _suppose_sent(session, first, now)
        before = _ahead(session, installation, today, last)
        changed = change(session)
        after = _ahead(session, installation, today, last)
        done = enforce_within(session, installation, today, now)
        session.expunge_all()
    moved = [move for move in moves(before, after, date.min, last) if not _told(move)]
    groundless = [cycle for cycle in done.groundless if cycle not in first.groundless]
    return changed, Consequences(moved, done.notices, done.superseded, groundless)


def _suppose_sent(session: "Session", done: Enforcement, now: datetime) -> None:
    keys = [notice.notice_key for notice in done.notices]
    move_all(session, keys, UNSENT, {"state": NoticeState.SENT}, "supposed", now, "what if")


def _ahead(session: "Session", installation: Installation, today: date, last: date) -> Ahead:
    return ahead(installation.pack, read_facts(session), today, last, told_by(session))


def _told(move: Move) -> bool:
    """Whether the move is itself the notice of a change: that is among what is sent."""
    return move.what.startswith(f"notice {NoticeKind.CHANGE_OF_DATE} ")
