"""The assertion about dates that pass: whatever was sent before, everybody hears of it who must, in time."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from policies.enforcement.owed import notices_owed
from policies.facts.answers import Pause
from policies.facts.facts import Facts
from policies.obligations.obligations import audience
from policies.obligations.overdue import can_be_overdue, must_hear, said_on, says_overdue
from policies.pack.pack import Pack
from policies.plans.notices import ScheduledNotice, coalesce
from policies.plans.restraints import apart_on, restrained
from policies.simulation.checks import Assertion
from policies.simulation.simulation import Course
from policies.simulation.span import Span
from policies.status.states import State
from policies.status.status import Turn

SAYS = "a due date that passes is said on the first working day after it, whatever was sent before"


def check_passed(pack: Pack, course: Course, facts: Facts, span: Span) -> list[Assertion]:
    """Return the assertion that no due date in `span` could pass in silence; none for a duty without any.

    Each cycle is supposed not to be done by its day, and nobody to have explained why. Everybody is supposed
    to have had all the reminders they may, the last of them that morning, and to be spared more by a pause.
    """
    if not can_be_overdue(course.obligation):
        return []
    plain = replace(facts, explanations=(), extensions=(), went_live_on=None)
    days = [(turn, turn.cycle.due_on) for turn in course.turns]
    tested = [(turn, due_on, said_on(due_on, pack.working_days)) for turn, due_on in days if due_on]
    tested = [each for each in tested if each[1] in span and each[2] in span]
    failures = [
        f"{turn.cycle.key}: due {due_on}, and on {on} nothing says to {actor} that it has passed"
        for turn, due_on, on in tested
        for actor in _untold(pack, course, _missed(turn, on), plain)
    ]
    return [Assertion(course.obligation.id, SAYS, len(tested), tuple(failures))]


def _missed(turn: Turn, on: date) -> Turn:
    """Return the cycle as it stands on a day if nobody has done it by then."""
    return Turn(turn.cycle._replace(completion=None), State.OVERDUE, on, turn.plan, turn.seats)


def _untold(pack: Pack, course: Course, turn: Turn, facts: Facts) -> Iterator[str]:
    """Yield who must hear that the cycle is overdue, and would not on the day the turn stands on."""
    owed = notices_owed(pack, course.obligation, turn, facts, turn.as_of)
    for actor in must_hear(course.obligation, pack.actors):
        scheduled_notices = [
            scheduled for scheduled in owed if actor in audience(scheduled, course.obligation)
        ]
        if not any(
            says_overdue(scheduled) and scheduled.send_on == turn.as_of
            for scheduled in _leaving(scheduled_notices, turn)
        ):
            yield actor


def _leaving(scheduled_notices: list[ScheduledNotice], turn: Turn) -> Iterator[ScheduledNotice]:
    """Yield what still leaves on the day, to somebody to whom no reminder may be sent any more."""
    on, plan = turn.as_of, turn.plan
    before = [on] * plan.most_chasers
    pause = Pause(turn.cycle.key, on, on, "supposed")
    for scheduled, _ in coalesce(
        [restrained(scheduled, plan, before, pause) for scheduled in scheduled_notices]
    ):
        if not scheduled.skipped and apart_on(scheduled, plan, before, on) is None:
            yield scheduled
