"""The public history that ships with a pack, taken into the record once."""

from datetime import date, datetime

from policies.problems import read_toml
from records.database import reading, writing
from records.runs import last_run, record_run
from tasks.facts.importing import Import, take
from tasks.installation.installation import Installation

HISTORY = "history"


def take_history(installation: Installation, today: date, now: datetime) -> Import | None:
    """Record the pack's public history; None when it has none, or when that was done before.

    Once only: what a person has corrected since must not come back.

    Raises:
        RefusedFileError: the file contradicts the rules; nothing was recorded.
    """
    file = installation.pack.folder / "history.toml"
    with reading(installation.engine) as session:
        done = last_run(session, HISTORY) is not None
    if done or not file.exists():
        return None
    taken = take(installation, read_toml(file), file, file.name, now, today)
    with writing(installation.engine) as session:
        record_run(session, HISTORY, today, now, {"new": taken.new, "known": taken.known})
    return taken
