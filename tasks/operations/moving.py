"""The record moved to another database, every fact and the audit chain with it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from records.copying import Counts, breaks_in, copy_record
from records.database import open_database, shown
from tasks.installation.live import make_copy
from tasks.installation.settings import Settings

if TYPE_CHECKING:
    from records.database import Session


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved: how many rows of each table, how many breaks in the chain, and where it is now."""

    rows: Counts
    broken: int
    address: str


def move_record(settings: Settings, url: str, now: datetime) -> Moved:
    """Copy the record to the empty database at `url`. Nothing is sent from either until somebody says so.

    Raises:
        OccupiedDatabaseError: the new database is not empty.
        UnlikeCopyError: the copy is not what was copied; nothing was kept.
    """
    source, target = open_database(settings.database), open_database(url)
    address = shown(target)

    def neither_is_live(origin: "Session", copy: "Session") -> None:
        make_copy(copy, settings, now, "moved here from another database")
        make_copy(origin, settings, now, f"moved to {address}")

    try:
        rows = copy_record(source, target, neither_is_live)
        return Moved(rows, len(breaks_in(target)), address)
    finally:
        source.dispose()
        target.dispose()
