"""Four years lived through day by day: November 2026 to December 2030, with SQLite and the outbox of files.

`python -m benchmarks.four_years` does what the daily runs do, through the same functions, and reports for
each year the time a day takes and the size of the record. Duties are done on the day they are due or aimed
at, so that every cycle opens, is met and is followed by the next.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.tables import Table
from policies.status.states import MET, State
from records.chain.audit import breaks
from records.copying import counts
from records.database import reading
from records.facts.facts import read_facts
from records.runs import ENFORCE, runs_between
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.enforcement.proof import proof_of
from tasks.facts.importing import take
from tasks.installation.installation import Installation, open_installation
from tasks.installation.runs import leave_heartbeat
from tasks.installation.settings import Settings
from tasks.operations.first_start import first_start
from tasks.packages.assembly import assemble
from tasks.status.statuses import statuses

FIRST, LAST = date(2026, 11, 23), date(2030, 12, 31)


@dataclass(slots=True)
class Year:
    """What the days of one year took, and what the record held at its end."""

    seconds: list[float]
    rows: int = 0
    megabytes: float = 0.0
    notices: int = 0
    breaches: int = 0


def measure(days: int = (LAST - FIRST).days + 1) -> Table:
    """Live through so many days and report; fails where the chain breaks or a cycle was forgotten."""
    years: dict[int, Year] = {}
    with TemporaryDirectory() as folder, open_installation(Settings(home=Path(folder))) as installation:
        first_start(installation, FIRST, _at(FIRST))
        for on in _days(days):
            year = years.setdefault(on.year, Year([]))
            year.seconds.append(_lived(installation, on))
            if (on + timedelta(days=1)).year != on.year:
                _look(installation, year)
        _require_all_done(installation, days)
    rows = [
        (
            str(number),
            str(len(year.seconds)),
            f"{median(year.seconds):.3f}",
            f"{max(year.seconds):.3f}",
            f"{year.notices:,}",
            f"{year.rows:,}",
            f"{year.megabytes:.1f}",
        )
        for number, year in years.items()
    ]
    heading = ("", "days", "s a day, median", "longest", "notices so far", "rows so far", "record, MB")
    return Table("Four years, day by day, the Network's mandate, SQLite", heading, rows)


def _days(days: int) -> Iterator[date]:
    for number in range(days):
        yield FIRST + timedelta(days=number)


def _at(on: date, hour: int = 6) -> datetime:
    return datetime.combine(on, time(hour), UTC)


def _lived(installation: Installation, on: date) -> float:
    started, now = perf_counter(), _at(on)
    enforce(installation, on, now)
    assemble(installation, on, now)
    sent = dispatch(installation, on, now)
    leave_heartbeat(installation, "dispatch", on, now, sent.counts())
    taken = perf_counter() - started
    _do_what_is_due(installation, on)
    return taken


def _do_what_is_due(installation: Installation, on: date) -> None:
    """Record that what is due or aimed at today was done today."""
    with reading(installation.engine) as session:
        watched = statuses(installation.pack, read_facts(session), on)
    done = [
        {
            "obligation": status.obligation.id,
            "completed_on": on,
            "evidence": f"report of {on}",
            "counts_for": turn.cycle.name,
        }
        for status in watched
        for turn in status.turns
        if turn.state not in MET and on in (turn.cycle.due_on, turn.cycle.target_on)
    ]
    for completion in done:
        facts = {"completions": [completion]}
        if not _taken(installation, facts, on):
            _taken(
                installation,
                {"completions": [{k: v for k, v in completion.items() if k != "counts_for"}]},
                on,
            )


def _taken(installation: Installation, facts: dict[str, list[dict[str, object]]], on: date) -> bool:
    from policies.problems import RefusedFileError  # noqa: PLC0415 (some clocks take no counts_for)

    try:
        take(installation, facts, Path("four years"), "a benchmark", _at(on, 15), on)
    except RefusedFileError:
        return False
    return True


def _look(installation: Installation, year: Year) -> None:
    with reading(installation.engine) as session:
        held = counts(session)
    year.rows, year.notices, year.breaches = sum(held.values()), held["notices"], held["breaches"]
    year.megabytes = (installation.settings.home / "mandates.db").stat().st_size / 1e6


def _require_all_done(installation: Installation, days: int) -> None:
    """Require that the chain holds, that no day lacks its run and that no cycle was left behind."""
    last = FIRST + timedelta(days=days - 1)
    with reading(installation.engine) as session:
        assert list(breaks(session)) == []
        enforced = {run.as_of for run in runs_between(session, ENFORCE, FIRST, last)}
        facts = read_facts(session)
        proof = proof_of(session, installation, FIRST, last)
    assert enforced == set(_days(days))
    assert proof.failures == [], proof.failures[:5]
    late = [
        s.obligation.id for s in statuses(installation.pack, facts, last) if s.current.state is State.OVERDUE
    ]
    assert late == []


if __name__ == "__main__":
    print(measure())
