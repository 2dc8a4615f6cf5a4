"""Several clocks for one duty: of the dates they give for one name, the earliest or the latest binds."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Annotated

from pydantic import Field

from policies.recurrence.before_event import BeforeEvent
from policies.recurrence.cycles import Bounds, Cycle, Reckoning
from policies.recurrence.fixed_grid import FixedGrid
from policies.recurrence.per_period import PerPeriod
from policies.recurrence.question import Question

NamedByYear = Annotated[PerPeriod | FixedGrid | BeforeEvent, Field(discriminator="kind")]
Parts = Annotated[tuple[NamedByYear, ...], Field(min_length=2)]

EARLIEST, LATEST = 0, -1


def composed(parts: Sequence[NamedByYear], question: Question, binding: int) -> list[Cycle]:
    """Return one cycle per name that any part gives; its due date is the `EARLIEST` or the `LATEST` of them.

    It opens with the first part that opens, and has no due date as long as any part's date is unknown.
    """
    named: defaultdict[str, list[Cycle]] = defaultdict(list)
    for part in parts:
        for cycle in part.cycles(question):
            named[cycle.name].append(cycle)
    return [_bound(named[name], binding) for name in sorted(named)]


def _bound(parts: list[Cycle], binding: int) -> Cycle:
    unknown = tuple(anchor for part in parts for anchor in part.unknown)
    return parts[0]._replace(
        opens=_pick([part.opens for part in parts], EARLIEST),
        due=None if unknown else _pick([part.due for part in parts], binding),
        unknown=unknown,
        due_between=_within(parts, binding) if unknown else None,
        completion=next((part.completion for part in parts if part.completion), None),
    )


def _within(parts: list[Cycle], binding: int) -> Bounds | None:
    """Return the bounds of the binding due date; none while any part has neither a date nor bounds."""
    bounds = [part.due_between or (Bounds(part.due.on, part.due.on) if part.due else None) for part in parts]
    known = [each for each in bounds if each]
    if len(known) < len(bounds):
        return None

    def bind(days: list[date]) -> date:
        return sorted(days)[binding]

    return Bounds(bind([each.not_before for each in known]), bind([each.not_after for each in known]))


def _pick(dates: list[Reckoning | None], which: int) -> Reckoning | None:
    known = sorted((reckoning for reckoning in dates if reckoning), key=lambda reckoning: reckoning.on)
    return known[which] if known else None
