"""How soon `mandates up` has enforced: in a new home, and in one that is there already."""

from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.tables import Table
from tests.flows.running import running


def measure() -> Table:
    """Start the automation server twice on one home and wait for its first enforcement."""
    with TemporaryDirectory() as folder:
        taken = {name: _seconds(Path(folder) / "home") for name in ("a new home", "a home that is there")}
    rows = [(name, f"{seconds:.0f}") for name, seconds in taken.items()]
    return Table("From mandates up to the first enforcement done, seconds", ("", "seconds"), rows)


def _seconds(home: Path) -> float:
    started = perf_counter()
    with running(home) as server:
        server.wait_for("the first run", lambda: "First run completed." in server.output)
        return perf_counter() - started
