"""Several clocks for one duty: the latest of their dates binds ("whichever is later")."""

from typing import Literal

from policies.recurrence.composed import LATEST, Parts, composed
from policies.recurrence.cycles import Cycle
from policies.recurrence.question import Question, Source, Strict


class LatestOf(Strict):
    """For each name the parts share, the latest due date; unknown as long as any part's date is unknown."""

    kind: Literal["latest-of"]
    of: Parts
    source: Source

    def cycles(self, question: Question) -> list[Cycle]:
        """Return one cycle per name that any part gives."""
        return composed(self.of, question, LATEST)
