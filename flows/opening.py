"""Opening the installation for a run: with patience, and with the last good rules if these are broken."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from flows.clock import now, today
from flows.retrying import PAUSES
from records.database import DatabaseError
from tasks.installation.file_modes import close_files
from tasks.installation.installation import Installation, open_unattended
from tasks.operations.first_start import first_start

_LOG = logging.getLogger(__name__)


def begun() -> Installation:
    """Open the installation, and do what is done once if nothing has been done in it yet."""
    installation = open_unattended()
    first_start(installation, today(installation.zone), now(), unattended=True)
    return installation


@contextmanager
def opened(
    open_: Callable[[], Installation] = begun,
    pauses: Sequence[float] = PAUSES,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Installation]:
    """Open the installation; try again after each of `pauses` (seconds) while the database cannot be had."""
    with _patiently(open_, pauses, sleep) as installation:
        close_files(installation.settings.group)
        if installation.refused:
            _LOG.warning("The last good rules are worked by: %s", installation.refused)
        yield installation


def _patiently(
    open_: Callable[[], Installation], pauses: Sequence[float], sleep: Callable[[float], None]
) -> Installation:
    for pause in pauses:
        try:
            return open_()
        except (DatabaseError, OSError) as error:
            _LOG.warning("The database cannot be had: %s. Trying again in %.0f s.", error, pause)
            sleep(pause)
    return open_()
