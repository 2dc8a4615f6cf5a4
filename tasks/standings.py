"""Where every obligation stands, as rows for tables and as the documented JSON."""

from datetime import date
from typing import Any

from policies.facts import Facts
from policies.pack import Pack
from policies.standing import Breach, Standing


def standings(pack: Pack, facts: Facts, as_of: date, obligation: str | None = None) -> list[Standing]:
    """Return the standing of one obligation, or of all in the order of their ids.

    Raises:
        UnknownObligationError: the pack has no such obligation.
    """
    wanted = [obligation] if obligation else sorted(pack.obligations)
    return [pack.standing(each, facts, as_of) for each in wanted]


def row_of(standing: Standing) -> dict[str, str]:
    """Return one line of the table of standings."""
    turn = standing.current
    return {
        "obligation": standing.obligation.id,
        "cycle": turn.cycle.name,
        "state": turn.state,
        "due_on": str(turn.cycle.due_on or "-"),
        "target_on": str(turn.cycle.target_on or "-"),
        "days_overdue": str(turn.days_overdue or "-"),
    }


def status_json(standing: Standing, *, external: bool) -> dict[str, Any]:
    """Return one obligation of `mandates status --json`; the shape is a contract (docs/command-line.md)."""
    turn, cycle = standing.current, standing.current.cycle
    return {
        "obligation": standing.obligation.id,
        "provision": ", ".join(standing.obligation.provisions),
        "cycle": cycle.key,
        "state": turn.state,
        "opens_on": _iso(cycle.opens_on),
        "due_on": _iso(cycle.due_on),
        "target_on": _iso(cycle.target_on),
        "begins_on": _iso(turn.begins_on),
        "days_overdue": turn.days_overdue,
        "days_past_target": turn.days_past_target,
        "tentative": cycle.tentative,
        "external": external,
        "unknown": list(cycle.unknown),
        "last_met_on": _iso(standing.last_met_on),
        "more_than_a_year_since": _iso(standing.advisory_since),
        "breaches": [_breach(breach) for breach in standing.breaches],
    }


def _breach(breach: Breach) -> dict[str, Any]:
    return {
        "cycle": breach.cycle,
        "due_on": _iso(breach.due_on),
        "met_on": _iso(breach.met_on),
        "days_late": breach.days_late,
        "explanation": breach.explanation,
    }


def _iso(on: date | None) -> str | None:
    return on.isoformat() if on else None
