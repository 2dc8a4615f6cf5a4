"""What is owed on a day: which cycles are to be open, and which rungs of their ladders have come."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from policies.facts import Facts
from policies.milestones import MilestoneId
from policies.notices import (
    CHASERS,
    FIRST_TOUCHES,
    FOR_INPUTS,
    PAST_DUE,
    NoticeClass,
    NoticeKind,
    Rung,
    RungAt,
    RungRule,
    ladder,
)
from policies.obligations import SECRETARIAT, Obligation
from policies.pack import Pack
from policies.standing import Standing, Turn
from policies.states import MET, UNMET, State


def to_open(standing: Standing, facts: Facts, as_of: date) -> tuple[Turn, ...]:
    """Return the turns whose cycle must be open on `as_of`.

    Going live does not reopen the past: a cycle missed before the system kept watch stays a breach on the
    list and is not opened.
    """
    live_on = facts.went_live_on or as_of
    return tuple(turn for turn in standing.turns if turn.state in UNMET and not _missed_before(turn, live_on))


def rungs_owed(pack: Pack, obligation: Obligation, turn: Turn, facts: Facts, as_of: date) -> tuple[Rung, ...]:
    """Return the rungs of an open cycle that have come by `as_of`, whether or not they were sent before."""
    if turn.state in MET:
        return (_receipt(turn),)
    come = (rung for rung in ladder_of(pack, obligation, turn) if rung.send_on <= as_of)
    return tuple(_still_owed(come, turn, facts, as_of))


def ladder_of(pack: Pack, obligation: Obligation, turn: Turn) -> tuple[Rung, ...]:
    """Return every rung of a turn's ladder whose date is known, whether it has come or lies ahead."""
    return ladder(pack.plans[obligation.plan].rungs, _dates(turn), pack.working_days)


def audience(rung: Rung | RungRule, obligation: Obligation) -> tuple[str, ...]:
    """Return the actors a rung speaks to, each once."""
    parts = {
        "holder": (obligation.holder,),
        "supports": obligation.supports,
        "consulted": obligation.consulted,
        "contributors": obligation.contributors,
    }
    actors = (actor for part in rung.to for actor in parts.get(part, (part,)))
    return tuple(dict.fromkeys(actors))


def class_of(kind: NoticeKind, actor: str, pack: Pack) -> NoticeClass:
    """Return whether a notice to `actor` leaves by itself.

    Formal are notices to formal actors, and every escalation beyond the secretariat.
    """
    beyond = kind is NoticeKind.ESCALATION and actor != SECRETARIAT
    return NoticeClass.FORMAL if beyond or pack.actors[actor].formal else NoticeClass.ROUTINE


def change_of_date(turn: Turn) -> Rung:
    """Return the notice that an open cycle's dates are others now: to everybody with a part in it."""
    to = ("secretariat", "holder", "supports", "contributors")
    return Rung(NoticeKind.CHANGE_OF_DATE, f"plan-{turn.cycle.plan_on}", "due", turn.as_of, to)


def _missed_before(turn: Turn, live_on: date) -> bool:
    ended_on = turn.cycle.due_on
    return turn.state is State.MISSED and (ended_on is None or ended_on < live_on)


def _dates(turn: Turn) -> dict[str, date]:
    cycle = turn.cycle
    named = {RungAt.BEGINS: turn.begins_on, RungAt.TARGET: cycle.target_on, RungAt.DUE: cycle.due_on}
    steps = {str(step.id): step.on for step in turn.milestones}
    return {str(name): on for name, on in named.items() if on} | steps


def _still_owed(rungs: Iterator[Rung], turn: Turn, facts: Facts, as_of: date) -> Iterator[Rung]:
    live_on = facts.went_live_on or as_of
    extension = facts.extension_of(turn.cycle.key)
    stopped = CHASERS | PAST_DUE if facts.explanation_of(turn.cycle.key) else frozenset()
    if extension and extension.until >= as_of:
        stopped |= PAST_DUE
    inputs_due_on = turn.milestone_on(MilestoneId.INPUTS_DUE) or date.max
    for rung in rungs:
        of_the_past = rung.send_on < live_on and rung.kind not in FIRST_TOUCHES
        if of_the_past or rung.kind in stopped:
            continue
        if rung.about in FOR_INPUTS and inputs_due_on < as_of:
            if inputs_due_on >= live_on:
                yield replace(rung, skipped=f"inputs were due on {inputs_due_on}, before this day")
            continue
        yield rung


def _receipt(turn: Turn) -> Rung:
    met_on = turn.cycle.met_on or turn.as_of
    return Rung(NoticeKind.RECEIPT, f"met-{met_on}", "met", met_on, ("secretariat", "holder", "supports"))
