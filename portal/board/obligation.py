"""The page of an obligation: what the text says, why its dates are what they are, and its history."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from language.changes import rule_checked, what_changes
from language.explanations import arithmetic, sentence, standing_sentence
from language.rolled_days import remarks_on_due
from policies.obligations.rule_versions import RuleVersion
from policies.status.explanation import steps
from policies.status.status import Breach, ObligationStatus, Turn
from portal.board.addresses import Addresses
from portal.board.data import BoardData
from portal.board.overview import looks
from portal.board.timeline import timeline
from tasks.status.attention import attention_on
from tasks.status.next_steps import next_step
from tasks.status.overview import Overview


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the reasoning, in words and as arithmetic; `changes` says what would change it."""

    sentence: str
    arithmetic: str
    source: str
    changes: str


@dataclass(frozen=True, slots=True)
class Past:
    """A cycle of the obligation with its breach, if it was breached."""

    turn: Turn
    address: str
    breach: Breach | None


def obligation_page(board_data: BoardData, obligation: str, language: str) -> dict[str, Any]:
    """Return what the page of an obligation shows.

    Raises:
        UnknownObligationError: the pack has no such obligation.
    """
    seen = board_data.overview()
    status = seen.status(obligation)
    return {
        "obligation": status.obligation,
        "standing": status,
        "turn": status.current,
        "step": next_step(status.obligation, status.current),
        "provisions": [seen.pack.provisions[each] for each in status.obligation.provisions],
        "looks": looks(seen, attention_on(status), language),
        "reasons": reasons(seen, status, status.current, language),
        "versions": list(reversed(status.obligation.versions)),
        "checked": _checked(status, language),
        "cycles": _cycles(status, language),
        "cycle_address": Addresses(language).cycle(status.current.cycle.key),
        "timeline": timeline(seen.pack, seen.facts, [status], seen.as_of, language),
        "parts": _parts(status),
    }


def reasons(seen: Overview, status: ObligationStatus, turn: Turn, language: str) -> list[Reason]:
    """Return why the dates of a cycle are what they are."""
    cycle = turn.cycle
    derived = [
        Reason(
            " ".join(
                [
                    sentence(step, language, seen.names),
                    *(remarks_on_due(turn.last_working_day, language) if step.of == "due_on" else ()),
                ]
            ),
            arithmetic(step, language),
            step.anchor_source,
            what_changes(step, language),
        )
        for step in steps(cycle, ", ".join(status.obligation.provisions))
    ]
    if cycle.standing:
        said = standing_sentence(cycle.last_done, language, seen.names)
        derived.append(Reason(said, "", cycle.last_done.source if cycle.last_done else "", ""))
    return derived


def _checked(status: ObligationStatus, language: str) -> str:
    version = _rule_of(status)
    return rule_checked(version.in_force_from, version.last_checked_on, language)


def _rule_of(status: ObligationStatus) -> RuleVersion:
    versions, since = status.obligation.versions, status.current.cycle.rule_in_force_from
    return next((version for version in versions if version.in_force_from == since), versions[-1])


def _cycles(status: ObligationStatus, language: str) -> list[Past]:
    at = Addresses(language)
    breaches = {breach.cycle: breach for breach in status.breaches}
    cycles = [Past(t, at.cycle(t.cycle.key), breaches.get(t.cycle.key)) for t in status.turns]
    return sorted(cycles, key=_when, reverse=True)


def _when(past: Past) -> date:
    cycle = past.turn.cycle
    return cycle.plan_on or cycle.opens_on or cycle.met_on or date.max


def _parts(status: ObligationStatus) -> list[tuple[str, tuple[str, ...]]]:
    obligation = status.obligation
    parts = {
        "holder": (obligation.holder,),
        "supports": obligation.supports,
        "consulted": obligation.consulted,
        "contributors": obligation.contributors,
    }
    return [(part, actors) for part, actors in parts.items() if actors]
