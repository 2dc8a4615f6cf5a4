"""What every clock is asked: whose cycles, from which facts, up to which day."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from policies.facts import Completion, Facts

Source = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3)]
Months = Annotated[int, Field(ge=1, le=1200)]
Years = Annotated[int, Field(ge=1, le=100)]
Year = Annotated[int, Field(ge=1945, le=2200)]


class Strict(BaseModel):
    """A table of a policy file: frozen, and nothing in it goes unread."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True)
class Question:
    """Derive the cycles of `obligation` that begin on or before `until`, from `facts` alone."""

    obligation: str
    facts: Facts
    until: date
    rule_in_force_from: date

    def completions(self) -> Sequence[Completion]:
        """Return the completions of this obligation, the earliest first."""
        return self.facts.completions_of(self.obligation)


class Editions(Strict):
    """The years for which an event is expected: `first` and every `every_years` after it."""

    first: Year
    every_years: Years
    source: Source

    def upto(self, until: date) -> range:
        """Return the expected years up to the year of `until`."""
        return range(self.first, until.year + 1, self.every_years)


def closing(completions: Iterable[Completion], name_of: Callable[[Completion], str]) -> dict[str, Completion]:
    """Return the completion that closes each cycle, by the cycle's name: the first that counts for it.

    A completion counts for the cycle it names, else for the one `name_of` finds; the empty name is none.
    """
    found: dict[str, Completion] = {}
    for completion in completions:
        found.setdefault(completion.counts_for or name_of(completion), completion)
    found.pop("", None)
    return found
