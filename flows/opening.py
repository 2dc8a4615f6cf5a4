"""Opening the workplace of a run: with patience, and with the last good rules if the present are broken."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from flows.clock import now, today
from flows.retrying import PAUSES
from records.database import DatabaseError
from tasks.installation.file_modes import close_files
from tasks.installation.workplace import Workplace, open_unattended
from tasks.operations.first_start import first_start

_LOG = logging.getLogger(__name__)


def begun() -> Workplace:
    """Open the workplace, and do what is done once if nothing has been done in it yet."""
    workplace = open_unattended()
    first_start(workplace, today(workplace.zone), now())
    return workplace


@contextmanager
def opened(
    open_: Callable[[], Workplace] = begun,
    pauses: Sequence[float] = PAUSES,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Workplace]:
    """Open the workplace, trying again after each of `pauses` (seconds) while the database cannot be had."""
    with _patiently(open_, pauses, sleep) as workplace:
        close_files(workplace.settings.group)
        if workplace.refused:
            _LOG.warning("The last good rules are worked by: %s", workplace.refused)
        yield workplace


def _patiently(
    open_: Callable[[], Workplace], pauses: Sequence[float], sleep: Callable[[float], None]
) -> Workplace:
    for pause in pauses:
        try:
            return open_()
        except (DatabaseError, OSError) as error:
            _LOG.warning("The database cannot be had: %s. Trying again in %.0f s.", error, pause)
            sleep(pause)
    return open_()
