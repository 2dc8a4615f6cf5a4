"""Calls for inputs whose day had passed before they could leave: who was never asked for an input."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from policies.enforcement.owed import calls_missed
from policies.facts.facts import Facts
from policies.plans.milestones import MilestoneId
from policies.plans.notices import NoticeKind, NoticeState
from policies.status.standing import Standing
from records.cycles import Opened
from records.ledger.notices import SPOKEN, UNSENT, Ledger, by_cycle, entries
from tasks.installation.workplace import Workplace
from tasks.status.open_cycles import Addressed, Docket, dockets

if TYPE_CHECKING:
    from records.database import Session

_SETTLED = SPOKEN | UNSENT | {NoticeState.REFUSED, NoticeState.WITHHELD}


def unasked(docket: Docket, ledger: Ledger) -> list[Addressed]:
    """Return the calls for inputs that somebody never heard, and that leave by themselves no more."""
    asked = {
        entry.person
        for entry in ledger.values()
        if entry.kind == NoticeKind.CALL_FOR_INPUTS and entry.state in _SETTLED
    }
    rungs = calls_missed(docket.pack, docket.obligation, docket.turn)
    return [each for rung in rungs for each in docket.addressed(rung) if each.person not in asked]


def unasked_line(docket: Docket, ledger: Ledger) -> Iterator[str]:
    """Yield what there is to say about the calls of a cycle that nobody heard."""
    if people := {each.person for each in unasked(docket, ledger)}:
        cycle, due_on = docket.turn.cycle.key, docket.turn.milestone_on(MilestoneId.INPUTS_DUE)
        count = f"{len(people)} contributors were" if len(people) > 1 else "1 contributor was"
        yield (
            f"{cycle}: ask now: {count} never asked for an input, which was due on {due_on}; ask, or decide "
            f"not to: mandates notices ask {cycle}"
        )


def unasked_findings(
    session: "Session",
    workplace: Workplace,
    watched: Sequence[Standing],
    opened: Mapping[str, Opened],
    facts: Facts,
) -> Iterator[str]:
    """Yield, for each open cycle, that contributors were never asked for their inputs."""
    missed = [
        docket
        for docket in dockets(workplace, watched, opened, facts)
        if calls_missed(workplace.pack, docket.obligation, docket.turn)
    ]
    ledger = by_cycle(entries(session, [docket.turn.cycle.key for docket in missed]))
    for docket in missed:
        yield from unasked_line(docket, ledger.get(docket.turn.cycle.key, {}))
