"""Calls for inputs whose day had passed before they could leave: who was never asked for an input."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from policies.enforcement.owed import calls_missed
from policies.facts.facts import Facts
from policies.plans.milestones import MilestoneId
from policies.plans.notices import NoticeKind, NoticeState
from policies.status.status import ObligationStatus
from records.cycles import Opened
from records.ledger.notices import SPOKEN, UNSENT, Ledger, by_cycle, entries
from tasks.installation.installation import Installation
from tasks.status.open_cycles import Addressed, OpenCycle, cycles_open

if TYPE_CHECKING:
    from records.database import Session

_SETTLED = SPOKEN | UNSENT | {NoticeState.REFUSED, NoticeState.WITHHELD}


def unasked(open_cycle: OpenCycle, ledger: Ledger) -> list[Addressed]:
    """Return the calls for inputs that somebody never heard, and that leave by themselves no more."""
    asked = {
        entry.person
        for entry in ledger.values()
        if entry.kind == NoticeKind.CALL_FOR_INPUTS and entry.state in _SETTLED
    }
    scheduled_notices = calls_missed(open_cycle.pack, open_cycle.obligation, open_cycle.turn)
    return [
        each
        for scheduled in scheduled_notices
        for each in open_cycle.addressed(scheduled)
        if each.person not in asked
    ]


def unasked_line(open_cycle: OpenCycle, ledger: Ledger) -> Iterator[str]:
    """Yield what there is to say about the calls of a cycle that nobody heard."""
    if people := {each.person for each in unasked(open_cycle, ledger)}:
        cycle, due_on = open_cycle.turn.cycle.key, open_cycle.turn.milestone_on(MilestoneId.INPUTS_DUE)
        count = f"{len(people)} contributors were" if len(people) > 1 else "1 contributor was"
        yield (
            f"{cycle}: ask now: {count} never asked for an input, which was due on {due_on}; ask with "
            f"mandates notices ask {cycle} --until DATE --reason WHY --by NAME, or decide not to with "
            "--nobody instead of --until DATE"
        )


def unasked_findings(
    session: "Session",
    installation: Installation,
    watched: Sequence[ObligationStatus],
    opened: Mapping[str, Opened],
    facts: Facts,
) -> Iterator[str]:
    """Yield, for each open cycle, that contributors were never asked for their inputs."""
    missed = [
        open_cycle
        for open_cycle in cycles_open(installation, watched, opened, facts)
        if calls_missed(installation.pack, open_cycle.obligation, open_cycle.turn)
    ]
    ledger = by_cycle(entries(session, [open_cycle.turn.cycle.key for open_cycle in missed]))
    for open_cycle in missed:
        yield from unasked_line(open_cycle, ledger.get(open_cycle.turn.cycle.key, {}))
