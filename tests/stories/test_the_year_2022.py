"""The Network's year 2022 lived through from the public record: what the house would have said, and when."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from records.database import reading
from records.facts.facts import read_facts
from tasks.enforcement.enforcement import Enforcement, enforce
from tasks.installation.installation import Installation
from tasks.status.statuses import row_of, statuses
from tests.days import day
from tests.golden import GOLDEN, assert_golden
from tests.installations import at, record, workplace_in

YEAR = tomllib.loads(Path("docs/examples/the-year-2022/facts.toml").read_text("utf-8"))
FIRST, LAST = day("Mon 2022-01-03"), day("Mon 2023-01-02")
# When the dates of the forum were announced is not public: these days stand for it.
ANNOUNCED = (day("Wed 2022-01-26"), day("Tue 2022-03-01"))
DATES = {"completions": "completed_on", "meetings": "held_on"}


def known_on() -> dict[date, list[tuple[str, dict[str, Any]]]]:
    """Return what becomes known on each day, in the order of the file."""
    found: dict[date, list[tuple[str, dict[str, Any]]]] = {}
    for on, event in zip(ANNOUNCED, YEAR["events"], strict=True):
        found.setdefault(on, []).append(("events", event))
    for kind, happened in sorted(DATES.items(), reverse=True):  # meetings before what they served
        for entry in YEAR[kind]:
            found.setdefault(entry[happened], []).append((kind, entry))
    return found


def lived(installation: Installation) -> Iterator[str]:
    """Enforce each Monday and each day on which something is known, and yield what that did."""
    known = known_on()
    days = {FIRST + timedelta(weeks=n) for n in range((LAST - FIRST).days // 7 + 1)} | set(known)
    for on in sorted(days):
        for kind, entry in known.get(on, []):
            record(installation, {kind: [entry]}, on)
            yield f"{on:%a %Y-%m-%d} known: {called(kind, entry)}"
        yield from told(enforce(installation, on, at(on, 12)))


def called(kind: str, entry: dict[str, Any]) -> str:
    """Return what became known, in a few words."""
    if kind == "events":
        return f"the forum is on {entry['starts_on']} to {entry['ends_on']}, {entry['certainty']}"
    if kind == "meetings":
        return f"{entry['title']}"
    return f"{entry['obligation']} is done: {entry['evidence'].partition(';')[0]}"


def told(done: Enforcement) -> Iterator[str]:
    """Yield what an enforcement did, the notices counted."""
    on = f"{done.as_of:%a %Y-%m-%d}"
    yield from (f"{on} opened {cycle}" for cycle in done.opened)
    yield from (f"{on} past its due date: {cycle}" for cycle in done.breached)
    sent = Counter((n.cycle, n.kind, n.scheduled) for n in done.notices)
    yield from (
        f"{on}   {cycle}: {kind} {scheduled}, {count}" for (cycle, kind, scheduled), count in sent.items()
    )


def test_the_year_2022_is_told_as_the_public_record_has_it(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation:
        lines = list(lived(installation))
        with reading(installation.engine) as session:
            rows = [row_of(each) for each in statuses(installation.pack, read_facts(session), LAST)]
    lines += ["", f"as of {LAST:%a %Y-%m-%d}"]
    lines += [f"{r['obligation']} {r['cycle']}: {r['state']}" for r in rows]
    assert_golden(GOLDEN / "the-year-2022.txt", "\n".join(lines) + "\n")


def test_the_forum_moved_by_a_week_and_with_it_the_limit_for_the_report(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation:
        limits = []
        for on, event in zip(ANNOUNCED, YEAR["events"], strict=True):
            record(installation, {"events": [event]}, on)
            with reading(installation.engine) as session:
                (found,) = statuses(installation.pack, read_facts(session), on, "general-assembly-report")
            limits.append(found.current.cycle.due_on)
    assert limits == [day("Tue 2022-02-15"), day("Tue 2022-02-22")]
