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
    return next(_ahead(obligation, turn), None)


def steps_soon(status: ObligationStatus) -> Iterator[NextStep]:
    """Yield every step of an obligation's open cycles that comes within two weeks."""
    for turn in status.turns:
        yield from (step for step in _ahead(status.obligation, turn) if step.on <= turn.as_of + SOON)


def _ahead(obligation: Obligation, turn: Turn) -> Iterator[NextStep]:
    """Yield the steps that are still ahead, the next one first."""
    if not turn.waits:
        return
    done = turn.cycle.trigger.done if turn.cycle.trigger else frozenset()
    for step in turn.milestones:
        if step.on >= turn.as_of and step.id not in done:
            actors = _in_hand(obligation)[step.id] or (obligation.holder,)
            yield NextStep(obligation.id, turn.cycle.key, step.id, step.on, actors)


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
