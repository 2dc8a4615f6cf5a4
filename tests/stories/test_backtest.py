"""The backtest: what the rules say was due, against what is publicly known to have happened.

Every table of docs/backtest.md is reckoned anew from the rules and the public history that ships.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from policies.calendar.counting import Unit, shift
from policies.facts.facts import Certainty, Completion, Event, Facts
from policies.problems import read_toml
from policies.recurrence.cycles import Cycle
from tests.days import day, shown
from tests.policies.network import AS_OF, FOLDER, PACK

TEXT = (Path(__file__).parents[2] / "docs" / "backtest.md").read_text(encoding="utf-8")
HISTORY = read_toml(FOLDER / "history.toml")
EVENTS = tuple(Event(**event | {"certainty": Certainty(event["certainty"])}) for event in HISTORY["events"])
FACTS = Facts(
    events=EVENTS,
    completions=tuple(Completion(**done, partial=True) for done in HISTORY["completions"]),
    went_live_on=AS_OF,
)
REPORT, MEETING, GROUPS = "general-assembly-report", "annual-meeting", "working-group-review"
SLOTS = "secretary-general-review"


def table(heading: str, rows: Iterable[Iterable[object]]) -> str:
    columns = heading.count("|") - 1
    lines = (f"| {' | '.join(map(str, cells))} |" for cells in rows)
    return "\n".join([heading, "|" + "---|" * columns, *lines]) + "\n"


def cycles(obligation: str, facts: Facts = FACTS) -> dict[str, Cycle]:
    found = PACK.status(obligation, facts, AS_OF).turns
    return {turn.cycle.name: turn.cycle for turn in found}


def seen(on: date | None) -> str:
    return shown(on) if on else "no day found"


def early(cycle: Cycle) -> str:
    if not (cycle.met_on and cycle.due_on):
        return "-"
    days = (cycle.due_on - cycle.met_on).days
    return f"{days} days early" if days >= 0 else f"{-days} day{'s' if days < -1 else ''} late"


def forum_rows() -> Iterable[Iterable[object]]:
    for event in EVENTS:
        known = replace(FACTS, events=(event,))
        report, review = cycles(REPORT, known)[event.edition], cycles(GROUPS, known)[event.edition]
        word = event.source.partition(":")[0] if event.edition == "2022" else "as announced"
        held = f"{shown(event.starts_on)} to {shown(event.ends_on)}"
        yield event.edition, word, held, shown(report.due_on), shown(review.opens_on), shown(review.target_on)


def report_rows() -> Iterable[Iterable[object]]:
    last: date | None = None
    for name in ("2020", "2022", "2024", "2026"):
        cycle = cycles(REPORT)[name]
        naive = shown(shift(last, 24, Unit.MONTHS)) if last else "-"
        yield name, shown(cycle.due_on), seen(cycle.met_on), early(cycle), naive
        last = cycle.met_on


def meeting_rows() -> Iterable[Iterable[object]]:
    recorded = replace(FACTS, completions=tuple(replace(c, partial=False) for c in FACTS.completions))
    states = {turn.cycle.name: turn.state for turn in PACK.status(MEETING, recorded, AS_OF).turns}
    for turn in PACK.status(MEETING, FACTS, AS_OF).turns:
        cycle = turn.cycle
        if int(cycle.name) <= AS_OF.year:
            yield cycle.name, shown(cycle.due_on), seen(cycle.met_on), turn.state, states[cycle.name]


def slot_rows() -> Iterable[Iterable[object]]:
    for turn in PACK.status(SLOTS, FACTS, AS_OF).turns:
        if int(turn.cycle.name) <= AS_OF.year:
            yield turn.cycle.name, shown(turn.cycle.opens_on), shown(turn.cycle.due_on), turn.state


TABLES = {
    "| forum | which word | days | report due | review opens | house target |": forum_rows,
    "| edition | due by the rules | seen in public | difference | 24 months after the last |": report_rows,
    "| year | due | held | as the public record is partial | if it were whole |": meeting_rows,
    "| slot | opens | due | state |": slot_rows,
}


@pytest.mark.parametrize("heading", TABLES)
def test_every_table_of_the_backtest_is_what_the_rules_say(heading: str):
    assert table(heading, TABLES[heading]()) in TEXT


def test_no_table_of_the_backtest_is_without_its_reckoning():
    assert TEXT.count("\n|---") == len(TABLES)


@pytest.mark.parametrize(
    ("finding", "earlier", "later", "days"),
    [
        ("one day after the limit", "Tue 2022-02-15", "Wed 2022-02-16", 1),
        ("468 days", "Wed 2022-10-19", "Tue 2024-01-30", 468),
        ("between 11 and 41 days past", "Sun 2022-11-20", "Thu 2022-12-01", 11),
        ("between 11 and 41 days past", "Sun 2022-11-20", "Sat 2022-12-31", 41),
        ("442 days", "Tue 2020-12-01", "Wed 2022-02-16", 442),
        ("1023 days", "Wed 2022-02-16", "Thu 2024-12-05", 1023),
    ],
)
def test_the_figures_in_the_findings_are_reckoned(finding: str, earlier: str, later: str, days: int):
    assert finding in TEXT.replace("\n", " ")
    assert (day(later) - day(earlier)).days == days


def test_the_gap_between_two_meetings_is_more_than_the_advisory_allows():
    held = [done.completed_on for done in FACTS.completions_of(MEETING)]
    first, then = held[-2:]
    assert then > shift(first, 12, Unit.MONTHS)
    before = PACK.status(MEETING, FACTS, day("Mon 2024-01-29"))
    assert before.advisory_since == first
