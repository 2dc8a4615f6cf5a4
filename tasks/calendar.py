"""The calendar: every cycle with a date in a span of time, as the documented JSON."""

from datetime import date

from policies.cycles import Cycle
from policies.facts import Facts
from policies.pack import Pack

Row = dict[str, str | bool | None]


def calendar_between(pack: Pack, facts: Facts, as_of: date, first: date, last: date) -> list[Row]:
    """Return the cycles whose due date or target lies in [first, last], in the order they are planned for.

    What had happened by `as_of` counts; later cycles are derived from it, and marked where they suppose
    that an earlier one is met on its due date.
    """
    known = facts.upto(as_of)
    cycles = [
        (cycle, pack.actors[obligation.holder].external)
        for obligation in pack.obligations.values()
        for cycle in obligation.cycles(known, last)
        if any(on and first <= on <= last for on in (cycle.due_on, cycle.target_on))
    ]
    cycles.sort(key=lambda pair: (pair[0].plan_on or last, pair[0].key))
    return [_row(cycle, external=external) for cycle, external in cycles]


def _row(cycle: Cycle, *, external: bool) -> Row:
    dates = {"opens_on": cycle.opens_on, "due_on": cycle.due_on, "target_on": cycle.target_on}
    return {
        "obligation": cycle.obligation,
        "cycle": cycle.key,
        **{name: on.isoformat() if on else None for name, on in dates.items()},
        "tentative": cycle.tentative,
        "projected": cycle.projected,
        "external": external,
    }
