"""Several clocks for one duty: the earliest of their dates binds."""

from collections import defaultdict
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field

from policies.clocks.before_event import BeforeEvent
from policies.clocks.fixed_grid import FixedGrid
from policies.clocks.per_period import PerPeriod
from policies.clocks.question import Question, Source, Strict
from policies.cycles import Cycle, Reckoning

NamedByYear = Annotated[PerPeriod | FixedGrid | BeforeEvent, Field(discriminator="kind")]


class EarliestOf(Strict):
    """For each name the parts share, the earliest due date; unknown as long as any part's date is unknown."""

    kind: Literal["earliest-of"]
    of: Annotated[tuple[NamedByYear, ...], Field(min_length=2)]
    source: Source

    def cycles(self, question: Question) -> list[Cycle]:
        """Return one cycle per name that any part gives."""
        named: defaultdict[str, list[Cycle]] = defaultdict(list)
        for part in self.of:
            for cycle in part.cycles(question):
                named[cycle.name].append(cycle)
        return [_earliest(named[name]) for name in sorted(named)]


def _earliest(parts: list[Cycle]) -> Cycle:
    unknown = tuple(anchor for part in parts for anchor in part.unknown)
    return replace(
        parts[0],
        opens=_first([part.opens for part in parts]),
        due=None if unknown else _first([part.due for part in parts]),
        unknown=unknown,
        completion=next((part.completion for part in parts if part.completion), None),
    )


def _first(dates: list[Reckoning | None]) -> Reckoning | None:
    return min((reckoning for reckoning in dates if reckoning), key=lambda r: r.on, default=None)
