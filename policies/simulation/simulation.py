"""Living through the days: one obligation at a time, from one day on which something changes to the next.

No obligation depends on another's facts, so each is lived by itself; a day on which nothing of it changes
gives the same standing as the day before, and is passed over.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from policies.enforcement.owed import ladder_of, notices_owed, to_open
from policies.facts.facts import Completion, Facts
from policies.obligations.obligations import Obligation, audience
from policies.pack.pack import Pack
from policies.recurrence import AfterEvent, RollingCeiling
from policies.simulation.assumptions import Pace, never_done
from policies.simulation.span import Span
from policies.status.states import MET, UNMET, State
from policies.status.status import ObligationStatus, Turn

EVIDENCE = "assumed in a rehearsal"
# Their cycles close by the day they are done on; a completion of any other names the cycle it is for.
_BY_THE_DAY = (RollingCeiling, AfterEvent)
_OVER = MET | {State.UNRECORDED, State.STANDING}


class Kind(StrEnum):
    """What came about on a day."""

    STATE = "state"
    STEP = "step"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that came about: a state, a step of work, or a notice owed (to how many actors)."""

    on: date
    cycle: str
    kind: Kind
    what: str
    count: int = 1


@dataclass
class Course:
    """An obligation through the rehearsed days.

    `completions` are all there were by the last day, `due_dates` every due date each cycle ever had, and
    `status` how it stands on the last day.
    """

    obligation: Obligation
    moments: list[Moment] = field(default_factory=list)
    completions: list[Completion] = field(default_factory=list)
    due_dates: dict[str, set[date]] = field(default_factory=dict)
    days: set[date] = field(default_factory=set)
    status: ObligationStatus | None = None

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Its cycles as they stand on the last day."""
        return self.status.turns if self.status else ()


def live(pack: Pack, obligation: Obligation, facts: Facts, span: Span, pace: Pace) -> Course:
    """Live one obligation through `span`, doing each cycle when `pace` says.

    Completions that `facts` state for days to come are kept to: the pace takes over after the last of them.
    """
    course, world = Course(obligation), _World(pack, obligation, facts, span, pace)
    day: date | None = span.first
    while day and day in span:
        status = world.status(day)
        _note(course, world, status, day)
        while done := world.closing(status, day):
            world.facts = replace(world.facts, completions=(*world.facts.completions, done))
            status = world.status(day)
            _note(course, world, status, day)
        course.status = status
        day = min((on for on in world.days_ahead(status) if on > day), default=None)
    course.status = world.status(span.last)
    course.completions = [*world.facts.upto(span.last).completions_of(obligation.id)]
    return course


@dataclass
class _World:
    pack: Pack
    obligation: Obligation
    facts: Facts
    span: Span
    pace: Pace
    states: dict[str, State] = field(default_factory=dict)
    told: set[tuple[str, str, str]] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        stated = [c.completed_on for c in self.facts.completions_of(self.obligation.id)]
        self.stated_on = [on for on in stated if on > self.span.first]
        self.assumed_from = max([*self.stated_on, self.span.first])
        before = self.status(self.span.first).turns
        self.missed_before = {turn.cycle.key for turn in before if turn.state is State.MISSED}

    def status(self, day: date) -> ObligationStatus:
        return self.pack.status(self.obligation.id, self.facts, day)

    def closing(self, status: ObligationStatus, day: date) -> Completion | None:
        """Return the completion of the first cycle that is to be done by `day` and is not."""
        for turn in status.turns:
            done_on = self._done_on(turn)
            if done_on and done_on <= day and turn.cycle.key not in self.closed:
                self.closed.add(turn.cycle.key)
                by_the_day = isinstance(self.obligation.version_on(day).recurrence, _BY_THE_DAY)
                counts_for = None if by_the_day else turn.cycle.name
                return Completion(self.obligation.id, day, EVIDENCE, counts_for)
        return None

    def days_ahead(self, status: ObligationStatus) -> Iterator[date]:
        """Yield the days on which anything can change, and maybe others."""
        yield from self.stated_on
        for turn in status.turns:
            if turn.state in _OVER:
                continue
            cycle = turn.cycle
            dates = (turn.begins_on, cycle.opens_on, cycle.target_on, self._done_on(turn))
            yield from (on for on in dates if on)
            yield from (on + timedelta(days=1) for on in (cycle.due_on, cycle.target_on) if on)
            yield from (step.on for step in turn.milestones)
            yield from (scheduled.send_on for scheduled in ladder_of(self.pack, self.obligation, turn))

    def _done_on(self, turn: Turn) -> date | None:
        """Return the day the pace has the cycle done on; None when it cannot, or can no more, be done."""
        cycle, first = turn.cycle, self.assumed_from
        if never_done(turn):
            return first
        if turn.state not in UNMET or not (on := self.pace.done_on(cycle)):
            return None
        by_the_day = isinstance(self.obligation.version_on(on).recurrence, _BY_THE_DAY)
        if turn.state is State.MISSED and (by_the_day or cycle.key in self.missed_before):
            return None
        return max(on, cycle.opens_on or on, first)


def _note(course: Course, world: _World, status: ObligationStatus, day: date) -> None:
    course.days.add(day)
    for turn in status.turns:
        key, cycle = turn.cycle.key, turn.cycle
        if cycle.due_on and not cycle.projected:
            course.due_dates.setdefault(key, set()).add(cycle.due_on)
        if world.states.get(key) is not turn.state:
            world.states[key] = turn.state
            course.moments.append(Moment(day, key, Kind.STATE, turn.state))
        for step in turn.milestones:
            if step.on == day and turn.state in UNMET and (key, Kind.STEP, step.id) not in world.told:
                world.told.add((key, Kind.STEP, step.id))
                course.moments.append(Moment(day, key, Kind.STEP, step.id))
    _tell(course, world, status, day)


def _tell(course: Course, world: _World, status: ObligationStatus, day: date) -> None:
    for turn in to_open(status, world.facts, day):
        key = turn.cycle.key
        for scheduled in notices_owed(world.pack, world.obligation, turn, world.facts, day):
            if not scheduled.skipped and (key, scheduled.kind, scheduled.id) not in world.told:
                world.told.add((key, scheduled.kind, scheduled.id))
                count = len(audience(scheduled, world.obligation))
                course.moments.append(
                    Moment(day, key, Kind.NOTICE, f"{scheduled.kind} {scheduled.id}", count)
                )
