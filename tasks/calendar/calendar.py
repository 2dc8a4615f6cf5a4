"""The calendar: every cycle with a date in a span of time, as the documented JSON."""

from datetime import date

from policies.facts.facts import Facts
from policies.pack.pack import Pack
from policies.recurrence.cycles import Cycle
from tasks.status.statuses import bounds_json

Row = dict[str, str | bool | list[str] | None]


def calendar_between(pack: Pack, facts: Facts, as_of: date, first: date, last: date) -> list[Row]:
    """Return the cycles whose due date or target lies in [first, last], in the order they are planned for.

    A cycle without a date is among them when the days that its date must lie within reach into the span.

    What had happened by `as_of` counts; later cycles are derived from it, and marked where they suppose
    that an earlier one is met on its due date.
    """
    known = facts.upto(as_of)
    cycles = [
        (cycle, pack.actors[obligation.holder].external)
        for obligation in pack.obligations.values()
        for cycle in obligation.cycles_between(known, first, last, pack.seats(obligation).holder)
    ]
    cycles.sort(key=lambda pair: (pair[0].plan_on or pair[0].dates[0].not_before, pair[0].key))
    return [_row(cycle, external=external) for cycle, external in cycles]


def _row(cycle: Cycle, *, external: bool) -> Row:
    dates = {"opens_on": cycle.opens_on, "due_on": cycle.due_on, "target_on": cycle.target_on}
    return {
        "obligation": cycle.obligation,
        "cycle": cycle.key,
        **{name: on.isoformat() if on else None for name, on in dates.items()},
        **bounds_json(cycle),
        "tentative": cycle.tentative,
        "projected": cycle.projected,
        "external": external,
        "rule_in_force_from": cycle.rule_in_force_from.isoformat() if cycle.rule_in_force_from else None,
    }
