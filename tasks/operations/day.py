"""The work of a day: decide what is owed, build the packages, send what may leave.

`mandates enforce` does all of it in one process. The flows do a part each, as a task that Prefect shows. Each
part leaves its lines in the journal when it is done, so that one that fails takes nothing from the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tasks.dispatch.dispatching import Dispatching, dispatch
from tasks.enforcement.enforcement import Enforcement, enforce
from tasks.installation.clock_guard import require_forward
from tasks.installation.installation import Installation
from tasks.installation.runs import BY_A_SCHEDULE, Asked, RunContext, leave_heartbeat
from tasks.installation.sealing import seal_what_left
from tasks.installation.who import keep_people_copy
from tasks.operations.journal import assembled, dispatched, enforced, journal
from tasks.packages.assembly import Assembly, assemble


@dataclass(frozen=True, slots=True)
class Day:
    """What was decided, built and sent. Where the day was rehearsed, nothing was built or sent."""

    decided: Enforcement
    built: Assembly | None = None
    sent: Dispatching | None = None

    @property
    def findings(self) -> Sequence[str]:
        """What a person should look at, of all that was done, each once."""
        done = (self.decided, self.built, self.sent)
        return list(dict.fromkeys(finding for part in done if part for finding in part.findings))


def do_day(
    installation: Installation,
    run_context: RunContext,
    *,
    obligation: str | None = None,
    confirmed: date | None = None,
    asked: Asked = BY_A_SCHEDULE,
) -> Day:
    """Do the work of the occasion's day, for one obligation or for all; a rehearsal only decides.

    Raises:
        HeldDayError: the day is held until a person has `confirmed` it.
        UnknownObligationError: the pack has no such obligation.
    """
    decided = decide(installation, run_context, obligation, confirmed=confirmed, asked=asked)
    if run_context.rehearsal:
        return Day(decided)
    built = build(installation, run_context, obligation=obligation, asked=asked)
    return Day(decided, built, send(installation, run_context, by_hand=True, asked=asked))


def decide(
    installation: Installation,
    run_context: RunContext,
    obligation: str | None = None,
    *,
    confirmed: date | None = None,
    asked: Asked = BY_A_SCHEDULE,
) -> Enforcement:
    """Derive and write down what is owed, all of it in one batch.

    Raises:
        HeldDayError: the day is held until a person has `confirmed` it.
        UnknownObligationError: the pack has no such obligation.
    """
    when = (run_context.as_of, run_context.now)
    if not run_context.rehearsal:
        require_forward(installation, *when, confirmed)
    done = enforce(installation, *when, obligation=obligation, dry_run=run_context.rehearsal, asked=asked)
    if not run_context.rehearsal:
        keep_people_copy(installation, run_context.as_of)
        journal(installation.settings, run_context.now, enforced(done))
        seal_what_left(installation.engine, installation.settings, run_context.now)
    return done


def build(
    installation: Installation,
    run_context: RunContext,
    *,
    cycle: str | None = None,
    obligation: str | None = None,
    asked: Asked = BY_A_SCHEDULE,
) -> Assembly:
    """Build the packages that are owed, all of them in one batch.

    Raises:
        HeldDayError: the day is held until a person has confirmed it.
        UnopenedCycleError: `cycle` is not an opened cycle.
    """
    when, dry_run = (run_context.as_of, run_context.now), run_context.rehearsal
    if not dry_run:
        require_forward(installation, *when)
    done = assemble(installation, *when, cycle=cycle, obligation=obligation, dry_run=dry_run, asked=asked)
    if not dry_run:
        journal(installation.settings, run_context.now, assembled(done))
    return done


def send(
    installation: Installation,
    run_context: RunContext,
    *,
    by_hand: bool = False,
    asked: Asked = BY_A_SCHEDULE,
) -> Dispatching:
    """Send what was entered and may leave by now, all of it in one batch.

    A person who asks `by_hand` tries every channel at once, also one that waits because it reached nobody.
    """
    done = dispatch(installation, run_context.as_of, run_context.now, by_hand=by_hand)
    leave_heartbeat(installation, "dispatch", run_context.as_of, run_context.now, done.counts(), asked)
    journal(installation.settings, run_context.now, dispatched(done))
    seal_what_left(installation.engine, installation.settings, run_context.now)
    return done
