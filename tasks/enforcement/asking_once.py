"""Ask once, use many: calls for inputs whose day is near travel in the letter of one whose day has come."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from policies.enforcement.owed import calls_ahead
from policies.facts.facts import Facts
from policies.plans.notices import NoticeClass, NoticeKind, NoticeState
from records.cycles import opened_cycles
from records.ledger.notices import Ledger, Notice, by_cycle, entries
from tasks.enforcement.notices import draft, named
from tasks.installation.workplace import Workplace
from tasks.status.open_cycles import Docket, dockets
from tasks.status.standings import standings_in_batches

if TYPE_CHECKING:
    from records.database import Session

# To whom a call goes now, and by which channel, each with the cycle that it is about.
Leaving = Mapping[tuple[str, str], str]


def calls_besides(
    session: "Session", workplace: Workplace, facts: Facts, as_of: date, leaving: Leaving
) -> list[Notice]:
    """Return the calls that go ahead of their day with one that is `leaving` to the same person.

    Each keeps its key, so on its own day it is not owed again. A cycle whose new dates are told today waits
    for its day, and so does a formal call: it would travel alone.
    """
    rule = workplace.pack.ask_once
    if rule is None or not leaving:
        return []
    return [
        notice
        for docket, ledger in _asking(session, workplace, facts, as_of)
        if _told(docket)
        for notice in _ahead(docket, ledger, leaving, rule.days)
    ]


def leaving_calls(notices: Iterable[Notice]) -> dict[tuple[str, str], str]:
    """Return to whom new calls for inputs go, and by which channel, each with its cycle."""
    return {
        (notice.person, notice.channel): notice.cycle
        for notice in notices
        if notice.kind == NoticeKind.CALL_FOR_INPUTS and notice.state == NoticeState.ENTERED
    }


def _asking(
    session: "Session", workplace: Workplace, facts: Facts, as_of: date
) -> Iterator[tuple[Docket, Ledger]]:
    """Yield the opened cycles of the obligations that ask for inputs, each with what the ledger has."""
    for watched in standings_in_batches(workplace.pack, facts, as_of, None):
        asking = [standing for standing in watched if standing.obligation.contributors]
        opened = opened_cycles(session, obligations=[standing.obligation.id for standing in asking])
        ledger = by_cycle(entries(session, opened))
        for docket in dockets(workplace, asking, opened, facts):
            yield docket, ledger.get(docket.turn.cycle.key, {})


def _told(docket: Docket) -> bool:
    """Whether people knew the dates of a cycle as they are now before today."""
    cycle, announced = docket.turn.cycle, docket.opened.announced
    anew = announced.times > 1 and announced.on == docket.turn.as_of
    return announced.dates == (cycle.due_on, cycle.target_on) and not anew


def _ahead(docket: Docket, ledger: Ledger, leaving: Leaving, days: int) -> Iterator[Notice]:
    announced = docket.opened.announced
    rungs = calls_ahead(docket.pack, docket.obligation, docket.turn, announced, days)
    addressed = [each for rung in rungs for each in docket.addressed(rung)]
    for each in named(docket, addressed, ledger):
        leader = leaving.get((each.person, each.channel))
        if leader is None or docket.key(each.rung, each.person, each.channel) in ledger:
            continue
        notice = draft(docket, replace(each, rung=each.rung._replace(send_on=docket.turn.as_of)))
        if notice.notice_class == NoticeClass.ROUTINE:
            notice.cause = f"asked at once with {leader}; its own day is {each.rung.send_on}"
            yield notice
