"""A full enforcement of the pack: the first day, its packages and messages, and the same day again."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.tables import Table
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import open_installation
from tasks.installation.settings import Settings
from tasks.operations.first_start import first_start
from tasks.packages.assembly import assemble

ROUNDS = 5
AS_OF = date(2026, 11, 23)
NOW = datetime.combine(AS_OF, time(6), UTC)
STEPS = ("first enforcement", "its packages", "its messages, into the outbox", "the same day again")


def measure() -> Table:
    """Live through the first day in a new home, several times; a real SQLite file, synchronised to disk."""
    with TemporaryDirectory() as folder:
        days = [_first_day(Path(folder) / str(number)) for number in range(ROUNDS)]
    rows = [
        (step, f"{min(taken):.3f}", f"{median(taken):.3f}")
        for step, taken in zip(STEPS, zip(*days, strict=True), strict=True)
    ]
    return Table(f"A full enforcement of the pack, seconds, {ROUNDS} runs", ("", "fastest", "median"), rows)


def _first_day(home: Path) -> list[float]:
    with open_installation(Settings(home=home)) as installation:
        first_start(installation, AS_OF, NOW)
        work: tuple[Callable[[], object], ...] = (
            lambda: enforce(installation, AS_OF, NOW),
            lambda: assemble(installation, AS_OF, NOW),
            lambda: dispatch(installation, AS_OF, NOW),
            lambda: enforce(installation, AS_OF, NOW),
        )
        return [_seconds(step) for step in work]


def _seconds(step: Callable[[], object]) -> float:
    started = perf_counter()
    step()
    return perf_counter() - started
