"""The board: what needs somebody, where every obligation stands, and the years around now."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from language.cycle_names import cycle_name
from policies.obligations.obligations import Obligation
from policies.recurrence.cycle_key import CycleKey
from policies.status.states import State
from policies.status.status import ObligationStatus, Turn
from portal.board.addresses import Addresses
from portal.board.data import BoardData
from portal.board.rendering import told
from portal.board.timeline import timeline
from records.ledger.ledger import count_by_state
from records.overview import Found, Wanted
from tasks.installation.live import leave_to_send
from tasks.status.attention import Attention
from tasks.status.findings import WAITING
from tasks.status.next_steps import NextStep, next_step
from tasks.status.overview import Overview

FIRST = 8
"""What needs somebody is listed up to here; the page of findings has it all."""


@dataclass(frozen=True, slots=True)
class Look:
    """Something to look at, told in a sentence, with the obligation or cycle it is about."""

    rank: int
    title: Any
    address: str
    cycle: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Row:
    """One obligation on the board."""

    obligation: Obligation
    turn: Turn
    status: ObligationStatus
    step: NextStep | None
    address: str
    cycle_address: str


class NoSuchPageError(LookupError):
    """There are fewer pages than that."""


def board(board_data: BoardData, wanted: Wanted, language: str) -> dict[str, Any]:
    """Return what the board shows.

    Raises:
        NoSuchPageError: what is wanted has fewer pages.
    """
    seen = board_data.overview()
    at = Addresses(language)
    found = seen.index.search(wanted)
    if wanted.page > found.pages:
        raise NoSuchPageError(f"page {wanted.page} of {found.pages}")
    statuses = [seen.status(each) for each in found.obligations]
    with board_data.session() as session:
        waiting = {s: n for s, n in count_by_state(session).items() if s in WAITING}
        leave = leave_to_send(session, board_data.installation.settings)
    return {
        "wanted": wanted,
        "found": found,
        "counts": _in_order(seen.index.counts("state")),
        "holders": _holders(seen),
        "looks": looks(seen, seen.attention[:FIRST], language),
        "looks_in_all": len(seen.attention),
        "waiting": waiting,
        "leave": leave,
        "soon": seen.soon[:FIRST],
        "rows": [_row(each, at) for each in statuses],
        "timeline": timeline(seen.pack, seen.facts, statuses, seen.as_of, language),
        "turns": _pages(found, wanted, at),
    }


def looks(seen: Overview, attention: Iterable[Attention], language: str) -> list[Look]:
    """Return what must be looked at, with its address and in words."""
    at = Addresses(language)
    return [
        Look(
            each.rank,
            seen.pack.obligations[each.obligation].title,
            at.cycle(each.subject) if CycleKey.parse(each.subject).name else at.obligation(each.obligation),
            cycle_name(CycleKey.parse(each.subject).name, language),
            told(each, language, seen.names),
        )
        for each in attention
    ]


def _row(status: ObligationStatus, at: Addresses) -> Row:
    obligation, turn = status.obligation, status.current
    step = next_step(obligation, turn)
    return Row(obligation, turn, status, step, at.obligation(obligation.id), at.cycle(turn.cycle.key))


def _in_order(counts: Any) -> dict[str, int]:  # noqa: ANN401 (a mapping by state)
    return {state: counts[state] for state in _ORDER if state in counts}


def _holders(seen: Overview) -> Iterator[tuple[str, Any, int]]:
    for actor, count in seen.index.counts("holder").items():
        yield actor, seen.pack.actors[actor].name, count


def _pages(found: Found, wanted: Wanted, at: Addresses) -> Sequence[tuple[int, str]]:
    near = {1, found.pages, *range(wanted.page - 2, wanted.page + 3)}
    return [(n, at.board(wanted, page=n)) for n in sorted(near) if 1 <= n <= found.pages]


_ORDER = (
    State.OVERDUE,
    State.MISSED,
    State.UNRECORDED,
    State.UNKNOWN,
    State.OPEN,
    State.SCHEDULED,
    State.MET_LATE,
    State.MET,
    State.STANDING,
)
