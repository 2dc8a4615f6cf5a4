"""Several clocks for one duty: the earliest of their dates binds."""

from typing import Literal

from policies.recurrence.composed import EARLIEST, Parts, composed
from policies.recurrence.cycles import Cycle
from policies.recurrence.question import Question, Source, Strict


class EarliestOf(Strict):
    """For each name the parts share, the earliest due date; unknown as long as any part's date is unknown."""

    kind: Literal["earliest-of"]
    of: Parts
    source: Source

    def cycles(self, question: Question) -> list[Cycle]:
        """Return one cycle per name that any part gives."""
        return composed(self.of, question, EARLIEST)
