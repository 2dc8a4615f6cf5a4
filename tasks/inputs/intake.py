"""One intake of what arrives: what it asks of the record often is read once, and then only what is new."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import TYPE_CHECKING

from policies.people.directory import Directory
from policies.recurrence.cycle_key import CycleKey
from records.cycles import opened_cycles
from records.growing_facts import GrowingFacts
from tasks.installation.installation import Installation
from tasks.installation.who import Directories
from tasks.status.open_cycles import OpenCycle, cycles_open
from tasks.status.statuses import statuses

if TYPE_CHECKING:
    from records.database import Session


class Intake:
    """What is taken into an installation on a day at its seat, by one run or one act of a person."""

    def __init__(self, installation: Installation, as_of: date) -> None:
        self.installation = installation
        self.as_of = as_of
        self._facts = GrowingFacts()
        self._directories = Directories(as_of)

    def directory(self, session: "Session") -> Directory:
        """Return who is who on the day."""
        return self._directories.now(session)

    def open_cycles(self, session: "Session", cycles: Collection[str] = ()) -> Iterator[OpenCycle]:
        """Yield the cycles that are open, or were; of these alone, if any are named."""
        facts, opened = self._facts.now(session), opened_cycles(session)
        keys = {key for key in opened if not cycles or key in cycles}
        pack = self.installation.pack
        duties = {CycleKey.parse(key).obligation for key in keys} & pack.obligations.keys()
        known = [each for duty in sorted(duties) for each in statuses(pack, facts, self.as_of, duty)]
        found = cycles_open(self.installation, known, opened, facts)
        return (each for each in found if each.turn.cycle.key in keys)
