"""`python -m benchmarks`: measure everything and print a table each."""

import sys
from platform import machine, python_version

from benchmarks import at_scale, cold_start, derivation, enforcement, portal

BENCHMARKS = (
    derivation.ceilings,
    derivation.grids,
    at_scale.measure,
    cold_start.measure,
    enforcement.measure,
    portal.measure,
    portal.measure_feed,
)


def main() -> None:
    print(f"Python {python_version()}, {sys.platform}, {machine()}\n")
    for measure in BENCHMARKS:
        print(measure())


main()
