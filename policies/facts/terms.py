"""Terms of office."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Term:
    """A term of office on one seat of a body; `ends_on` is None while nobody has recorded its last day."""

    body: str
    seat: str
    holder: str
    starts_on: date
    source: str
    ends_on: date | None = None

    @property
    def name(self) -> str:
        """The stable name of the term: its seat and first day."""
        return f"{self.seat}-{self.starts_on}"
