"""What every clock is asked: whose cycles, from which facts, up to which day."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from policies.calendar.counting import Unit, shift
from policies.calendar.working_days import WEEKENDS_FREE, WorkingDays
from policies.facts.facts import Completion, Facts
from policies.recurrence.cycles import Bounds

Source = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3)]
Months = Annotated[int, Field(ge=1, le=1200)]
Years = Annotated[int, Field(ge=1, le=100)]
Year = Annotated[int, Field(ge=1945, le=2200)]


class Strict(BaseModel):
    """A table of a policy file: frozen, and nothing in it goes unread."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True)
class Question:
    """Derive the cycles of `obligation` that begin on or before `until`, from `facts` alone.

    `days` are the working days of the holder's seat.
    """

    obligation: str
    facts: Facts
    until: date
    rule_in_force_from: date
    days: WorkingDays = WEEKENDS_FREE

    def completions(self) -> Sequence[Completion]:
        """Return the completions of this obligation, the earliest first."""
        return self.facts.completions_of(self.obligation)

    def shifted_range(self, kind: str, edition: str, count: int, unit: Unit) -> Bounds | None:
        """Return the bounds of a date `count` `unit`s from an edition that is known only as a range."""
        found = self.facts.event_range(kind, edition)
        if found is None:
            return None
        return Bounds(shift(found.not_before, count, unit), shift(found.not_after, count, unit))


class Editions(Strict):
    """The years for which an event is expected: `first` and every `every_years` after it."""

    first: Year
    every_years: Years
    source: Source

    def upto(self, until: date) -> range:
        """Return the expected years up to the year of `until`."""
        return range(self.first, until.year + 1, self.every_years)


def _says_none(_: Completion) -> str:
    return ""


def closing(
    completions: Iterable[Completion], name_of: Callable[[Completion], str] = _says_none
) -> dict[str, Completion]:
    """Return the completion that closes each cycle, by the cycle's name: the first that counts for it.

    A completion counts for the cycle it names, else for the one `name_of` finds; the empty name is none, and
    what is found where nothing is given.
    """
    found: dict[str, Completion] = {}
    for completion in completions:
        found.setdefault(completion.counts_for or name_of(completion), completion)
    found.pop("", None)
    return found
