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
from tasks.installation.runs import BY_A_SCHEDULE, Asked, Occasion, leave_heartbeat
from tasks.installation.workplace import Workplace
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
        """What a person should look at, of all that was done."""
        done = (self.decided, self.built, self.sent)
        return [finding for part in done if part for finding in part.findings]


def do_day(
    workplace: Workplace,
    occasion: Occasion,
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
    decided = decide(workplace, occasion, obligation, confirmed=confirmed, asked=asked)
    if occasion.rehearsal:
        return Day(decided)
    built = build(workplace, occasion, obligation=obligation, asked=asked)
    return Day(decided, built, send(workplace, occasion, by_hand=True, asked=asked))


def decide(
    workplace: Workplace,
    occasion: Occasion,
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
    when = (occasion.as_of, occasion.now)
    if not occasion.rehearsal:
        require_forward(workplace, *when, confirmed)
    done = enforce(workplace, *when, obligation=obligation, dry_run=occasion.rehearsal, asked=asked)
    if not occasion.rehearsal:
        journal(workplace.settings, occasion.now, enforced(done))
    return done


def build(
    workplace: Workplace,
    occasion: Occasion,
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
    when, dry_run = (occasion.as_of, occasion.now), occasion.rehearsal
    if not dry_run:
        require_forward(workplace, *when)
    done = assemble(workplace, *when, cycle=cycle, obligation=obligation, dry_run=dry_run, asked=asked)
    if not dry_run:
        journal(workplace.settings, occasion.now, assembled(done))
    return done


def send(
    workplace: Workplace, occasion: Occasion, *, by_hand: bool = False, asked: Asked = BY_A_SCHEDULE
) -> Dispatching:
    """Send what was entered and may leave by now, all of it in one batch.

    A person who asks `by_hand` tries every channel at once, also one that waits because it reached nobody.
    """
    done = dispatch(workplace, occasion.as_of, occasion.now, by_hand=by_hand)
    leave_heartbeat(workplace, "dispatch", occasion.as_of, occasion.now, done.counts(), asked)
    journal(workplace.settings, occasion.now, dispatched(done))
    return done
