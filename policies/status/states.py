"""The state of a cycle, derived from its dates, the facts and the day asked about; never stored."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from policies.recurrence.cycles import AnchorKind, Cycle


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


class Surroundings(NamedTuple):
    """What a cycle's state depends on besides its own dates.

    `begins_on` is the first day of work on it, `next_opens_on` the day the cycle after it opens, and
    `on_record` whether the record of its obligation had begun when the cycle ended.
    """

    begins_on: date | None
    next_opens_on: date | None
    on_record: bool


def lasting_state(cycle: Cycle) -> State | None:
    """Return the state of a cycle that is in it on every day; None where the day decides."""
    if cycle.standing:
        return State.STANDING
    if met_on := cycle.met_on:
        return State.MET_LATE if cycle.due_on and met_on > cycle.due_on else State.MET
    if cycle.unknown and cycle.plan_on is None:
        return State.UNKNOWN
    if cycle.opens and cycle.opens.anchor.kind is AnchorKind.ASSUMED:
        return State.SCHEDULED  # however late the cycle before it is, one late cycle is not two
    return None


def state_on(cycle: Cycle, around: Surroundings, as_of: date) -> State:
    """Return the state, at the end of `as_of`, of a cycle that has no lasting one."""
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


def next_opening(cycle: Cycle, following: Cycle | None) -> date | None:
    """Return the day on which `following` opens and so ends `cycle`, unless nothing can.

    A cycle that stands alone is not ended by another; a supposed completion opens nothing for sure.
    """
    opens = following.opens if following and not cycle.alone else None
    return opens.on if opens and opens.anchor.kind is not AnchorKind.ASSUMED else None
