"""A daily enforcement of 12, 1,000 and 40,000 obligations, on SQLite and on PostgreSQL.

Each size runs in a process of its own, so that its memory is its own.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.many import AS_OF, at, workplace_with
from benchmarks.tables import Table
from tasks.enforcement.enforcement import enforce
from tests.postgres import running

SIZES = (12, 1_000, 40_000)
DAYS = (AS_OF, AS_OF + timedelta(days=1), AS_OF + timedelta(days=1))
HEADING = (
    "obligations",
    "first day, s",
    "entered",
    "next day, s",
    "entered",
    "same day again, s",
    "peak, MB",
)


def measure() -> Table:
    """Live through the first day, on which all that runs is opened, the next, and the next once more."""
    with databases() as urls:
        rows = [_row(name, size, url) for name, url in urls.items() for size in SIZES]
    notes = ("Synchronised to disk on SQLite, not on PostgreSQL; memory is that of the whole process.",)
    return Table("A daily enforcement of many obligations", HEADING, rows, notes)


@contextmanager
def databases() -> Iterator[dict[str, str | None]]:
    """Give the URL of a database for each size; None is SQLite in a home of its own."""
    with running() as server:
        yield {"SQLite": None, "PostgreSQL": server.url("postgres")}


def _row(name: str, size: int, server: str | None) -> tuple[str, ...]:
    with TemporaryDirectory() as home:
        command = [sys.executable, "-m", "benchmarks.enforcement_at_scale", str(size), home, server or ""]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    first, following, again = told["days"]
    return (
        f"{name}, {size:,}",
        f"{first[0]:.2f}",
        f"{first[1]:,}",
        f"{following[0]:.2f}",
        f"{following[1]:,}",
        f"{again[0]:.2f}",
        f"{told['peak']:.0f}",
    )


def _one(size: int, home: Path, server: str | None) -> None:
    url = _fresh(server, size) if server else None
    with workplace_with(size, home, url) as installation:
        days = []
        for on in DAYS:
            started = perf_counter()
            entered = len(enforce(installation, on, at(on)).notices)
            days.append((perf_counter() - started, entered))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"days": days, "peak": peak}))


def _fresh(server: str, size: int) -> str:
    from sqlalchemy import create_engine, text  # noqa: PLC0415 (only where there is a server)

    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE many_{size}"))
    engine.dispose()
    return server.replace("/postgres?", f"/many_{size}?")


if __name__ == "__main__":
    _one(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] or None)
