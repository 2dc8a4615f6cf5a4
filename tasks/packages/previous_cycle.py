"""What is remembered of earlier cycles: how they ended, what was asked and decided, who was late."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from input_packages.contents import Asked, DecisionTaken, Memory, PastCycle
from notifications.notice_content import from_json
from policies.facts.decisions import Decision
from policies.facts.facts import Completion
from policies.obligations.instrument import Words
from policies.plans.milestones import MilestoneId
from policies.plans.notices import NoticeKind
from policies.recurrence.per_trigger import follows_decisions
from policies.status.status import Turn
from records.cycles import Opened
from records.ledger.deliveries import unreached
from records.ledger.notices import contents_said, sent_on
from records.submissions import submissions_for
from tasks.inputs.contributions import asked_of, in_force, items_of
from tasks.status.open_cycles import ASKING, OpenCycle

if TYPE_CHECKING:
    from records.database import Session


def earlier_turns(open_cycle: OpenCycle) -> tuple[Turn, ...]:
    """Return the turns before this one."""
    status = open_cycle.pack.status(open_cycle.obligation.id, open_cycle.facts, open_cycle.turn.as_of)
    keys = [turn.cycle.key for turn in status.turns]
    return status.turns[: keys.index(open_cycle.turn.cycle.key)]


def last_met_before(open_cycle: OpenCycle) -> date | None:
    """Return the day on which the cycle before was met that was met last; None where none was."""
    met = [turn.cycle.met_on for turn in earlier_turns(open_cycle) if turn.cycle.met_on]
    return met[-1] if met else None


def history_of(open_cycle: OpenCycle) -> tuple[PastCycle, ...]:
    """Return how earlier cycles ended."""
    return tuple(_past(open_cycle, turn) for turn in earlier_turns(open_cycle))


def memory_of(session: "Session", open_cycle: OpenCycle, opened: Mapping[str, Opened]) -> Memory | None:
    """Return what happened in the cycle before; None where none was run with this system."""
    before = [turn for turn in earlier_turns(open_cycle) if turn.cycle.key in opened]
    if not before:
        return None
    last = before[-1]
    then = replace(open_cycle, turn=last, opened=opened[last.cycle.key])
    due_on = last.milestone_on(MilestoneId.INPUTS_DUE)
    asked = who_was_asked(session, then)
    items = items_of(then, in_force(submissions_for(session, last.cycle.key)))
    return Memory(
        cycle=last.cycle.key,
        inputs_due_on=due_on,
        ended=_past(open_cycle, last),
        asked=_asked_for(session, last.cycle.key),
        decided=_decided_then(open_cycle, last, opened),
        late=tuple(each for each in asked if due_on and each.answered_on and each.answered_on > due_on),
        silent=tuple(each for each in asked if _never_answered(each)),
        never_came=tuple(item.title for item in items if not item.present),
    )


def who_was_asked(session: "Session", open_cycle: OpenCycle) -> tuple[Asked, ...]:
    """Return everybody who was asked for an input: when, what they answered, and whether it reached them."""
    cycle = open_cycle.turn.cycle.key
    sent = sent_on(session, cycle, NoticeKind.CALL_FOR_INPUTS)
    return asked_of(open_cycle, sent, unreached(session, cycle, ASKING))


def decisions_of(open_cycle: OpenCycle) -> tuple[DecisionTaken, ...]:
    """Return the decisions taken since the cycle before was met, and the older ones not carried out yet."""
    since = last_met_before(open_cycle) or date.min
    return tuple(each for each in _decisions(open_cycle) if each.decided_on >= since or each.done_on is None)


def _decided_then(
    open_cycle: OpenCycle, last: Turn, opened: Mapping[str, Opened]
) -> tuple[DecisionTaken, ...]:
    """Return the decisions taken from the beginning of the cycle before until this one was opened."""
    first = min(opened[last.cycle.key].opened_on, last.begins_on or date.max)
    until = open_cycle.opened.opened_on - timedelta(days=1)
    return tuple(each for each in _decisions(open_cycle) if first <= each.decided_on <= until)


def _decisions(open_cycle: OpenCycle) -> list[DecisionTaken]:
    done = _carried_out(open_cycle)
    taken = (_taken(open_cycle, decision, done.get(decision.id)) for decision in open_cycle.facts.decisions)
    return sorted(taken, key=lambda each: (each.decided_on, each.id))


def _taken(open_cycle: OpenCycle, decision: Decision, done: Completion | None) -> DecisionTaken:
    noted = open_cycle.facts.progress_of(decision.id)
    last = noted[-1] if noted else None
    return DecisionTaken(
        id=decision.id,
        decided_on=decision.decided_on,
        owner=", ".join(decision.owners),
        text=decision.text,
        due_on=decision.due_on,
        done_on=done.completed_on if done else None,
        evidence=done.evidence if done else None,
        status=last.status if last else None,
        noted_on=last.noted_on if last else None,
        noted=last.says if last else None,
    )


def _asked_for(session: "Session", cycle: str) -> tuple[Words, ...]:
    """Return what the calls of a cycle asked for, in the words of their letters, each wording once."""
    calls = (from_json(content) for content in contents_said(session, cycle, NoticeKind.CALL_FOR_INPUTS))
    found: list[Words] = []
    for call in calls:
        if call.asked and call.asked not in found:
            found.append(call.asked)
    return tuple(found)


def _past(open_cycle: OpenCycle, turn: Turn) -> PastCycle:
    cycle = turn.cycle
    explained = open_cycle.facts.explanation_of(cycle.key)
    return PastCycle(
        name=cycle.name,
        due_on=cycle.due_on,
        met_on=cycle.met_on,
        evidence=cycle.completion.evidence if cycle.completion else None,
        state=turn.state,
        explanation=explained.reason if explained else None,
    )


def _never_answered(asked: Asked) -> bool:
    came = asked.answered_on or asked.message_since
    return asked.asked_on is not None and came is None


def _carried_out(open_cycle: OpenCycle) -> dict[str, Completion]:
    """Return what ended the follow-up of each decision, by its name."""
    following = [
        obligation.id
        for obligation in open_cycle.pack.obligations.values()
        if follows_decisions(obligation.versions[-1].recurrence)
    ]
    turns = (
        turn
        for duty in following
        for turn in open_cycle.pack.status(duty, open_cycle.facts, open_cycle.turn.as_of).turns
    )
    return {turn.cycle.name: turn.cycle.completion for turn in turns if turn.cycle.completion}
