"""Why a date is what it is, as data: every language renders the same steps."""

from dataclasses import dataclass
from datetime import date

from policies.facts.facts import Certainty
from policies.recurrence.cycles import AnchorKind, Basis, Cycle, Reckoning


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the reasoning behind one date of a cycle.

    `of` says which date ("opens_on", "due_on", "target_on"); `arithmetic` is the same in every language:
    `2025-11-10 + 12 months = 2026-11-10`.
    """

    of: str
    provision: str
    rule_in_force_from: date
    basis: Basis
    source: str
    anchor: str
    anchor_kind: AnchorKind
    anchor_on: date
    anchor_source: str
    certainty: Certainty
    count: int
    unit: str
    arithmetic: str
    result: date


def steps(cycle: Cycle, provision: str) -> tuple[Step, ...]:
    """Return the steps behind each date the cycle has, in the order they bind: opens, target, due."""
    dated = (("opens_on", cycle.opens), ("target_on", cycle.target), ("due_on", cycle.due))
    return tuple(_step(of, part, cycle, provision) for of, part in dated if part)


def _step(of: str, part: Reckoning, cycle: Cycle, provision: str) -> Step:
    assert cycle.rule_in_force_from is not None  # noqa: S101 (every derived cycle names its rule version)
    return Step(
        of=of,
        provision=provision,
        rule_in_force_from=cycle.rule_in_force_from,
        basis=part.basis,
        source=part.source,
        anchor=part.anchor.subject,
        anchor_kind=part.anchor.kind,
        anchor_on=part.anchor.on,
        anchor_source=part.anchor.source,
        certainty=part.anchor.certainty,
        count=part.count,
        unit=part.unit.value,
        arithmetic=_arithmetic(part),
        result=part.on,
    )


def _arithmetic(part: Reckoning) -> str:
    if not part.count:
        return f"{part.on}"
    sign = "+" if part.count > 0 else "-"
    unit = part.unit.value if abs(part.count) != 1 else part.unit.value.removesuffix("s")
    return f"{part.anchor.on} {sign} {abs(part.count)} {unit} = {part.on}"
