"""The one place that asks the clock. Everything else is told the time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC)


def today(zone: str) -> date:
    """The day it is in `zone`, an IANA name such as `Europe/Zurich`.

    Raises:
        zoneinfo.ZoneInfoNotFoundError: there is no such zone.
    """
    return now().astimezone(ZoneInfo(zone)).date()
