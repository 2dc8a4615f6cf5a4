"""How soon a page of the board is there, with 12 and with 40,000 obligations; and a feed of 1,000 events."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.tables import Table
from policies.facts.facts import Completion, Facts
from policies.pack.pack import Pack
from portal.board.app import around_of
from portal.board.data import BoardData
from portal.board.overview import board
from portal.board.rendering import page
from records.database import reading
from records.facts.facts import read_facts
from records.marks import Mark, mark
from records.overview import Wanted
from tasks.calendar.feed import feed, give
from tasks.calendar.feed_filter import FeedFilter
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import Installation, open_installation
from tasks.installation.settings import Settings
from tasks.operations.first_start import first_start
from tasks.status.overview import SnapshotKey, overview

ROUNDS = 7
AS_OF = date(2026, 11, 23)
NOW = datetime.combine(AS_OF, time(6), UTC)
SIZES = (12, 1_000, 40_000)
PAGES = {
    "first page": Wanted(),
    "a search": Wanted(words="working"),
    "a filter, in the middle": Wanted(state="open", page=2),
}


def measure() -> Table:
    """Make the HTML of the board, from the request to the last byte, without a network."""
    with TemporaryDirectory() as folder, open_installation(Settings(home=Path(folder))) as installation:
        rows = [row for size in SIZES for row in _rows(installation, size)]
    heading = ("obligations", "page", "fastest, ms", "median, ms")
    notes = ("To derive: once after each fact recorded, and once each day; then pages are made from it.",)
    return Table(f"A page of the board, {ROUNDS} runs", heading, rows, notes)


def measure_feed() -> Table:
    """Write the calendar of all obligations, and of enough copies of them for 1,000 events."""
    with TemporaryDirectory() as folder, open_installation(Settings(home=Path(folder))) as installation:
        first_start(installation, AS_OF, NOW)
        enforce(installation, AS_OF, NOW)
        rows = [
            _feed_row(installation),
            _feed_row(replace(installation, pack=_copied(installation.pack, 42))),
        ]
    return Table("The calendar feed", ("events", "KB", "fastest, ms", "median, ms"), rows)


def _rows(installation: Installation, size: int) -> list[tuple[str, ...]]:
    enlarged = replace(installation, pack=_copied(installation.pack, size))
    facts = Facts(
        completions=[Completion(each, date(2025, 11, 10), "report") for each in enlarged.pack.obligations]
    )
    started = perf_counter()
    board_data = ObligationStatus(enlarged, facts)
    derived = f"{(perf_counter() - started) * 1000:.0f}"
    timed = [(name, *_times(partial(_page, board_data, wanted))) for name, wanted in _fitting(size).items()]
    return [(f"{size:,}", "to derive", derived, derived), *((f"{size:,}", *each) for each in timed)]


class ObligationStatus(BoardData):
    """A desk of facts that are not in a database: what is measured is the board, not the reading of facts."""

    def __init__(self, installation: Installation, facts: Facts) -> None:
        super().__init__(installation, lambda: AS_OF)
        self._overview = overview(installation.pack, facts, SnapshotKey(AS_OF, self._mark()))

    def _mark(self) -> Mark:
        with self.session() as session:
            return mark(session)


def _fitting(size: int) -> dict[str, Wanted]:
    return {name: wanted for name, wanted in PAGES.items() if wanted.page == 1 or size > SIZES[0]}


def _page(board_data: BoardData, wanted: Wanted) -> str:
    return page(
        "en",
        "board.html",
        {**around_of(board_data, "/en/", "en", ""), "static": False, **board(board_data, wanted, "en")},
    )


def _feed_row(installation: Installation) -> tuple[str, ...]:
    """Measure a feed that its reader has read before: that is what nearly every reading is."""
    reader = f"feed:{len(installation.pack.obligations)}"
    give(installation, AS_OF, FeedFilter(), reader, NOW)
    with reading(installation.engine) as session:
        facts = read_facts(session)
        made = feed(session, installation, facts, AS_OF, FeedFilter(), reader)
        times = _times(lambda: feed(session, installation, facts, AS_OF, FeedFilter(), reader))
    return f"{made.events:,}", f"{len(made.content) / 1024:.0f}", *times


def _times(work: Callable[[], object]) -> tuple[str, str]:
    taken = []
    for _ in range(ROUNDS):
        started = perf_counter()
        work()
        taken.append((perf_counter() - started) * 1000)
    return f"{min(taken):.0f}", f"{median(taken):.0f}"


def _copied(pack: Pack, size: int) -> Pack:
    originals = list(pack.obligations.values())
    turned = (originals[number % len(originals)] for number in range(size))
    copies = [each.model_copy(update={"id": f"duty-{number}"}) for number, each in enumerate(turned)]
    return replace(pack, obligations={each.id: each for each in copies})
