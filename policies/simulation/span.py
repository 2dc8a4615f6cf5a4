"""The days a rehearsal goes through."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """All days from `first` to `last`, both included."""

    first: date
    last: date

    def __contains__(self, on: date) -> bool:
        return self.first <= on <= self.last

    @property
    def days(self) -> int:
        """How many days there are."""
        return (self.last - self.first).days + 1
