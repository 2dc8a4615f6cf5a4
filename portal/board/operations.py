"""The pages about the house: findings, the load of the coming years, the statements, its own health."""

from datetime import date
from typing import Any, NamedTuple

from policies.people.directory import Directory
from policies.problems import visible
from portal.board.addresses import Addresses
from portal.board.data import BoardData
from portal.board.overview import NoSuchPageError, looks
from records.inbox import WAITING as WAITING_ITEMS
from records.inbox import Kept, inbox
from records.ledger.ledger import count_by_state
from records.ledger.notices import notices_of
from records.overview import PAGE
from records.runs import ENFORCE, Run, last_run
from records.statements import statements
from tasks.installation.live import leave_to_send
from tasks.installation.seals import seals_in
from tasks.status.addressees import silent
from tasks.status.findings import WAITING, failing_people
from tasks.status.holidays import unofficial_holidays

_FLOWS = (ENFORCE, "assemble", "statement")
_TALLEST = 160
_QUARTERS = 24
LATE_DAYS = 1
"""Days without an enforcement after which the page of health says so."""


class Bar(NamedTuple):
    """What falls into one quarter, and how tall its bar is."""

    year: int
    quarter: int
    opens: int
    target: int
    due: int
    height: float

    @property
    def short(self) -> str:
        """What the quarter is called within its year."""
        return f"Q{self.quarter}"

    @property
    def dates(self) -> int:
        """How many dates fall into it."""
        return self.opens + self.target + self.due


class Came(NamedTuple):
    """A message that waits for a person: its number, whose it is as far as is known, and why it waits."""

    number: int
    sender: str
    person: str | None
    on: date
    why: str

    @property
    def command(self) -> str:
        """What shows it at a terminal."""
        return f"mandates inbox show {self.number}"


def _came(kept: Kept, directory: Directory) -> Came:
    fate, item = kept.fate, kept.item
    person = directory.name_of(fate.person) if fate and fate.person else None
    return Came(item.id, visible(kept.sender), person, item.received_on, visible(fate.why) if fate else "")


def findings_page(board_data: BoardData, page: int, language: str) -> dict[str, Any]:
    """Return what a person should look at: of the duties, of the ledger, of the directory.

    Raises:
        NoSuchPageError: there are fewer pages.
    """
    seen = board_data.overview()
    pages = max(1, -(-len(seen.attention) // PAGE))
    if page > pages:
        raise NoSuchPageError(f"page {page} of {pages}")
    directory, pack = seen.directory, board_data.installation.pack
    with board_data.session() as session:
        waiting = notices_of(session, states=WAITING)
        leave = leave_to_send(session, board_data.installation.settings)
        failing = [
            (directory.name_of(each.person), each.address, each.since_at.date())
            for each in failing_people(session, directory)
        ]
        came = [_came(kept, directory) for kept in inbox(session, WAITING_ITEMS)]
        session.expunge_all()
    at = Addresses(language)
    on_duty = [directory.name_of(each) for each in directory.on_duty]
    return {
        "instead": on_duty,
        "failing": failing,
        "came": came,
        "looks": looks(seen, seen.attention[(page - 1) * PAGE : page * PAGE], language),
        "looks_in_all": len(seen.attention),
        "page": page,
        "turns": [(n, at.page("findings", n)) for n in range(1, pages + 1) if abs(n - page) < PAGES_NEAR],
        "leave": leave,
        "waiting": [
            (notice, at.notice(notice.cycle, notice.notice_key), directory.name_of(notice.person))
            for notice in waiting
        ],
        "unconfirmed": directory.status == "unconfirmed",
        "unheld": [pack.actors[a].name for a in silent(pack, directory) if a in pack.actors],
    }


PAGES_NEAR = 4


def load_page(board_data: BoardData) -> dict[str, Any]:
    """Return what falls into each of the coming quarters."""
    seen = board_data.overview()
    first = seen.as_of.year * 4 + (seen.as_of.month - 1) // 3
    quarters = [divmod(number, 4) for number in range(first, first + _QUARTERS)]
    pluralise = [
        [seen.falls.get((year, number + 1, which), 0) for which in ("opens", "target", "due")]
        for year, number in quarters
    ]
    most = max([sum(each) for each in pluralise] + [1])
    bars = [
        Bar(year, number + 1, each[0], each[1], each[2], round(sum(each) * _TALLEST / most, 1))
        for (year, number), each in zip(quarters, pluralise, strict=True)
    ]
    return {"bars": bars, "tallest": _TALLEST}


def statements_page(board_data: BoardData) -> dict[str, Any]:
    """Return every version of every statement, and which of their files have a seal."""
    with board_data.session() as session:
        found = statements(session)
        session.expunge_all()
    files = [file for each in found for file in each.files]
    return {"statements": found, "seals": seals_in(board_data.installation.settings.statements, files)}


class Health(NamedTuple):
    """How the house is: when each flow last did its work, and what waits."""

    as_of: Any
    runs: dict[str, Run | None]
    ledger: dict[str, int]
    days_since: int | None
    unofficial: list[tuple[str, int]]

    @property
    def well(self) -> bool:
        """Whether the last enforcement is of today or yesterday."""
        return self.days_since is not None and self.days_since <= LATE_DAYS


def health_of(board_data: BoardData) -> Health:
    """Return how the house is."""
    today = board_data.today()
    with board_data.session() as session:
        runs = {flow: last_run(session, flow) for flow in _FLOWS}
        ledger = count_by_state(session)
        session.expunge_all()
    enforced = runs[ENFORCE]
    since = (today - enforced.as_of).days if enforced else None
    return Health(today, runs, ledger, since, list(unofficial_holidays(board_data.installation.pack, today)))
