"""How long it takes to bring many obligations from facts to status, and whether that grows with their number.

What is timed is what `mandates status --json` does between reading the database and writing the answer: the
standing of every obligation, its entry in the JSON, and what there is to look at about it.
"""

import resource
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from time import perf_counter

from benchmarks.tables import Table
from policies.facts.facts import Completion, Facts
from policies.obligations.obligations import Obligation
from policies.pack.pack import Pack, load_pack
from policies.recurrence import Recurrence
from tasks.installation.settings import PACK
from tasks.status.findings import findings_on
from tasks.status.statuses import one_by_one, status_json

AS_OF = date(2026, 11, 23)
SIZES = (1_000, 10_000, 40_000)
DAYS = 365
ROUNDS = 3


def measure() -> Table:
    """Bring copies of the pack's obligations to their status, each with its own clock and completion."""
    pack = load_pack(PACK)
    rows = [_row(pack, size) for size in SIZES]
    heading = ("obligations", "seconds", "microseconds each", "of them, its standing", "peak memory, MB")
    notes = (
        f"The best of {ROUNDS} rounds. Each looks five years ahead; no two share a clock or a source.",
        "Memory is that of the whole process so far, with the rules and the facts.",
    )
    return Table("From facts to status, no database", heading, rows, notes)


def _row(pack: Pack, size: int) -> tuple[str, ...]:
    many = replace(pack, obligations={each.id: each for each in _copies(pack, size)})
    facts = Facts(completions=[_done(number, name) for number, name in enumerate(many.obligations)])
    status = min(_seconds(_to_status, many, facts) for _ in range(ROUNDS))
    status = min(_seconds(_to_standing, many, facts) for _ in range(ROUNDS))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    each = (f"{taken / size * 1e6:.0f}" for taken in (status, status))
    return (f"{size:,}", f"{status:.2f}", *each, f"{peak:.0f}")


def _to_status(pack: Pack, facts: Facts) -> int:
    brought = 0
    for each in one_by_one(pack, facts, AS_OF):
        status_json(each, external=False)
        list(findings_on(each))
        brought += 1
    return brought


def _to_standing(pack: Pack, facts: Facts) -> int:
    return sum(1 for _ in one_by_one(pack, facts, AS_OF))


def _seconds(bring: Callable[[Pack, Facts], int], pack: Pack, facts: Facts) -> float:
    started = perf_counter()
    brought = bring(pack, facts)
    taken = perf_counter() - started
    assert brought == len(pack.obligations)
    return taken


def _done(number: int, obligation: str) -> Completion:
    return Completion(obligation, AS_OF - timedelta(days=1 + number % DAYS), f"report {number}")


def _copies(pack: Pack, size: int) -> Iterator[Obligation]:
    originals = list(pack.obligations.values())
    for number in range(size):
        original = originals[number % len(originals)]
        versions = tuple(
            version.model_copy(update={"recurrence": _own(version.recurrence, number)})
            for version in original.versions
        )
        yield original.model_copy(update={"id": f"duty-{number}", "versions": versions})


def _own(recurrence: Recurrence, number: int) -> Recurrence:
    return recurrence.model_copy(update={"source": f"{recurrence.source}, line {number}"})
