"""Twenty years of the Network's pack, lived through day by day, with every assertion checked."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.tables import Table
from policies.facts.facts import Facts
from policies.pack.pack import Pack
from policies.simulation import Assumptions, Span, rehearse
from policies.simulation.assumptions import read_pace
from records.database import reading
from records.facts.facts import read_facts
from tasks.facts.history import take_history
from tasks.installation.installation import open_installation
from tasks.installation.settings import Settings

SPAN = Span(date(2026, 11, 23), date(2046, 12, 31))
NOW = datetime.combine(SPAN.first, time(6), UTC)
PACES = ("on-target", "on-due", "late=40")


def measure() -> Table:
    """Live through the years at several paces, from the public history on; the reading is not timed."""
    with TemporaryDirectory() as folder, open_installation(Settings(home=Path(folder))) as installation:
        take_history(installation, SPAN.first, NOW)
        with reading(installation.engine) as session:
            facts = read_facts(session)
        rows = [_row(installation.pack, facts, pace) for pace in PACES]
    heading = ("duties are done", "seconds", "days that change anything", "assertions that hold")
    return Table(f"A rehearsal of the pack, {SPAN.first} to {SPAN.last}", heading, rows)


def _row(pack: Pack, facts: Facts, pace: str) -> tuple[str, ...]:
    started = perf_counter()
    lived = rehearse(pack, facts, SPAN, Assumptions(read_pace(pace), {}))
    taken = perf_counter() - started
    tested = [assertion for assertion in lived.assertions if assertion.tested]
    held = sum(assertion.holds for assertion in tested)
    return pace, f"{taken:.2f}", f"{lived.days:,}", f"{held} of {len(tested)} tested"
