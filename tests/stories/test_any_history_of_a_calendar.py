"""Whatever is recorded, withdrawn and ruled, in whatever order: calendars follow, and end with what holds."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from policies.problems import RefusedFileError
from records.database import reading
from records.facts.facts import UnknownFactError, read_facts
from tasks.calendar.calendar import calendar_between
from tasks.facts.withdrawing import StillNeededError
from tests.days import day
from tests.installations import Facts
from tests.stories.calendars import (
    FORUM_2026,
    Life,
    Step,
    complaints_about,
    life,
    nothing,
    recorded,
    withdrawn,
)

DUTIES = ("working-group-review", "working-arrangements-review")
FIRST = day("Mon 2026-06-29")
# To find a smaller history takes minutes for each step: the one that was found is told as it is.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
SHOWN = ("due", "target", "opens")


def _forum(starts_on: date, certainty: str) -> Facts:
    days = {"starts_on": starts_on, "ends_on": starts_on + timedelta(days=3)}
    return {"events": [FORUM_2026 | days | {"certainty": certainty, "source": "a programme"}]}


def _between(first: date, days: int) -> Facts:
    within = {"between": [first, first + timedelta(days=days)], "certainty": "tentative"}
    return {"events": [FORUM_2026 | within | {"source": "a rumour"}]}


def _done(duty: str, on: date) -> Facts:
    return {"completions": [{"obligation": duty, "completed_on": on, "evidence": f"report of {on}"}]}


def _called(on: date) -> Facts:
    call = {"id": "annual-2027", "kind": "annual-meeting", "starts_on": on, "title": "Annual\vmeeting"}
    return {"convenings": [call | {"source": "the call"}]}


def _off(on: date) -> Facts:
    return {"cancellations": [{"meeting": "annual-2027", "cancelled_on": on, "reason": "no quorum"}]}


def perhaps(step: Step) -> Step:
    """Return a step that may be refused: what is not recorded is no part of the history."""

    def tried(life: Life, on: date) -> None:
        with suppress(RefusedFileError, UnknownFactError, StillNeededError):
            step(life, on)

    return tried


in_spring = st.dates(day("Wed 2026-04-01"), day("Tue 2026-06-30"))
in_autumn = st.dates(day("Wed 2026-09-02"), day("Wed 2027-03-31"))
before = st.dates(day("Mon 2025-09-01"), FIRST)
facts = st.one_of(
    st.builds(_forum, in_spring, st.sampled_from(["confirmed", "tentative"])),
    st.builds(_between, in_spring, st.integers(1, 60)),
    st.builds(_done, st.sampled_from(DUTIES), before),
    st.builds(_called, in_autumn),
    st.builds(_off, before),
)
steps = st.one_of(
    facts.map(recorded),
    st.builds(
        withdrawn, st.sampled_from(["event", "completion", "convening", "cancellation"]), st.integers(1, 3)
    ),
    st.just(nothing),
).map(perhaps)
days = st.tuples(st.integers(1, 20), st.lists(steps, max_size=2), st.booleans(), st.booleans())


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=PHASES)
@given(st.lists(days, min_size=2, max_size=6))
def test_numbers_grow_with_every_change_and_the_last_state_is_what_the_calendar_says(history):
    with life(DUTIES, "secretariat", [""]) as lived:
        on = FIRST
        lived.day(on, recorded(_forum(day("Tue 2026-05-05"), "confirmed")))
        for gap, recorded_today, enforced, read in history:
            on += timedelta(days=gap)
            lived.day(on, *recorded_today, enforced=enforced, read=read)
        for _ in range(3):  # what waited after a gap has left
            on += timedelta(days=1)
            lived.day(on)
        assert complaints_about(lived.files) == {}
        _counted(lived.feeds)
        for files in lived.to.values():
            _counted(files)
        rows = _calendar(lived, on)
        shown = {name: e for name, e in _last(lived.feeds[-1:]).items() if name.partition(".")[0] in SHOWN}
        first, last = date(on.year - 1, 1, 1), date(on.year + 5, 12, 31)
        assert {n: e.decoded("dtstart") for n, e in shown.items() if e["STATUS"] != "CANCELLED"} == {
            name: each for name, each in rows.items() if first <= each <= last
        }
        for files in lived.to.values():
            _holds(_last(files), rows, on)


def _events(content: bytes) -> Iterator[Any]:
    yield from Calendar.from_ical(content).walk("VEVENT")


def _counted(files: list[bytes]) -> None:
    """Hold that of each entry the number and the stamp grow with every change, and with nothing else."""
    seen: defaultdict[str, list[tuple[int, datetime, bytes]]] = defaultdict(list)
    for content in files:
        for event in _events(content):
            stamp = event.decoded("dtstamp")
            seen[str(event["UID"])].append((event["SEQUENCE"], stamp, event.to_ical()))
    for entries in seen.values():
        for (number, stamp, text), (next_number, next_stamp, next_text) in pairwise(entries):
            if text == next_text:
                continue
            assert (number < next_number, stamp < next_stamp) == (True, True)


def _last(files: list[bytes]) -> dict[str, Any]:
    found = {str(event["UID"]).partition("@")[0]: event for content in files for event in _events(content)}
    return dict(found)


def _calendar(lived: Life, on: date) -> dict[str, date]:
    """Return the day of each date that `mandates calendar` shows, by the name of its entry."""
    with reading(lived.installation.engine) as session:
        known = read_facts(session)
    found = {}
    span = (day("Fri 1999-01-01"), day("Mon 2040-12-31"))
    for row in calendar_between(lived.installation.pack, known, on, *span):
        for which in SHOWN:
            if text := row[f"{which}_on"]:
                found[f"{which}.{str(row['cycle']).replace('/', '.')}"] = date.fromisoformat(str(text))
    return found


def _holds(entries: dict[str, Any], rows: dict[str, date], on: date) -> None:
    """Hold that what is ahead in somebody's calendar is on its day, or is cancelled if it has none."""
    for name, event in entries.items():
        if name.startswith(("due.", "target.")) and event["STATUS"] != "CANCELLED":
            shown = event.decoded("dtstart")
            assert rows.get(name) == shown or max(shown, rows.get(name, shown)) < on, name
