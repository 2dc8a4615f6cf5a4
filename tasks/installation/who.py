"""Who is who, read from the record where it is used: a change counts from the next letter on."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from policies.people.deriving import directory_on
from policies.people.directory import Directory
from policies.people.directory_file import filed, written
from records.database import reading
from records.facts.facts import read_people
from records.marks import people_mark
from tasks.installation.installation import Installation
from tasks.installation.last_good import keep_people, people_copy

if TYPE_CHECKING:
    from records.database import Session


def directory_at(session: "Session", on: date) -> Directory:
    """Return who is who at the end of a day, as far as it is on record now."""
    return directory_on(read_people(session), on)


class Directories:
    """Who is who for one day, read again whenever a fact about it is new."""

    def __init__(self, on: date) -> None:
        self._on = on
        self._mark: tuple[object, ...] | None = None
        self._directory = Directory(on)

    def now(self, session: "Session") -> Directory:
        """Return who is who by the facts that `session` sees."""
        mark = people_mark(session)
        if mark != self._mark:
            self._mark, self._directory = mark, directory_at(session, self._on)
        return self._directory


def keep_people_copy(installation: Installation, today: date) -> None:
    """Write the copy of today's people that the watch reads, where they are others than in it.

    The record is what counts: where the copy cannot be written, `mandates doctor` says so, and the next run
    writes it.
    """
    with reading(installation.engine) as session:
        directory = directory_at(session, today)
    if directory.people:
        with suppress(OSError):
            keep_people(installation.settings, written(filed(directory)))


def people_copy_findings(installation: Installation, directory: Directory) -> Iterator[str]:
    """Yield that the copy of the people that the watch reads is not that of the day."""
    copy = people_copy(installation.settings)
    said = copy.read_text(encoding="utf-8", errors="replace") if copy.is_file() else ""
    if directory.people and said != written(filed(directory)):
        yield f"{copy}: not what the record says of today's people; the next run writes it: mandates enforce"
