"""How many examples properties are tried with: few in `make test`, many in `make soak`."""

import os

TIMES = int(os.environ.get("SOAK_TIMES", "1"))


def examples(usual: int) -> int:
    """Return how many examples to try, of which `make test` tries the usual number."""
    return usual * TIMES
