"""Whether the record is as it was sealed: chain, ledger, guards, every file on record, signed heads."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from records.chain.audit import UNREADABLE, breaks
from records.chain.guards import guard_breaks
from records.ledger.comparing import ledger_breaks
from records.personal.ciphering import SpoiltValueError
from tasks.installation.settings import Settings
from tasks.operations.files_on_record import file_breaks
from tasks.operations.heads import head_breaks

if TYPE_CHECKING:
    from records.database import Session


def everything_amiss(session: "Session", settings: Settings) -> list[str]:
    """Return all in which record and home are not as they were sealed; nothing where they are."""
    return [*_amiss(session, settings)]


def _amiss(session: "Session", settings: Settings) -> Iterator[str]:
    yield from map(str, breaks(session))
    yield from map(str, ledger_breaks(session))
    yield from map(str, guard_breaks(session))
    for what, found in (
        ("the files", file_breaks(session, settings)),
        ("the heads", head_breaks(session, settings)),
    ):
        try:
            yield from found
        except (SpoiltValueError, *UNREADABLE) as error:
            yield f"{what} cannot be compared with the record, because a row of it cannot be read: {error}"
