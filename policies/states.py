"""The state of a cycle, derived from its dates, the facts and the day asked about; never stored."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from policies.cycles import AnchorKind, Cycle


class State(StrEnum):
    """Where a cycle stands."""

    UNKNOWN = "unknown"
    UNRECORDED = "unrecorded"
    SCHEDULED = "scheduled"
    OPEN = "open"
    OVERDUE = "overdue"
    MET = "met"
    MET_LATE = "met-late"
    MISSED = "missed"
    STANDING = "standing"


MET = frozenset({State.MET, State.MET_LATE})
UNMET = frozenset({State.OPEN, State.OVERDUE, State.MISSED})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a cycle's state depends on besides its own dates.

    `begins_on` is the first day of work on it, `next_opens_on` the day the cycle after it opens, and
    `on_record` whether the record of its obligation had begun when the cycle ended.
    """

    begins_on: date | None
    next_opens_on: date | None
    on_record: bool


def state_of(cycle: Cycle, around: Surroundings, as_of: date) -> State:
    """Return the state of `cycle` at the end of `as_of`."""
    return _on_any_day(cycle) or _on(cycle, around, as_of)


def _on_any_day(cycle: Cycle) -> State | None:
    """Return the state of a cycle that is in it on every day; None where the day decides."""
    if cycle.standing:
        return State.STANDING
    if cycle.met_on:
        return State.MET_LATE if cycle.due_on and cycle.met_on > cycle.due_on else State.MET
    if cycle.plan_on is None and cycle.unknown:
        return State.UNKNOWN
    if cycle.opens and cycle.opens.anchor.kind is AnchorKind.ASSUMED:
        return State.SCHEDULED  # however late the cycle before it is, one late cycle is not two
    return None


def _on(cycle: Cycle, around: Surroundings, as_of: date) -> State:
    succeeded = around.next_opens_on is not None and around.next_opens_on <= as_of
    past_due = cycle.due_on is not None and cycle.due_on < as_of
    passed = cycle.alone and cycle.plan_on is not None and cycle.plan_on < as_of
    if not around.on_record and (past_due or succeeded or passed):
        return State.UNRECORDED
    if past_due:
        return State.MISSED if succeeded else State.OVERDUE
    if succeeded and not cycle.due_on:
        return State.MISSED
    begun = around.begins_on is not None and around.begins_on <= as_of
    return State.OPEN if begun else State.SCHEDULED


def next_opening(cycles: list[Cycle], index: int) -> date | None:
    """Return the day the cycle after `cycles[index]` opens, unless that rests on a supposed completion."""
    following = cycles[index + 1].opens if index + 1 < len(cycles) else None
    return following.on if following and following.anchor.kind is not AnchorKind.ASSUMED else None
