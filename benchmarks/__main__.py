"""`python -m benchmarks`: measure everything and print a table each."""

import sys
from platform import machine, python_version

from benchmarks import (
    arriving,
    at_scale,
    cold_start,
    derivation,
    enforcement,
    enforcement_at_scale,
    four_years,
    ledger,
    packages,
    portal,
    rehearsal,
    sending,
    starting,
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
    packages.measure,
    arriving.reading_files,
    arriving.measure,
    sending.measure,
    ledger.entering,
    ledger.deciding,
    ledger.sending,
    enforcement_at_scale.measure,
    starting.measure,
    four_years.measure,
    portal.measure,
    portal.measure_feed,
)


def main() -> None:
    print(f"Python {python_version()}, {sys.platform}, {machine()}\n")
    for measure in BENCHMARKS:
        print(measure())


main()
