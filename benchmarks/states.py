"""How fast the same obligations are brought to the state of each of their dates, ours beside regclock's.

Both are told that everything was done, and asked for every due date with its state on one day.
"""

from collections.abc import Callable, Sequence
from datetime import date
from time import perf_counter

from benchmarks import by_regclock
from benchmarks.derivation import DONE
from benchmarks.duties import DUTIES, Duty
from benchmarks.tables import Table
from policies.obligations.obligations import Obligation
from policies.pack.pack import load_pack
from policies.status.explanation import steps
from policies.status.status import Turn, status
from tasks.installation.settings import PACK

AS_OF = date(2026, 11, 23)
A_FEW = DUTIES[:50]
RIVAL = "regclock, one log"
NETWORK = load_pack(PACK)
ORIGINAL = NETWORK.obligations["working-arrangements-review"]


def measure() -> Table:
    """Bring all of them; regclock with one log only a few, since it reads all of that for each date."""
    contenders: dict[str, tuple[Callable[[Sequence[Duty]], int], Sequence[Duty]]] = {
        "Mandate Keeper": (_states, DUTIES),
        "Mandate Keeper, explained": (_explained_states, DUTIES),
        RIVAL: (lambda some: by_regclock.states(some, by_regclock.ONE_LOG, AS_OF), A_FEW),
        "regclock, a log for each": (_apart, DUTIES),
    }
    rates = {name: _rate(bring, some) for name, (bring, some) in contenders.items()}
    rows = [
        (name, f"{len(contenders[name][1]):,}", f"{rate:,.0f}", f"{rate / rates[RIVAL]:,.1f}")
        for name, rate in rates.items()
    ]
    heading = ("", "obligations", "dates with state/s", f"x {RIVAL}")
    return Table(
        f"From what was done to every date's state on {AS_OF}, {len(DUTIES):,} obligations", heading, rows
    )


def _rate(bring: Callable[[Sequence[Duty]], int], some: Sequence[Duty]) -> float:
    started = perf_counter()
    dates = bring(some)
    taken = perf_counter() - started
    assert dates == sum(duty.turns for duty in some)
    return dates / taken


def _states(some: Sequence[Duty]) -> int:
    return sum(len(_turns(duty)) for duty in some)


def _explained_states(some: Sequence[Duty]) -> int:
    return sum(len([steps(turn.cycle, "REV-2") for turn in _turns(duty)]) for duty in some)


def _turns(duty: Duty) -> list[Turn]:
    obligation = OBLIGATIONS[duty.name]
    plan, seats = NETWORK.plans[obligation.plan], NETWORK.seats(obligation)
    found = status(obligation, plan, DONE, AS_OF, seats, AS_OF)
    return [turn for turn in found.turns if not turn.cycle.projected]


def _apart(some: Sequence[Duty]) -> int:
    return sum(by_regclock.states([duty], by_regclock.LOGS[duty.name], AS_OF) for duty in some)


def _obligation(duty: Duty) -> Obligation:
    (version,) = ORIGINAL.versions
    own = version.model_copy(
        update={"recurrence": version.recurrence.model_copy(update={"months": duty.months})}
    )
    return ORIGINAL.model_copy(update={"id": duty.name, "versions": (own,)})


OBLIGATIONS = {duty.name: _obligation(duty) for duty in DUTIES}
