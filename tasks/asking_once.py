"""Ask once, use many: calls for inputs whose day is near travel in the letter of one whose day has come."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from policies.facts import Facts
from policies.notices import NoticeClass, NoticeKind
from policies.owed import calls_ahead
from records.cycles import Opened
from records.notices import Notice, NoticeState
from tasks.dockets import Docket, dockets
from tasks.notices import Ledger, draft, named
from tasks.workplace import Workplace

# To whom a call goes now, and by which channel, each with the cycle that it is about.
Leaving = Mapping[tuple[str, str], str]


def calls_besides(
    workplace: Workplace,
    facts: Facts,
    as_of: date,
    opened: Mapping[str, Mapping[str, Opened]],
    ledgers: Mapping[str, Ledger],
    notices: Collection[Notice],
) -> list[Notice]:
    """Return the calls that go ahead of their day with one to the same person among the new `notices`.

    Each keeps its key, so on its own day it is not owed again. A cycle whose dates moved and were not told
    anew before this run waits for its day, and so does a formal call: it would travel alone. `opened` are the
    cycles of each obligation, and `ledgers` those of each cycle, as they were before this run.
    """
    rule, leaving = workplace.pack.ask_once, _leaving(notices)
    if rule is None or not leaving:
        return []
    return [
        notice
        for docket in _asking(workplace, facts, as_of, opened)
        if _told(docket)
        for notice in _ahead(docket, ledgers.get(docket.turn.cycle.key, {}), leaving, rule.days)
    ]


def _leaving(notices: Iterable[Notice]) -> Leaving:
    return {
        (notice.person, notice.channel): notice.cycle
        for notice in notices
        if notice.kind == NoticeKind.CALL_FOR_INPUTS and notice.state == NoticeState.ENTERED
    }


def _asking(
    workplace: Workplace, facts: Facts, as_of: date, opened: Mapping[str, Mapping[str, Opened]]
) -> Iterator[Docket]:
    """Yield the opened cycles of the obligations that ask for inputs."""
    known = facts.upto(as_of)
    for obligation in workplace.pack.obligations.values():
        if obligation.contributors and (own := opened.get(obligation.id)):
            standing = workplace.pack.standing(obligation.id, known, as_of)
            yield from dockets(workplace, [standing], own, facts)


def _told(docket: Docket) -> bool:
    """Whether people know the dates of a cycle as they are now."""
    cycle = docket.turn.cycle
    return docket.opened.announced.dates == (cycle.due_on, cycle.target_on)


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
