"""What a fact would move, and what recording it would send, before anybody records it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policies.calendar.counting import Unit, shift
from policies.enforcement.moves import Ahead, Move, ahead, moves
from policies.plans.notices import NoticeKind, NoticeState
from policies.status.standing import HORIZON_MONTHS
from records.database import writing
from records.facts.facts import read_facts
from records.ledger.notices import UNSENT, Entered, move_all
from tasks.enforcement.enforcement import Enforcement, enforce_within
from tasks.facts.importing import take_within
from tasks.installation.workplace import Workplace
from tasks.rules.diff import told_by

if TYPE_CHECKING:
    from records.database import Session


@dataclass(frozen=True, slots=True)
class Consequences:
    """What would be another if the facts were recorded: dates, and the notices that would then leave.

    `new` says whether any of the facts is not on record already; `withdrawn` are the keys of notices that
    wait to leave and no longer would.
    """

    new: bool
    moves: Sequence[Move]
    sent: Sequence[Entered]
    withdrawn: Sequence[str]


def what_if(
    workplace: Workplace, content: Mapping[str, Any], file: Path, by: str, now: datetime, today: date
) -> Consequences:
    """Record the facts of `content` and enforce the day, in a transaction that is taken back.

    What is owed today in any case is entered first and supposed to be sent, so that only what the facts cause
    is left. Dates are compared up to five years after today.

    Raises:
        RefusedFileError: recording them would be refused.
    """
    last = shift(today, HORIZON_MONTHS, Unit.MONTHS)
    with writing(workplace.engine, keep=False) as session:
        _suppose_sent(session, enforce_within(session, workplace, today, now), now)
        before = _ahead(session, workplace, today, last)
        taken = take_within(session, workplace, content, file, by, now, today)
        after = _ahead(session, workplace, today, last)
        done = enforce_within(session, workplace, today, now)
        session.expunge_all()
    moved = [move for move in moves(before, after, date.min, last) if not _told(move)]
    return Consequences(taken.new > 0, moved, done.notices, done.superseded)


def _suppose_sent(session: "Session", done: Enforcement, now: datetime) -> None:
    keys = [notice.notice_key for notice in done.notices]
    move_all(session, keys, UNSENT, {"state": NoticeState.SENT}, "supposed", now, "what if")


def _ahead(session: "Session", workplace: Workplace, today: date, last: date) -> Ahead:
    return ahead(workplace.pack, read_facts(session), today, last, told_by(session))


def _told(move: Move) -> bool:
    """Whether the move is itself the notice of a change: that is among what is sent."""
    return move.what.startswith(f"notice {NoticeKind.CHANGE_OF_DATE} ")
