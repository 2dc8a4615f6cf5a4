"""`python -m benchmarks`: measure everything and print a table each."""

import sys
from platform import machine, python_version

from benchmarks import (
    at_scale,
    cold_start,
    derivation,
    enforcement,
    ledger,
    portal,
    rehearsal,
    sending,
    states,
)

BENCHMARKS = (
    derivation.ceilings,
    derivation.grids,
    derivation.grids_from_a_later_day,
    states.measure,
    at_scale.measure,
    rehearsal.measure,
    cold_start.measure,
    enforcement.measure,
    portal.measure,
    portal.measure_feed,
    sending.measure,
    ledger.entering,
    ledger.deciding,
    ledger.sending,
)


def main() -> None:
    print(f"Python {python_version()}, {sys.platform}, {machine()}\n")
    for measure in BENCHMARKS:
        print(measure())


main()
