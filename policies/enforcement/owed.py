"""What is owed on a day: which cycles are to be open, and which of their scheduled notices have come."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from policies.facts.facts import Facts
from policies.obligations.obligations import SECRETARIAT, Obligation
from policies.pack.pack import Pack
from policies.plans.announced import Announced
from policies.plans.milestones import MilestoneId
from policies.plans.notices import (
    ALWAYS_SAID,
    CHASERS,
    DUTY_OFFICER,
    ESCALATIONS,
    FOR_INPUTS,
    HANDED,
    INITIAL_NOTICES,
    PAST_DUE,
    CountedFrom,
    NoticeClass,
    NoticeKind,
    ScheduledNotice,
    ladder,
    too_late,
)
from policies.status.inputs import Input
from policies.status.states import MET, UNMET, State
from policies.status.status import ObligationStatus, Turn


def to_open(
    status: ObligationStatus, facts: Facts, as_of: date, opened: Collection[str] = ()
) -> tuple[Turn, ...]:
    """Return the turns whose cycle must be open on `as_of`; `opened` are the cycles that were opened before.

    Going live does not reopen the past: a cycle missed before the system kept watch stays a breach on the
    list and is not opened. Nor is one that another followed, which was opened or met and whose date was lost
    since: that no date ends the earlier one any more does not begin it anew.
    """
    live_on = facts.went_live_on or as_of
    return tuple(
        turn
        for at, turn in enumerate(status.turns)
        if turn.state in UNMET
        and not _missed_before(turn, live_on)
        and not _followed(turn, status.turns[at + 1 :], opened)
    )


def notices_owed(
    pack: Pack,
    obligation: Obligation,
    turn: Turn,
    facts: Facts,
    as_of: date,
    announced: Announced | None = None,
) -> tuple[ScheduledNotice, ...]:
    """Return the notices of an open cycle that have come by `as_of`, whether or not they were sent."""
    if turn.state in MET:
        return (_receipt(turn),)
    come = (too_late(scheduled, as_of) for scheduled in ladder_of(pack, obligation, turn, announced, as_of))
    return tuple(_still_owed(come, turn, facts, as_of))


def ladder_of(
    pack: Pack,
    obligation: Obligation,
    turn: Turn,
    announced: Announced | None = None,
    until: date = date.max,
) -> tuple[ScheduledNotice, ...]:
    """Return the scheduled notices of a turn's ladder whose day is known and comes by `until`.

    Once its dates were announced anew, its notices go by other names, so that what was said of the old dates
    is said of the new ones too; what would have come before that day, the announcement itself has said. That
    a date has passed is said all the same, once for each date.
    """
    scheduled_notices = ladder(
        pack.plans[obligation.plan].scheduled_notices, _dates(turn), pack.working_days, until
    )
    if announced is None or announced.times == 1:
        return scheduled_notices
    return tuple(renamed for scheduled in scheduled_notices if (renamed := _anew(scheduled, announced)))


def _anew(scheduled: ScheduledNotice, announced: Announced) -> ScheduledNotice | None:
    """Return the notice by the name it has once dates were announced anew; None where they have said it."""
    if scheduled.kind in INITIAL_NOTICES:
        return scheduled
    if scheduled.kind in ALWAYS_SAID and scheduled.about in _OF_THE_CYCLE:
        times = announced.said_under(scheduled.about, scheduled.send_on)
        return scheduled.anew(times) if times > 1 else scheduled
    return scheduled.anew(announced.times) if scheduled.send_on > announced.on else None


_OF_THE_CYCLE = frozenset({CountedFrom.DUE, CountedFrom.TARGET})


def calls_ahead(
    pack: Pack,
    obligation: Obligation,
    turn: Turn,
    announced: Announced | None = None,
    days: int | None = None,
) -> tuple[ScheduledNotice, ...]:
    """Return the calls for inputs of an open cycle whose day is still to come, within `days` where given.

    They are not owed yet, but may travel with one that is.
    """
    if turn.state in MET:
        return ()
    until = turn.as_of + timedelta(days=days) if days else date.max
    scheduled_notices = ladder_of(pack, obligation, turn, announced, until)
    return tuple(
        r for r in scheduled_notices if r.kind is NoticeKind.CALL_FOR_INPUTS and r.send_on > turn.as_of
    )


def calls_missed(pack: Pack, obligation: Obligation, turn: Turn) -> tuple[ScheduledNotice, ...]:
    """Return the calls for inputs of a cycle that is still to be met whose inputs were due before the day.

    They do not leave by themselves any more: nobody can answer by a day that has passed.
    """
    inputs_due_on = turn.milestone_on(MilestoneId.INPUTS_DUE) if turn.waits else None
    if inputs_due_on is None or inputs_due_on >= turn.as_of:
        return ()
    scheduled_notices = ladder_of(pack, obligation, turn, until=turn.as_of)
    return tuple(scheduled for scheduled in scheduled_notices if scheduled.kind is NoticeKind.CALL_FOR_INPUTS)


def reminders_after(
    pack: Pack, obligation: Obligation, given: Input, as_of: date
) -> tuple[ScheduledNotice, ...]:
    """Return the reminders of an input for which more time was given, counted from its new day.

    They go by the name of that day; what would have come before it was given is not among them.
    """
    if given.until is None or given.granted_on is None:
        return ()
    granted_on, until = given.granted_on, given.until
    rules = [
        rule for rule in pack.plans[obligation.plan].scheduled_notices if rule.at == MilestoneId.INPUTS_DUE
    ]
    scheduled_notices = ladder(rules, {MilestoneId.INPUTS_DUE: until}, pack.working_days, as_of)
    return tuple(
        scheduled._replace(id=f"{scheduled.id}@{until}")
        for scheduled in scheduled_notices
        if scheduled.kind in CHASERS and scheduled.send_on > granted_on
    )


def class_of(kind: NoticeKind, actor: str, pack: Pack) -> NoticeClass:
    """Return whether a notice to `actor` leaves by itself.

    What goes to formal actors is signed. Formal are the letters of the ladder without consensus, and every
    escalation beyond the secretariat. Somebody who is no actor of the text, an owner of a decision, is told
    in routine.
    """
    if actor in pack.actors and pack.actors[actor].formal:
        return NoticeClass.SIGNED
    beyond = kind in ESCALATIONS and actor not in (SECRETARIAT, DUTY_OFFICER)
    return NoticeClass.FORMAL if beyond else NoticeClass.ROUTINE


def change_of_date(turn: Turn) -> ScheduledNotice:
    """Return the notice that an open cycle's dates are others now: to everybody with a part in it."""
    to = ("secretariat", "holder", "supports", "contributors")
    return ScheduledNotice(NoticeKind.CHANGE_OF_DATE, f"plan-{turn.cycle.plan_on}", "due", turn.as_of, to)


def _missed_before(turn: Turn, live_on: date) -> bool:
    ended_on = turn.cycle.due_on
    return turn.state is State.MISSED and (ended_on is None or ended_on < live_on)


def _followed(turn: Turn, later: Iterable[Turn], opened: Collection[str]) -> bool:
    """Whether a later cycle, of which no date is known now, was opened or met."""
    lost = (each for each in later if each.cycle.unknown and each.cycle.opens_on is None)
    return not turn.cycle.alone and any(each.cycle.key in opened or each.state in MET for each in lost)


def _dates(turn: Turn) -> dict[str, date]:
    """Return the days that scheduled notices can be counted from, by name."""
    cycle = turn.cycle
    named = {
        CountedFrom.BEGINS: turn.begins_on,
        CountedFrom.TARGET: cycle.target_on,
        CountedFrom.DUE: cycle.due_on,
    }
    steps = {str(step.id): step.on for step in turn.milestones}
    return {str(name): on for name, on in named.items() if on} | steps | dict(turn.marks)


def _still_owed(
    scheduled_notices: Iterator[ScheduledNotice], turn: Turn, facts: Facts, as_of: date
) -> Iterator[ScheduledNotice]:
    live_on = facts.went_live_on or as_of
    extension = facts.extension_of(turn.cycle.key)
    stopped = CHASERS | PAST_DUE | HANDED if facts.explanation_of(turn.cycle.key) else frozenset()
    if extension and extension.until >= as_of:
        stopped |= PAST_DUE | HANDED
    inputs_due_on = turn.milestone_on(MilestoneId.INPUTS_DUE) or date.max
    done = turn.cycle.trigger.done if turn.cycle.trigger else frozenset()
    for scheduled in scheduled_notices:
        of_the_past = scheduled.send_on < live_on and scheduled.kind not in INITIAL_NOTICES
        if of_the_past or scheduled.kind in stopped or scheduled.about in done:
            continue
        if (
            scheduled.about in FOR_INPUTS
            and scheduled.kind is not NoticeKind.HAND_OVER
            and inputs_due_on < as_of
        ):
            if inputs_due_on >= live_on:
                yield scheduled._replace(skipped=f"inputs were due on {inputs_due_on}, before this day")
            continue
        yield scheduled


def _receipt(turn: Turn) -> ScheduledNotice:
    met_on = turn.cycle.met_on or turn.as_of
    return ScheduledNotice(
        NoticeKind.RECEIPT, f"met-{met_on}", "met", met_on, ("secretariat", "holder", "supports")
    )
