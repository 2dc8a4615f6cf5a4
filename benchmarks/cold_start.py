"""How soon `mandates status` answers in a new process, beside starting Python and importing Prefect."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.tables import Table

ROUNDS = 7
MANDATES = Path(sys.executable).with_name("mandates")
COMMANDS = {
    "mandates status": (str(MANDATES), "status", "--as-of", "2026-11-23", "--json"),
    "python, nothing else": (sys.executable, "-c", ""),
    "python, import prefect": (sys.executable, "-c", "import prefect"),
}


def measure() -> Table:
    """Run every command once to warm the disk, then time it; what fails is named and not timed."""
    with TemporaryDirectory() as home:
        rows = [_row(name, command, Path(home)) for name, command in COMMANDS.items()]
    return Table(f"Cold start, seconds, {ROUNDS} runs", ("", "fastest", "median"), rows)


def _row(name: str, command: Sequence[str], home: Path) -> tuple[str, str, str]:
    try:
        _seconds(command, home)
        taken = [_seconds(command, home) for _ in range(ROUNDS)]
    except (OSError, subprocess.CalledProcessError) as error:
        return name, "-", f"does not run ({type(error).__name__})"
    return name, f"{min(taken):.2f}", f"{median(taken):.2f}"


def _seconds(command: Sequence[str], home: Path) -> float:
    environment = {**os.environ, "MANDATES_HOME": str(home), "PREFECT_HOME": str(home / "prefect")}
    started = perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return perf_counter() - started
