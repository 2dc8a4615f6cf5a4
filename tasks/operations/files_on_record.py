"""The files of the home compared with what is recorded of them: packages, statements, inputs, letters."""

from collections import defaultdict
from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING

from notifications.channels.outbox import digest_of
from records.ledger.letters import sums_of_letters
from records.packages import versions_on_record
from records.personal.forgetting import forgettings
from records.statements import statements
from records.submissions import texts_taken, vault_sums
from tasks.installation.settings import Settings

if TYPE_CHECKING:
    from records.database import Session


def file_breaks(session: "Session", settings: Settings) -> Iterator[str]:
    """Yield every file that is not what was recorded of it, or is not there though nothing ends it."""
    yield from _packages(session, settings)
    yield from _statements(session, settings)
    yield from _inputs(session, settings)
    yield from _letters(session, settings)


def sum_of(file: Path) -> str:
    """Return the SHA-256 of a file.

    Raises:
        OSError: it cannot be read.
    """
    with file.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def _packages(session: "Session", settings: Settings) -> Iterator[str]:
    """A draft that named somebody who was forgotten since is deleted; a released package is not."""
    last_forgotten = max((each.recorded_at for each in forgettings(session)), default=None)
    for version in versions_on_record(session):
        ended = not version.final and last_forgotten is not None and last_forgotten > version.recorded_at
        yield from _compared(settings.packages / version.file, {version.sha256}, may_be_gone=ended)


def _statements(session: "Session", settings: Settings) -> Iterator[str]:
    for published in statements(session):
        for name, sha256 in published.files.items():
            yield from _compared(settings.statements / name, {sha256})


def _inputs(session: "Session", settings: Settings) -> Iterator[str]:
    """What was refused is kept for a time only; what was taken, as long as its sender is not forgotten."""
    taken, refused = vault_sums(session)
    texts = texts_taken(session)
    for sha256 in sorted(taken):
        yield from _compared(settings.inputs / sha256, {sha256})
        if known := texts.get(sha256):
            yield from _compared(settings.inputs / f"{sha256}.txt", known)
    for sha256 in sorted(refused):
        yield from _compared(settings.quarantine / sha256, {sha256}, may_be_gone=True)


def _letters(session: "Session", settings: Settings) -> Iterator[str]:
    """The outbox is emptied in time; what lies there of a letter on record must be that letter."""
    known: defaultdict[str, set[str]] = defaultdict(set)
    for carries, sha256 in sums_of_letters(session):
        known[digest_of(carries)].add(sha256)
    for file in sorted(settings.outbox.glob("*.eml")):
        if sums := known.get(file.stem.rpartition("-")[2]):
            yield from _compared(file, sums)


def _compared(file: Path, sums: set[str], *, may_be_gone: bool = False) -> Iterator[str]:
    where = f"{file.parent.name}/{file.name}"
    try:
        found = sum_of(file)
    except FileNotFoundError:
        if not may_be_gone:
            yield f"{where} is not there; bring it back from a backup"
    except OSError as error:
        yield f"{where} cannot be read: {error.strerror or error}"
    else:
        if found not in sums:
            expected = " or ".join(sorted(sums))
            yield (
                f"{where} is not the file on record: its SHA-256 is {found}, expected {expected}; "
                "bring it back from a backup"
            )
