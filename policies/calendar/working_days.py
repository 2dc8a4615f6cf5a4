"""Working days at a duty station: Monday to Friday, less the holidays that are known."""

from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class RolledDay:
    """A working day found for `rolled_from`; that is None where the day asked about was one itself.

    `provisional` says that the day may still move: it leans on holidays that are not official yet.
    """

    on: date
    rolled_from: date | None
    provisional: bool


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The working days of one duty station.

    `listed` are the years whose holidays are known, `official` those of them that were published; in every
    other year only weekends are known to be free.
    """

    holidays: frozenset[date] = frozenset()
    listed: frozenset[int] = frozenset()
    official: frozenset[int] = frozenset()

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

    def after(self, on: date, count: int) -> date:
        """Return the `count`th working day after `on`, which is not counted itself."""
        for _ in range(count):
            on = self.at_or_after(on + timedelta(days=1))
        return on

    def before(self, on: date, count: int) -> date:
        """Return the `count`th working day before `on`, which is not counted itself."""
        for _ in range(count):
            on = self.at_or_before(on - timedelta(days=1))
        return on

    def rolled_back(self, counted: date) -> RolledDay:
        """Return the working day at or before `counted`, and what it leans on."""
        return self._roll(counted, self.at_or_before(counted))

    def rolled_forward(self, counted: date) -> RolledDay:
        """Return the working day at or after `counted`, and what it leans on."""
        return self._roll(counted, self.at_or_after(counted))

    def _roll(self, counted: date, on: date) -> RolledDay:
        years = {counted.year, on.year}
        moved = on != counted
        provisional = not years <= self.listed or (moved and not years <= self.official)
        return RolledDay(on, counted if moved else None, provisional)


WEEKENDS_FREE = WorkingDays()


@dataclass(frozen=True, slots=True)
class Seats:
    """Whose working days a cycle keeps: its holder's, and the institution's for what contributors owe it."""

    holder: WorkingDays
    institution: WorkingDays
