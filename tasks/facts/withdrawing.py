"""Withdrawing a fact that was wrong, unless another one on record rests on it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from records.facts.facts import correct_fact, in_force
from records.facts.meetings import Cancellation, Convening, Paper
from records.facts.proposals import Position, Proposal, ProposalStep
from records.facts.triggers import Decision, Meeting, Progress

if TYPE_CHECKING:
    from records.database import Session


class StillNeededError(LookupError):
    """A fact cannot be withdrawn while others rest on it; the message says which to withdraw first."""


def withdraw_fact(session: "Session", fact: str, number: int, reason: str, by: str, at: datetime) -> None:
    """Withdraw a fact, with a reason.

    Raises:
        UnknownFactError: no fact of that kind and number is in force.
        StillNeededError: facts on record rest on it.
    """
    resting = list(_RESTING[fact](session, number)) if fact in _RESTING else []
    if resting:
        first = ", ".join(resting)
        raise StillNeededError(
            f"{fact} {number} cannot be withdrawn: {first} rest on it; withdraw them first"
        )
    correct_fact(session, fact, number, reason, by, at)


def _on_step(session: "Session", number: int) -> Iterator[str]:
    """Yield the later steps about the same proposal: each was taken because of the one before it."""
    steps = list(in_force(session, ProposalStep))
    one = next((step for step in steps if step.id == number), None)
    yield from (f"step {s.id}" for s in steps if one and s.proposal == one.proposal and s.id > one.id)


def _on_proposal(session: "Session", number: int) -> Iterator[str]:
    one = next((each for each in in_force(session, Proposal) if each.id == number), None)
    name = one.proposal if one else None
    yield from (f"position {p.id}" for p in in_force(session, Position) if p.proposal == name)
    yield from (f"step {s.id}" for s in in_force(session, ProposalStep) if s.proposal == name)


def _on_position(session: "Session", number: int) -> Iterator[str]:
    """Yield the steps about a proposal, of whose positions this is the last."""
    positions = list(in_force(session, Position))
    one = next((each for each in positions if each.id == number), None)
    if one and sum(each.proposal == one.proposal for each in positions) == 1:
        yield from (f"step {s.id}" for s in in_force(session, ProposalStep) if s.proposal == one.proposal)


def _on_decision(session: "Session", number: int) -> Iterator[str]:
    one = next((each for each in in_force(session, Decision) if each.id == number), None)
    name = one.decision if one else None
    yield from (f"progress {p.id}" for p in in_force(session, Progress) if p.decision == name)


def _on_meeting(session: "Session", number: int) -> Iterator[str]:
    one = next((each for each in in_force(session, Meeting) if each.id == number), None)
    called = {each.meeting for each in in_force(session, Convening)}
    if one and one.meeting not in called:
        yield from (f"paper {p.id}" for p in in_force(session, Paper) if p.meeting == one.meeting)


def _on_convening(session: "Session", number: int) -> Iterator[str]:
    calls = list(in_force(session, Convening))
    one = next((each for each in calls if each.id == number), None)
    if one and sum(each.meeting == one.meeting for each in calls) == 1:
        offs = in_force(session, Cancellation)
        yield from (f"cancellation {c.id}" for c in offs if c.meeting == one.meeting)


_RESTING: Mapping[str, Callable[["Session", int], Iterator[str]]] = {
    "step": _on_step,
    "proposal": _on_proposal,
    "position": _on_position,
    "decision": _on_decision,
    "meeting": _on_meeting,
    "convening": _on_convening,
}
