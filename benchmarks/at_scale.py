"""How long the standing of many obligations takes, and whether it grows with their number alone."""

import resource
from datetime import date
from time import perf_counter

from benchmarks.tables import Table
from policies.facts import Completion, Facts
from policies.obligations import Obligation
from policies.pack import Pack, load_pack
from policies.standing import standing
from tasks.settings import PACK

AS_OF = date(2026, 11, 23)
SIZES = (1_000, 10_000, 40_000)


def measure() -> Table:
    """Bring copies of the pack's obligations, each with one completion, to their standing."""
    pack = load_pack(PACK)
    rows = [_row(pack, size) for size in SIZES]
    heading = ("obligations", "seconds", "microseconds each", "peak memory, MB")
    notes = ("Each looks five years ahead; memory is that of the whole process so far.",)
    return Table("From facts to standings, no database", heading, rows, notes)


def _row(pack: Pack, size: int) -> tuple[str, str, str, str]:
    obligations = _copies(pack, size)
    facts = Facts(completions=[Completion(each.id, date(2025, 11, 10), "report") for each in obligations])
    started = perf_counter()
    for each in obligations:
        standing(each, pack.plans[each.plan], facts, AS_OF, pack.seats(each))
    taken = perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{size:,}", f"{taken:.2f}", f"{taken / size * 1e6:.0f}", f"{peak:.0f}"


def _copies(pack: Pack, size: int) -> list[Obligation]:
    originals = list(pack.obligations.values())
    turned = (originals[number % len(originals)] for number in range(size))
    return [each.model_copy(update={"id": f"duty-{number}"}) for number, each in enumerate(turned)]
