"""Where an obligation stands on a day: its cycles with their states, the current one, its breaches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from policies.calendar.counting import Unit, shift
from policies.calendar.working_days import RolledDay, Seats
from policies.facts.facts import Completion, Facts
from policies.obligations.obligations import Obligation
from policies.plans.milestones import Milestone, last_working_day, milestones
from policies.plans.work_back import WorkBackPlan
from policies.recurrence import Recurrence
from policies.recurrence.cycles import AnchorKind, Cycle
from policies.recurrence.per_period import PerPeriod
from policies.recurrence.standing_duty import StandingDuty
from policies.status.states import MET, UNMET, State, Surroundings, lasting_state, next_opening, state_on

HORIZON_MONTHS = 60  # far enough ahead to see the next cycle of a four-yearly duty
_A_CENTURY = 1200


class _Turn(NamedTuple):
    cycle: Cycle
    state: State
    as_of: date
    plan: WorkBackPlan
    seats: Seats


class Turn(_Turn):
    """A cycle as it stands on `as_of`. Its milestones are counted when they are asked for: most never are."""

    @property
    def begins_on(self) -> date | None:
        """The first day of work on the cycle."""
        return _begins_on(self.cycle, self.plan, self.seats)

    @cached_property
    def milestones(self) -> tuple[Milestone, ...]:
        """The milestones of the cycle, the earliest first."""
        return milestones(self.cycle, self.plan.milestones, self.seats)

    @property
    def last_working_day(self) -> RolledDay | None:
        """The last working day before a due date that falls on a free day."""
        return last_working_day(self.cycle, self.seats.holder)

    @property
    def days_overdue(self) -> int:
        """Calendar days since the due date, while the cycle is overdue; else 0."""
        due_on = self.cycle.due_on
        return (self.as_of - due_on).days if due_on and self.state is State.OVERDUE else 0

    @property
    def days_past_target(self) -> int:
        """Calendar days since the target passed: a lapse of house practice; 0 once the cycle is met."""
        target_on = self.cycle.target_on
        passed = target_on and self.state in UNMET and self.as_of > target_on
        return (self.as_of - target_on).days if target_on and passed else 0

    @property
    def undated(self) -> bool:
        """Whether the cycle has begun, and its due date is not known."""
        if self.state is not State.UNKNOWN:
            return False
        return self.begins_on is not None and self.begins_on <= self.as_of

    @property
    def waits(self) -> bool:
        """Whether somebody has to act on the cycle now: it is open or overdue."""
        return self.state in _WAITING

    def milestone_on(self, milestone: str) -> date | None:
        """Return the day of a milestone, if the cycle has it; of what happened about its trigger, else."""
        planned = next((step.on for step in self.milestones if step.id == milestone), None)
        return planned or dict(self.marks).get(milestone)

    @property
    def marks(self) -> Sequence[tuple[str, date]]:
        """The days of what happened about the fact that opened the cycle."""
        return self.cycle.trigger.marks if self.cycle.trigger else ()


@dataclass(frozen=True, slots=True)
class Breach:
    """A cycle that went past its due date; `met_on` is None while it is not met.

    `days_late` are calendar days, under the rule version in force from `rule_in_force_from`; `explanation`
    says why, where somebody recorded it.
    """

    cycle: str
    due_on: date
    met_on: date | None
    days_late: int
    rule_in_force_from: date | None
    explanation: str | None = None


@dataclass(frozen=True)
class ObligationStatus:
    """An obligation on one day. `loose` completions close no cycle and start no count: somebody must look."""

    obligation: Obligation
    turns: tuple[Turn, ...]
    breaches: tuple[Breach, ...]
    last_met_on: date | None
    advisory_since: date | None
    loose: tuple[Completion, ...]

    @cached_property
    def current(self) -> Turn:
        """The turn people ask about: the first overdue, else open, else the last begun, else the next."""
        states = [turn.state for turn in self.turns]
        for state in (State.OVERDUE, State.OPEN):
            if state in states:
                return self.turns[states.index(state)]
        begun = next((turn for turn in reversed(self.turns) if turn.state in _ENDED or turn.undated), None)
        if begun and begun.state not in MET:
            return begun
        return next((turn for turn in self.turns if turn.state in _AHEAD), self.turns[-1])


_ENDED = (State.MET, State.MET_LATE, State.MISSED, State.UNRECORDED)
_AHEAD = (State.SCHEDULED, State.UNKNOWN)
_LATE = (State.OVERDUE, State.MISSED, State.MET_LATE)
_WAITING = (State.OPEN, State.OVERDUE)


def status(
    obligation: Obligation,
    plan: WorkBackPlan,
    facts: Facts,
    as_of: date,
    seats: Seats,
    until: date | None = None,
) -> ObligationStatus:
    """Return where `obligation` stands at the end of `as_of`, from what had happened by then.

    It has the cycles that begin by `until`; by the horizon, when None; if there are none, the first after it.
    """
    facts = facts.upto(as_of)
    horizon = until or shift(as_of, HORIZON_MONTHS, Unit.MONTHS)
    cycles = obligation.cycles(facts, horizon, seats.holder) or _first(obligation, facts, horizon, seats)
    record_begins_on = _record_begins_on(obligation, cycles, facts) or as_of
    turns = tuple(
        _turn(cycle, following, plan, seats, as_of, record_begins_on)
        for cycle, following in zip(cycles, [*cycles[1:], None], strict=True)
    )
    completions = facts.completions_of(obligation.id)
    done_on = [*(c.completed_on for c in completions), *(c.last_done.on for c in cycles if c.last_done)]
    done_on += [cycle.met_on for cycle in cycles if cycle.met_on]
    last_met_on = max(done_on, default=None)
    advisory = _advisory(obligation, last_met_on, as_of)
    loose = tuple(_loose(cycles, completions, obligation.version_on(as_of).recurrence))
    return ObligationStatus(obligation, turns, _breaches(turns, facts), last_met_on, advisory, loose)


def _first(obligation: Obligation, facts: Facts, horizon: date, seats: Seats) -> list[Cycle]:
    """Return the first cycle there will be, of a duty that does not begin by the horizon."""
    return obligation.cycles(facts, shift(horizon, _A_CENTURY, Unit.MONTHS), seats.holder)[:1]


def _turn(
    cycle: Cycle,
    following: Cycle | None,
    plan: WorkBackPlan,
    seats: Seats,
    as_of: date,
    record_begins_on: date,
) -> Turn:
    state = lasting_state(cycle)
    if state is None:
        opens_on, next_opens_on = cycle.opens_on, next_opening(cycle, following)
        begins_on = opens_on if opens_on and opens_on <= as_of else _begins_on(cycle, plan, seats)
        ended_on = cycle.due_on or (cycle.target_on if cycle.alone else next_opens_on)
        around = Surroundings(begins_on, next_opens_on, not ended_on or ended_on >= record_begins_on)
        state = state_on(cycle, around, as_of)
    return Turn(cycle, state, as_of, plan, seats)


def _begins_on(cycle: Cycle, plan: WorkBackPlan, seats: Seats) -> date | None:
    opens_on, plan_on = cycle.opens_on, cycle.plan_on
    if plan_on is None:
        return opens_on
    if plan.milestones[0].forward:
        return opens_on
    first_on = plan.milestones[0].day(plan_on, seats)
    return min(first_on, opens_on) if opens_on else first_on


def _loose(
    cycles: Sequence[Cycle], completions: Sequence[Completion], recurrence: Recurrence
) -> Iterator[Completion]:
    if isinstance(recurrence, StandingDuty):
        return  # it has no cycle to close
    closing = {cycle.completion for cycle in cycles}
    if left := [completion for completion in completions if completion not in closing]:
        counted = {c.due.anchor.on for c in cycles if c.due and c.due.anchor.kind is AnchorKind.COMPLETION}
        yield from (completion for completion in left if completion.completed_on not in counted)


def _record_begins_on(obligation: Obligation, cycles: Sequence[Cycle], facts: Facts) -> date | None:
    """Return the day of the first completion recorded, of the first cycle explained, or of going live.

    The earliest counts: what was missed since the system keeps watch stays missed, whatever comes later.
    What was only found in public sources does not begin the record: the silence around it means nothing.
    """
    completed = (c.completed_on for c in facts.completions_of(obligation.id) if not c.partial)
    known = cycles if facts.explanations else ()
    explained = (c.due_on for c in known if c.due_on and facts.explanation_of(c.key))
    watched = [facts.went_live_on] if facts.went_live_on else []
    return min([*completed, *explained, *watched], default=None)


def _breaches(turns: Sequence[Turn], facts: Facts) -> tuple[Breach, ...]:
    late = (turn for turn in turns if turn.state in _LATE)
    return tuple(_breach(turn, due_on, facts) for turn in late if (due_on := turn.cycle.due_on))


def _breach(turn: Turn, due_on: date, facts: Facts) -> Breach:
    cycle = turn.cycle
    explanation = facts.explanation_of(cycle.key)
    days_late = ((cycle.met_on or turn.as_of) - due_on).days
    reason = explanation.reason if explanation else None
    return Breach(cycle.key, due_on, cycle.met_on, days_late, cycle.rule_in_force_from, reason)


def _advisory(obligation: Obligation, last_met_on: date | None, as_of: date) -> date | None:
    recurrence = obligation.version_on(as_of).recurrence
    if not isinstance(recurrence, PerPeriod) or recurrence.advisory_months is None or last_met_on is None:
        return None
    longest_on = shift(last_met_on, recurrence.advisory_months, Unit.MONTHS)
    return last_met_on if longest_on < as_of else None
