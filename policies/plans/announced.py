"""The dates of an opened cycle as people were told them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from policies.plans.notices import CountedFrom

Told = tuple[int, date]  # an announcement: its number and its day


@dataclass(frozen=True, slots=True)
class Announced:
    """The dates of an opened cycle as people were told them last: how often they were, and on which day.

    `since` are, for the due date and the target, the announcements from the one that first named it as it is.
    """

    due_on: date | None
    target_on: date | None
    times: int = 1
    on: date = date.min
    since: Mapping[str, tuple[Told, ...]] = field(default_factory=dict)

    @property
    def dates(self) -> tuple[date | None, date | None]:
        """The due date and the target."""
        return self.due_on, self.target_on

    def anew(self, due_on: date | None, target_on: date | None, on: date) -> "Announced":
        """Return the dates as they are announced once more, on another day."""
        told, since = (self.times + 1, on), {}
        for about, old, new in (
            (CountedFrom.DUE, self.due_on, due_on),
            (CountedFrom.TARGET, self.target_on, target_on),
        ):
            since[str(about)] = (*self._since(about), told) if old == new else (told,)
        return Announced(due_on, target_on, *told, since)

    def said_under(self, about: str, send_on: date) -> int:
        """Return under which announcement it is said that the due date, or the target, has passed.

        It is the last one before that day, however often other dates were announced since; the one that
        named the date where it had passed already.
        """
        since = self._since(about)
        return max((times for times, on in since if on < send_on), default=since[0][0])

    def _since(self, about: str) -> tuple[Told, ...]:
        return self.since.get(about, ((self.times, self.on),))
