"""What is done once, by whichever command comes first: the shipped history, the people, where it is live."""

from datetime import date, datetime

from records.chain.audit import nothing_recorded
from records.database import reading, writing
from tasks.facts.history import take_history
from tasks.facts.importing import Import
from tasks.facts.people import nobody_recorded, take_directory
from tasks.installation.installation import Installation
from tasks.installation.live import leave_to_send, settle_use
from tasks.installation.who import keep_people_copy


def first_start(
    installation: Installation, today: date, now: datetime, *, unattended: bool = False
) -> Import | None:
    """Take the pack's history into a record that is as new, before anything can contradict it.

    Where nobody is on record, who is who is what the directory file says, as it was before an upgrade. A
    record of which nobody said yet where it is live is live here, also as before.

    Returns:
        What was taken; None where the record was not new, or the pack has no history.

    Raises:
        RefusedFileError: the history contradicts the rules it ships with, or the directory file has a mistake
            and nobody is there to mend it: then an `unattended` start takes the last copy that had none.
    """
    with reading(installation.engine) as session:
        new = nothing_recorded(session)
        unknown = nobody_recorded(session)
        settled = leave_to_send(session, installation.settings).begins is None
    taken = take_history(installation, today, now) if new else None
    if unknown:
        with writing(installation.engine) as session:
            took = take_directory(session, installation, today, now, unattended=unattended)
        if took:
            keep_people_copy(installation, today)
    if not settled:
        with writing(installation.engine) as session:
            settle_use(session, installation.settings, now)
    return taken
