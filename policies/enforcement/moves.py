"""What a change would move: every date and notice ahead as it was and as it would be, side by side."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from policies.calendar.counting import Unit, shift
from policies.enforcement.owed import change_of_date, ladder_of, notices_owed, to_open
from policies.facts.facts import Facts
from policies.obligations.obligations import Obligation, audience
from policies.pack.pack import Pack
from policies.plans.announced import Announced
from policies.plans.notices import ScheduledNotice
from policies.status.states import MET, State
from policies.status.status import HORIZON_MONTHS, Turn


class Change(StrEnum):
    """What becomes of a date or a notice."""

    APPEARS = "appears"
    VANISHES = "vanishes"
    MOVES = "moves"


@dataclass(frozen=True, slots=True)
class Dated:
    """A date or a notice ahead: its day, the actors a notice speaks to, the rule version it follows from."""

    on: date
    rule_in_force_from: date | None
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """One difference: `what` of a cycle (`due_on`, `milestone inputs-due`, `notice overdue due+1`)."""

    cycle: str
    what: str
    old: Dated | None
    new: Dated | None

    @property
    def change(self) -> Change:
        """Whether it moves, or is there only before or only after."""
        if self.old and self.new:
            return Change.MOVES
        return Change.VANISHES if self.old else Change.APPEARS

    @property
    def first_on(self) -> date:
        """The earlier of its days."""
        return min(dated.on for dated in (self.old, self.new) if dated)


@dataclass(frozen=True, slots=True)
class Told:
    """What was said already, and so is not said again.

    `entered` are the notices in the ledger, as (cycle, "kind id"); `announced` the dates of each opened
    cycle as people know them.
    """

    entered: Collection[tuple[str, str]] = frozenset()
    announced: Mapping[str, Announced] = field(default_factory=dict)


Ahead = Mapping[tuple[str, str], Dated]
NOTHING_TOLD = Told()


def ahead(pack: Pack, facts: Facts, as_of: date, until: date, told: Told = NOTHING_TOLD) -> Ahead:
    """Return every due date, target, milestone and notice of the cycles that begin by `until`, and more.

    A notice that is owed already leaves on `as_of`. The key is the cycle, and what of it.
    """
    found: dict[tuple[str, str], Dated] = {}
    for obligation in pack.obligations.values():
        for cycle, what, dated in _of(pack, obligation, facts, as_of, until, told):
            twin = found.get((cycle, what))
            to = dict.fromkeys((*(twin.to if twin else ()), *dated.to))
            found[cycle, what] = Dated(dated.on, dated.rule_in_force_from, tuple(to))
    return found


def moves(old: Ahead, new: Ahead, first: date, last: date) -> list[Move]:
    """Return what differs between two views, where either day lies in [first, last]; the earliest first.

    A notice that speaks to others than before has moved as well.
    """
    pairs = (Move(*key, old.get(key), new.get(key)) for key in {**old, **new})
    found = [
        move
        for move in pairs
        if _seen(move.old) != _seen(move.new)
        and any(each and first <= each.on <= last for each in (move.old, move.new))
    ]
    return sorted(found, key=lambda move: (move.first_on, move.cycle, move.what))


def _seen(dated: Dated | None) -> tuple[date, tuple[str, ...]] | None:
    return (dated.on, dated.to) if dated else None


def _of(
    pack: Pack, obligation: Obligation, facts: Facts, as_of: date, until: date, told: Told
) -> Iterator[tuple[str, str, Dated]]:
    beyond = shift(until, HORIZON_MONTHS, Unit.MONTHS)  # what moves out of the span is still seen there
    status = pack.status(obligation.id, facts, as_of, beyond)
    opened = to_open(status, facts, as_of, told.announced)
    for turn in status.turns:
        cycle = turn.cycle
        for name, on in (("due_on", cycle.due_on), ("target_on", cycle.target_on)):
            if on:
                yield cycle.key, name, Dated(on, cycle.rule_in_force_from)
        if turn.state not in _WITHOUT_WORK:
            for step in turn.milestones:
                yield cycle.key, f"milestone {step.id}", Dated(step.on, cycle.rule_in_force_from)
            for scheduled in _rungs(pack, obligation, turn, facts, told, today=turn in opened):
                on = max(scheduled.send_on, as_of)
                dated = Dated(on, cycle.rule_in_force_from, audience(scheduled, obligation))
                yield cycle.key, f"notice {scheduled.kind} {scheduled.first_id or scheduled.id}", dated


_WITHOUT_WORK = MET | {State.UNRECORDED}


def _rungs(
    pack: Pack, obligation: Obligation, turn: Turn, facts: Facts, told: Told, *, today: bool
) -> Iterator[ScheduledNotice]:
    cycle = turn.cycle
    known = told.announced.get(cycle.key)
    moved = known is not None and known.dates != (cycle.due_on, cycle.target_on)
    if known and moved:
        known = known.anew(cycle.due_on, cycle.target_on, turn.as_of)
    owed = notices_owed(pack, obligation, turn, facts, turn.as_of, known) if today else ()
    to_come = (
        scheduled for scheduled in ladder_of(pack, obligation, turn, known) if scheduled.send_on > turn.as_of
    )
    for scheduled in (*owed, *to_come):
        if not scheduled.skipped and (cycle.key, f"{scheduled.kind} {scheduled.id}") not in told.entered:
            yield scheduled
    if moved:
        yield change_of_date(turn)
