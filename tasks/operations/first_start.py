"""What is done once, by whichever command comes first: the shipped history, and where the record is live."""

from datetime import date, datetime

from records.audit import nothing_recorded
from records.database import reading, writing
from tasks.facts.history import take_history
from tasks.facts.importing import Import
from tasks.installation.installation import Installation
from tasks.installation.live import leave_to_send, settle_use


def first_start(installation: Installation, today: date, now: datetime) -> Import | None:
    """Take the pack's history into a record that is as new, before anything can contradict it.

    A record of which nobody said yet where it is live is live here, as it was before an upgrade.

    Returns:
        What was taken; None where the record was not new, or the pack has no history.

    Raises:
        RefusedFileError: the history contradicts the rules it ships with; nothing was recorded.
    """
    with reading(installation.engine) as session:
        new = nothing_recorded(session)
        settled = leave_to_send(session, installation.settings).begins is None
    taken = take_history(installation, today, now) if new else None
    if not settled:
        with writing(installation.engine) as session:
            settle_use(session, installation.settings, now)
    return taken
