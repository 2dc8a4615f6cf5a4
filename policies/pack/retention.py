"""How long what belongs to people is kept, by class, each period with its reason."""

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

from pydantic import Field

from policies.problems import parse, read_toml
from policies.recurrence.question import Strict

FILE = "retention.toml"


class Period(Strict):
    """For how many days a class of things is kept, and why so long."""

    days: Annotated[int, Field(ge=1)]
    because: Annotated[str, Field(min_length=1)]

    def last_over(self, today: date) -> date:
        """Return the last day whose things are over by `today`: what came on it is no longer kept."""
        return today - timedelta(days=self.days + 1)


class Retention(Strict):
    """The periods of all classes; a pack changes those it names in `retention.toml`.

    `letters` are the bytes of messages, in the record and in the outbox; `refused` files that could not be
    taken; `incoming` what was collected from the drop folder and put away; `logs` the journal and
    what servers wrote; `runs` Prefect's own history; `key_files` the files of keys beside backups; `inbox` is
    what people wrote to us, `strangers` the addresses of those whom nobody knows.
    """

    letters: Period = Period(
        days=1827, because="five years: two rounds of a review that is held every second year can be compared"
    )
    inbox: Period = Period(days=1827, because="five years, as the letters that it answers")
    strangers: Period = Period(days=30, because="who is missing in the directory is missed within a month")
    refused: Period = Period(days=90, because="a sender can be answered; nothing rests on a refused file")
    incoming: Period = Period(days=30, because="it can be seen what became of a file; the vault has it")
    logs: Period = Period(days=90, because="a fault is looked into within a quarter")
    runs: Period = Period(days=90, because="a fault is looked into within a quarter; the record has its own")
    key_files: Period = Period(
        days=14, because="a loss is noticed by then, and a request is met within a month"
    )


def load_retention(folder: Path) -> Retention:
    """Return the periods of a pack: the defaults, and what its `retention.toml` says, if there is one.

    Raises:
        RefusedFileError: with every mistake in it.
    """
    file = folder / FILE
    return parse(Retention, read_toml(file), file) if file.exists() else Retention()
