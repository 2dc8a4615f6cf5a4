"""Quiet hours: when nobody at a duty station is written to."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from policies.calendar.working_days import WorkingDays


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Nobody is written to before and after these hours in `zone` (IANA name), nor on `free_days`."""

    zone: str
    before: time
    after: time
    free_days: bool
    days: WorkingDays

    def ends_at(self, at: datetime) -> datetime:
        """Return `at`, or the first instant after it that is not quiet; both are aware."""
        zone = ZoneInfo(self.zone)
        there = at.astimezone(zone)
        on = there.date()
        if there.time() >= self.after:
            on += timedelta(days=1)
        if self.free_days:
            on = self.days.at_or_after(on)
        opens_at = datetime.combine(on, self.before, zone)
        return max(at, opens_at)
