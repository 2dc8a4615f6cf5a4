"""Who is who, from files: what a record begins with, and what a file says otherwise than the record."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from policies.facts.people import ALWAYS
from policies.people.directory import Directory
from policies.people.directory_file import DirectoryFile, read_directory
from policies.people.taking_over import Difference, differences, taken_over
from policies.problems import RefusedFileError
from records.database import reading
from records.marks import people_mark
from records.runs import DIRECTORY, record_run
from tasks.facts.importing import Import, take, take_within
from tasks.facts.people_csv import is_csv, read_csv
from tasks.installation.installation import Installation
from tasks.installation.last_good import last_directory
from tasks.installation.who import directory_at

if TYPE_CHECKING:
    from records.database import Session


def nobody_recorded(session: "Session") -> bool:
    """Return whether nothing was ever recorded about who is who."""
    *numbers, _corrections, _forgettings = people_mark(session)
    return not any(numbers)


def take_directory(
    session: "Session", installation: Installation, today: date, now: datetime, *, unattended: bool = False
) -> Import | None:
    """Take the directory file as facts that hold from always on; None where there is no such file.

    Who is `unattended` takes the copy an earlier version kept, where the file has a mistake.

    Raises:
        RefusedFileError: with every mistake in the file; nothing was recorded.
    """
    file = installation.directory_file
    if not file.exists() and installation.settings.directory is None:
        return None
    try:
        said = _read(installation, file, Directory(ALWAYS))
    except RefusedFileError:
        kept = last_directory(installation.settings) if unattended else None
        if kept is None:
            raise
        file, said = kept, _read(installation, kept, Directory(ALWAYS))
    found = differences(Directory(ALWAYS), said, ALWAYS, file.name)
    taken = take_within(session, installation, taken_over(found, whole=True), file, file.name, now, today)
    summary = {"new": taken.new, "basis": installation.basis, "before": installation.basis_with_directory}
    record_run(session, DIRECTORY, today, now, summary)
    return taken


def differing(session: "Session", installation: Installation, file: Path, on: date) -> list[Difference]:
    """Return what a file says otherwise than the record, as it is on a day.

    Raises:
        RefusedFileError: with every mistake in the file.
    """
    now = directory_at(session, on)
    return differences(now, _read(installation, file, now), on, file.name)


def import_people(
    installation: Installation,
    file: Path,
    since_on: date,
    by: str,
    now: datetime,
    today: date,
    *,
    whole: bool = False,
) -> tuple[Import, Sequence[Difference]]:
    """Record what a file says otherwise than the record, as of `since_on`; return what stays another.

    With `whole`, who is not in the file leaves, and nobody stands for what it does not say.

    Raises:
        RefusedFileError: with every mistake, and every contradiction to the rules; nothing was recorded.
    """
    with reading(installation.engine) as session:
        found = differing(session, installation, file, since_on)
    content = taken_over(found, whole=whole)
    left = [each for each in found if not each.entries or (each.ends and not whole)]
    return take(installation, content, file, by, now, today), left


def directory_differences(session: "Session", installation: Installation, today: date) -> list[str]:
    """Return where the directory file and the record differ, and what takes one over from the other."""
    file = installation.directory_file
    if not file.exists():
        return []
    try:
        found = differing(session, installation, file, today)
    except RefusedFileError as refusal:
        return [
            f"{problem} (the record says who is who; the file changes nothing)"
            for problem in refusal.problems
        ]
    return [f"{file.name}: {each}; {_way(each, file)}" for each in found]


def _way(difference: Difference, file: Path) -> str:
    """Return which command makes the two say the same."""
    from_the_record = f"to write the file from the record: mandates people write {file}"
    if not difference.entries:
        ends = "to end it: mandates record correction" if difference.ends else "the record stands"
        return f"{ends}; {from_the_record}"
    whole = " --whole" if difference.ends else ""
    return f"to record what the file says: mandates people import {file}{whole}; {from_the_record}"


def _read(installation: Installation, file: Path, now: Directory) -> DirectoryFile:
    pack = installation.pack
    if is_csv(file):
        return read_csv(file, now, pack)
    return read_directory(file, pack.actors, pack.instrument.stations)
