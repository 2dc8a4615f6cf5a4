"""The desk: what every page is made from, derived once for each moment and kept while nothing changed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING

from records.database import reading
from records.facts.facts import mark, read_facts
from tasks.installation.workplace import Workplace
from tasks.status.overview import Moment, Overview, overview

if TYPE_CHECKING:
    from records.database import Session


class Desk:
    """The workplace as readers see it. `today` says which day it is at the institution's seat."""

    def __init__(self, workplace: Workplace, today: Callable[[], date]) -> None:
        self.workplace = workplace
        self.today = today
        self._overview: Overview | None = None
        self._turn = Lock()

    @contextmanager
    def session(self) -> Iterator["Session"]:
        """Open a session that sees one moment of the database and changes nothing."""
        with reading(self.workplace.engine) as session:
            yield session

    def overview(self) -> Overview:
        """Return what stands now: what was derived before, unless a fact or the day is new."""
        with self._turn, self.session() as session:
            moment = Moment(self.today(), mark(session))
            if self._overview is None or self._overview.moment != moment:
                facts = read_facts(session)
                self._overview = overview(self.workplace.pack, self.workplace.directory, facts, moment)
            return self._overview
