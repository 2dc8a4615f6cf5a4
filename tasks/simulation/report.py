"""What a rehearsal tells: rows for tables, and the documented JSON."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from policies.simulation import Rehearsal
from policies.simulation.checks import Assertion
from policies.simulation.load import Quarter, peaks_of
from policies.simulation.simulation import Course
from policies.simulation.span import Span
from policies.status.states import State

Row = dict[str, str]
ASSERTIONS = ("holds", "tested", "obligation", "assertion")
DUTIES = ("obligation", "met", "met_late", "missed", "overdue")
LOAD = ("year", "q1", "q2", "q3", "q4", "steps", "notices", "held")
_COUNTED = {State.MET: "met", State.MET_LATE: "met_late", State.MISSED: "missed", State.OVERDUE: "overdue"}


def assertion_rows(assertions: Sequence[Assertion]) -> list[Row]:
    """Return one line for each assertion; one that nothing put to the test is `untested`."""
    return [
        {
            "holds": "no" if not each.holds else "yes" if each.tested else "untested",
            "tested": str(each.tested),
            "obligation": each.obligation,
            "assertion": each.says,
        }
        for each in assertions
    ]


def broken(assertions: Sequence[Assertion]) -> list[str]:
    """Return each time an assertion was broken in the rehearsed days."""
    return [f"{each.obligation}: {failure}" for each in assertions for failure in each.failures]


def broken_before(assertions: Sequence[Assertion]) -> list[str]:
    """Return what was broken before the first day already, and so fails nothing."""
    return [f"{each.obligation}: {failure}" for each in assertions for failure in each.before]


def duty_rows(courses: Sequence[Course], span: Span) -> list[Row]:
    """Return one line for each obligation: how the cycles that ended in these days ended."""
    return [_duty(course, span) for course in courses]


def load_rows(quarters: Sequence[Quarter]) -> list[Row]:
    """Return one line for each year: the steps of each quarter, and what was held."""
    years: dict[int, list[Quarter]] = {}
    for quarter in quarters:
        years.setdefault(quarter.year, []).append(quarter)
    return [_year(year, each) for year, each in years.items()]


def peaks_line(quarters: Sequence[Quarter]) -> str:
    """Return the peaks in a sentence."""
    peaks = peaks_of(quarters)
    busiest = f"the busiest quarter is {peaks.busiest.name}, with {peaks.busiest.steps} steps"
    if peaks.event_years is None or peaks.other_years is None:
        return busiest
    return f"{busiest}; a year with an event has {peaks.event_years} on average, another {peaks.other_years}"


def rehearsal_json(rehearsal: Rehearsal) -> dict[str, Any]:
    """Return `mandates rehearse --json`; the shape is a contract (docs/command-line.md)."""
    span = rehearsal.span
    return {
        "from": span.first.isoformat(),
        "to": span.last.isoformat(),
        "assumptions": list(rehearsal.assumptions),
        "holds": rehearsal.holds,
        "assertions": [_assertion(each) for each in rehearsal.assertions],
        "obligations": [_counts(course, span) for course in rehearsal.courses],
        "quarters": [
            {"quarter": q.name, "steps": q.steps, "notices": q.notices, "held": list(q.events)}
            for q in rehearsal.quarters
        ],
        "days": [
            {"on": m.on.isoformat(), "cycle": m.cycle, "kind": m.kind, "what": m.what, "count": m.count}
            for m in rehearsal.moments
        ],
    }


def _assertion(each: Assertion) -> dict[str, Any]:
    return {
        "obligation": each.obligation,
        "says": each.says,
        "tested": each.tested,
        "holds": each.holds,
        "broken": list(each.failures),
        "broken_before": list(each.before),
    }


def _counts(course: Course, span: Span) -> dict[str, Any]:
    ended = (
        t
        for t in course.turns
        if (on := t.cycle.met_on or t.cycle.due_on or t.cycle.target_on) and on in span
    )
    counts = Counter(turn.state for turn in ended)
    done_on = [done.completed_on.isoformat() for done in course.completions if done.completed_on in span]
    counted = {name: counts[state] for state, name in _COUNTED.items()}
    return {"obligation": course.obligation.id, **counted, "done_on": done_on}


def _duty(course: Course, span: Span) -> Row:
    return {key: str(value) for key, value in _counts(course, span).items() if key in DUTIES}


def _year(year: int, quarters: Sequence[Quarter]) -> Row:
    each = {f"q{quarter.number}": str(quarter.steps) for quarter in quarters}
    steps, notices = sum(q.steps for q in quarters), sum(q.notices for q in quarters)
    held = ", ".join(quarters[0].events)
    return {"year": str(year), **each, "steps": str(steps), "notices": str(notices), "held": held}
