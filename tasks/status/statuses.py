"""Where every obligation stands, as rows for tables and as the documented JSON."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from policies.facts.facts import Facts
from policies.pack.pack import Pack
from policies.recurrence.cycles import Bounds, Cycle
from policies.status.status import Breach, ObligationStatus

_AT_ONCE = 500


def statuses(pack: Pack, facts: Facts, as_of: date, obligation: str | None = None) -> list[ObligationStatus]:
    """Return the standing of one obligation, or of all in the order of their ids.

    Raises:
        UnknownObligationError: the pack has no such obligation.
    """
    return [pack.status(obligation, facts, as_of)] if obligation else [*one_by_one(pack, facts, as_of)]


def one_by_one(pack: Pack, facts: Facts, as_of: date) -> Iterator[ObligationStatus]:
    """Yield the standing of every obligation in the order of their ids; nothing keeps it once it is used."""
    known = facts.upto(as_of)  # once for all: else every obligation looks through the facts of all
    for each in sorted(pack.obligations):
        yield pack.status(each, known, as_of)


def standings_in_batches(
    pack: Pack, facts: Facts, as_of: date, obligation: str | None = None
) -> Iterator[list[ObligationStatus]]:
    """Yield the same as `statuses`, some at a time: of many thousand obligations not all fit into memory."""
    found = iter(statuses(pack, facts, as_of, obligation)) if obligation else one_by_one(pack, facts, as_of)
    while batch := [*islice(found, _AT_ONCE)]:
        yield batch


def row_of(status: ObligationStatus) -> dict[str, str]:
    """Return one line of the table of standings."""
    turn = status.current
    return {
        "obligation": status.obligation.id,
        "cycle": _called(status),
        "state": turn.state,
        "due_on": str(turn.cycle.due_on or "-"),
        "target_on": str(turn.cycle.target_on or "-"),
        "days_overdue": str(turn.days_overdue or "-"),
    }


def _called(status: ObligationStatus) -> str:
    """Return what the table calls the current cycle: its name, or when a standing duty was last done."""
    turn = status.current
    if turn.cycle.standing:
        return f"last done {status.last_met_on}" if status.last_met_on else "not on record"
    more = sum(1 for each in status.turns if each.waits) - turn.waits
    return f"{turn.cycle.name} (+{more} open)" if more else turn.cycle.name


def status_json(status: ObligationStatus, *, external: bool) -> dict[str, Any]:
    """Return one obligation of `mandates status --json`; the shape is a contract (docs/command-line.md)."""
    turn, cycle = status.current, status.current.cycle
    working_day = turn.last_working_day
    return {
        "obligation": status.obligation.id,
        "provision": ", ".join(status.obligation.provisions),
        "cycle": cycle.key,
        "state": turn.state,
        "opens_on": _iso(cycle.opens_on),
        "due_on": _iso(cycle.due_on),
        "target_on": _iso(cycle.target_on),
        "last_working_day_before": _iso(working_day.on if working_day else None),
        "begins_on": _iso(turn.begins_on),
        "days_overdue": turn.days_overdue,
        "days_past_target": turn.days_past_target,
        "tentative": cycle.tentative,
        "external": external,
        "unknown": list(cycle.unknown),
        **bounds_json(cycle),
        "also_open": [each.cycle.key for each in status.turns if each.waits and each is not turn],
        "last_met_on": _iso(status.last_met_on),
        "more_than_a_year_since": _iso(status.advisory_since),
        "breaches": [_breach(breach) for breach in status.breaches],
    }


def bounds_json(cycle: Cycle) -> dict[str, list[str] | None]:
    """Return the days within which unknown dates of a cycle must lie, as every JSON contract has them."""

    def pair(bounds: Bounds | None) -> list[str] | None:
        return [bounds.not_before.isoformat(), bounds.not_after.isoformat()] if bounds else None

    return {"due_between": pair(cycle.due_between), "target_between": pair(cycle.target_between)}


def _breach(breach: Breach) -> dict[str, Any]:
    return {
        "cycle": breach.cycle,
        "due_on": _iso(breach.due_on),
        "met_on": _iso(breach.met_on),
        "days_late": breach.days_late,
        "rule_in_force_from": _iso(breach.rule_in_force_from),
        "explanation": breach.explanation,
    }


def _iso(on: date | None) -> str | None:
    return on.isoformat() if on else None
