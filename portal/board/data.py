"""The desk: what every page is made from, derived once for each moment and kept while nothing changed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING

from records.database import reading
from records.facts.facts import read_facts
from records.marks import mark
from tasks.installation.installation import Installation
from tasks.status.overview import Overview, SnapshotKey, overview

if TYPE_CHECKING:
    from records.database import Session


class BoardData:
    """The installation as readers see it. `today` says which day it is at the institution's seat."""

    def __init__(self, installation: Installation, today: Callable[[], date]) -> None:
        self.installation = installation
        self.today = today
        self._overview: Overview | None = None
        self._turn = Lock()

    @contextmanager
    def session(self) -> Iterator["Session"]:
        """Open a session that sees one moment of the database and changes nothing."""
        with reading(self.installation.engine) as session:
            yield session

    def overview(self) -> Overview:
        """Return what stands now: what was derived before, unless a fact or the day is new."""
        with self._turn, self.session() as session:
            snapshot_key = SnapshotKey(self.today(), mark(session))
            if self._overview is None or self._overview.snapshot_key != snapshot_key:
                facts = read_facts(session)
                self._overview = overview(self.installation.pack, facts, snapshot_key)
            return self._overview
