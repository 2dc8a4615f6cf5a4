"""What is remembered of earlier cycles: how they ended, what was asked and decided, who was late."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from input_packages.contents import Asked, DecisionTaken, Memory, PastCycle
from notifications.matter import from_json
from policies.clocks import PerTrigger
from policies.facts import Completion
from policies.instrument import Words
from policies.milestones import MilestoneId
from policies.notices import NoticeKind
from policies.standing import Turn
from records.cycles import Opened
from records.notices import matters_said, sent_on
from records.submissions import submissions_for
from tasks.dockets import Docket
from tasks.tabled import asked_of, in_force, items_of

if TYPE_CHECKING:
    from records.database import Session


def earlier_turns(docket: Docket) -> tuple[Turn, ...]:
    """Return the turns before this one."""
    standing = docket.pack.standing(docket.obligation.id, docket.facts, docket.turn.as_of)
    keys = [turn.cycle.key for turn in standing.turns]
    return standing.turns[: keys.index(docket.turn.cycle.key)]


def history_of(docket: Docket) -> tuple[PastCycle, ...]:
    """Return how earlier cycles ended."""
    return tuple(_past(docket, turn) for turn in earlier_turns(docket))


def memory_of(session: "Session", docket: Docket, opened: Mapping[str, Opened]) -> Memory | None:
    """Return what happened in the cycle before; None where none was run with this system."""
    before = [turn for turn in earlier_turns(docket) if turn.cycle.key in opened]
    if not before:
        return None
    last = before[-1]
    then = replace(docket, turn=last, opened=opened[last.cycle.key])
    due_on = last.milestone_on(MilestoneId.INPUTS_DUE)
    asked = asked_of(then, sent_on(session, last.cycle.key, NoticeKind.CALL_FOR_INPUTS))
    items = items_of(then, in_force(submissions_for(session, last.cycle.key)))
    return Memory(
        cycle=last.cycle.key,
        inputs_due_on=due_on,
        ended=_past(docket, last),
        asked=_asked_for(session, last.cycle.key),
        decided=_decided_then(docket, last, opened),
        late=tuple(each for each in asked if due_on and each.answered_on and each.answered_on > due_on),
        silent=tuple(each for each in asked if _never_answered(each)),
        never_came=tuple(item.title for item in items if not item.present),
    )


def decisions_of(docket: Docket) -> tuple[DecisionTaken, ...]:
    """Return the decisions taken since the cycle before was met, and whether they were carried out."""
    met = [turn.cycle.met_on for turn in earlier_turns(docket) if turn.cycle.met_on]
    return _taken(docket, met[-1] if met else date.min, date.max)


def _decided_then(docket: Docket, last: Turn, opened: Mapping[str, Opened]) -> tuple[DecisionTaken, ...]:
    """Return the decisions taken from the beginning of the cycle before until this one was opened."""
    began_on = min(opened[last.cycle.key].opened_on, last.begins_on or date.max)
    return _taken(docket, began_on, docket.opened.opened_on - timedelta(days=1))


def _taken(docket: Docket, first: date, until: date) -> tuple[DecisionTaken, ...]:
    done = _carried_out(docket)
    return tuple(
        DecisionTaken(
            id=decision.id,
            decided_on=decision.decided_on,
            owner=decision.owner,
            text=decision.text,
            due_on=decision.due_on,
            done_on=done[decision.id].completed_on if decision.id in done else None,
            evidence=done[decision.id].evidence if decision.id in done else None,
        )
        for decision in sorted(docket.facts.decisions, key=lambda each: (each.decided_on, each.id))
        if first <= decision.decided_on <= until
    )


def _asked_for(session: "Session", cycle: str) -> tuple[Words, ...]:
    """Return what the calls of a cycle asked for, in the words of their letters, each wording once."""
    calls = (from_json(matter) for matter in matters_said(session, cycle, NoticeKind.CALL_FOR_INPUTS))
    found: list[Words] = []
    for call in calls:
        if call.asked and call.asked not in found:
            found.append(call.asked)
    return tuple(found)


def _past(docket: Docket, turn: Turn) -> PastCycle:
    cycle = turn.cycle
    explained = docket.facts.explanation_of(cycle.key)
    return PastCycle(
        name=cycle.name,
        due_on=cycle.due_on,
        met_on=cycle.met_on,
        evidence=cycle.completion.evidence if cycle.completion else None,
        state=turn.state,
        explanation=explained.reason if explained else None,
    )


def _never_answered(asked: Asked) -> bool:
    return asked.asked_on is not None and asked.answered_on is None


def _carried_out(docket: Docket) -> dict[str, Completion]:
    """Return the completions that say which decision they are for, by its name."""
    following = (
        obligation.id
        for obligation in docket.pack.obligations.values()
        for clock in [obligation.versions[-1].clock]
        if isinstance(clock, PerTrigger) and clock.trigger == "decision"
    )
    completions = (each for duty in following for each in docket.facts.completions_of(duty))
    return {each.counts_for: each for each in completions if each.counts_for}
