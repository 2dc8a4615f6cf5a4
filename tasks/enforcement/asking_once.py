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
from tasks.enforcement.naming import named
from tasks.enforcement.notices import draft
from tasks.installation.installation import Installation
from tasks.status.open_cycles import OpenCycle, cycles_open
from tasks.status.statuses import standings_in_batches

if TYPE_CHECKING:
    from records.database import Session

# To whom a call goes now, and by which channel, each with the cycle that it is about.
Leaving = Mapping[tuple[str, str], str]


def calls_besides(
    session: "Session", installation: Installation, facts: Facts, as_of: date, leaving: Leaving
) -> list[Notice]:
    """Return the calls that go ahead of their day with one that is `leaving` to the same person.

    Each keeps its key, so on its own day it is not owed again. A cycle whose new dates are told today waits
    for its day, and so does a formal call: it would travel alone.
    """
    rule = installation.pack.ask_once
    if rule is None or not leaving:
        return []
    return [
        notice
        for open_cycle, ledger in _asking(session, installation, facts, as_of)
        if _told(open_cycle)
        for notice in _ahead(open_cycle, ledger, leaving, rule.days)
    ]


def leaving_calls(notices: Iterable[Notice]) -> dict[tuple[str, str], str]:
    """Return to whom new calls for inputs go, and by which channel, each with its cycle."""
    return {
        (notice.person, notice.channel): notice.cycle
        for notice in notices
        if notice.kind == NoticeKind.CALL_FOR_INPUTS and notice.state == NoticeState.ENTERED
    }


def _asking(
    session: "Session", installation: Installation, facts: Facts, as_of: date
) -> Iterator[tuple[OpenCycle, Ledger]]:
    """Yield the opened cycles of the obligations that ask for inputs, each with what the ledger has."""
    for watched in standings_in_batches(installation.pack, facts, as_of, None):
        asking = [status for status in watched if status.obligation.contributors]
        opened = opened_cycles(session, obligations=[status.obligation.id for status in asking])
        ledger = by_cycle(entries(session, opened))
        for open_cycle in cycles_open(installation, asking, opened, facts):
            yield open_cycle, ledger.get(open_cycle.turn.cycle.key, {})


def _told(open_cycle: OpenCycle) -> bool:
    """Whether people knew the dates of a cycle as they are now before today."""
    cycle, announced = open_cycle.turn.cycle, open_cycle.opened.announced
    anew = announced.times > 1 and announced.on == open_cycle.turn.as_of
    return announced.dates == (cycle.due_on, cycle.target_on) and not anew


def _ahead(open_cycle: OpenCycle, ledger: Ledger, leaving: Leaving, days: int) -> Iterator[Notice]:
    announced = open_cycle.opened.announced
    scheduled_notices = calls_ahead(open_cycle.pack, open_cycle.obligation, open_cycle.turn, announced, days)
    addressed = [each for scheduled in scheduled_notices for each in open_cycle.addressed(scheduled)]
    for each in named(open_cycle, addressed, ledger):
        leader = leaving.get((each.person, each.channel))
        if leader is None or open_cycle.key(each.scheduled, each.person, each.channel) in ledger:
            continue
        notice = draft(
            open_cycle, replace(each, scheduled=each.scheduled._replace(send_on=open_cycle.turn.as_of))
        )
        if notice.notice_class == NoticeClass.ROUTINE:
            notice.cause = f"asked at once with {leader}; its own day is {each.scheduled.send_on}"
            yield notice
