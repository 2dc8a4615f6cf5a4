"""Working days at a duty station: Monday to Friday, less the holidays that are known."""

from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The working days of one duty station. Without `holidays`, only weekends are free days."""

    holidays: frozenset[date] = frozenset()

    def __contains__(self, on: date) -> bool:
        return on.weekday() < _SATURDAY and on not in self.holidays

    def at_or_before(self, on: date) -> date:
        """Return `on`, or the last working day before it."""
        while on not in self:
            on -= timedelta(days=1)
        return on

    def at_or_after(self, on: date) -> date:
        """Return `on`, or the first working day after it."""
        while on not in self:
            on += timedelta(days=1)
        return on
