"""The next step of a cycle, and who has it in hand: the plan's milestones, and the parts of the duty."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from policies.obligations.obligations import SECRETARIAT, Obligation
from policies.plans.milestones import MilestoneId
from policies.status.status import ObligationStatus, Turn

SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step that is still ahead, its day, and the actors who have it in hand."""

    obligation: str
    cycle: str
    of: str
    on: date
    actors: Sequence[str]


def next_step(obligation: Obligation, turn: Turn) -> NextStep | None:
    """Return the next step of an open cycle that is planned; None where nothing of the plan is ahead."""
    if not turn.waits:
        return None
    done = turn.cycle.trigger.done if turn.cycle.trigger else frozenset()
    ahead = next((s for s in turn.milestones if s.on >= turn.as_of and s.id not in done), None)
    if ahead is None:
        return None
    actors = _in_hand(obligation)[ahead.id]
    return NextStep(obligation.id, turn.cycle.key, ahead.id, ahead.on, actors or (obligation.holder,))


def steps_soon(status: ObligationStatus) -> Iterator[NextStep]:
    """Yield the next steps of an obligation's open cycles that come within two weeks."""
    for turn in status.turns:
        step = next_step(status.obligation, turn)
        if step and step.on <= turn.as_of + SOON:
            yield step


def _in_hand(obligation: Obligation) -> dict[MilestoneId, tuple[str, ...]]:
    secretariat, holder = (SECRETARIAT,), (obligation.holder,)
    return {
        MilestoneId.CALL_FOR_INPUTS: secretariat,
        MilestoneId.INPUTS_DUE: obligation.contributors,
        MilestoneId.CONSULTATION_CLOSES: obligation.consulted,
        MilestoneId.PACKAGE_ASSEMBLED: secretariat,
        MilestoneId.PACKAGE_RELEASED: secretariat,
        MilestoneId.REVIEW_HELD: holder,
        MilestoneId.DRAFT_MINUTES: secretariat,
        MilestoneId.DECISIONS_PUBLISHED: secretariat,
        MilestoneId.MINUTES_CLEARED: secretariat,
        MilestoneId.OUTCOME_PUBLISHED: holder,
    }
