"""Calls for inputs whose day had passed: a person lets them leave after all, or decides to ask nobody."""

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from policies.plans.notices import NoticeState
from records.cycles import opened_cycles
from records.database import writing
from records.facts.facts import read_facts
from records.ledger.notices import enter_all, entries
from tasks.enforcement.notice_contents import Extra
from tasks.enforcement.notices import draft, unused
from tasks.installation.workplace import Workplace
from tasks.status.open_cycles import Docket, dockets
from tasks.status.standings import standings
from tasks.status.unasked import unasked

if TYPE_CHECKING:
    from records.database import Session


class NobodyToAskError(LookupError):
    """There is no such open cycle, everybody was asked, or the day given has passed."""


def ask(
    workplace: Workplace,
    cycle: str,
    today: date,
    now: datetime,
    *,
    until: date | None,
    by: str,
    reason: str,
) -> list[str]:
    """Let the calls of a cycle that were never said leave with the next dispatch, for an input `until` a day.

    Without a day nobody is asked: they are withheld, with the reason. Returns the keys of the calls.

    Raises:
        NobodyToAskError: the cycle is not open, everybody was asked, or `until` has passed.
    """
    if until and until < today:
        raise NobodyToAskError(
            f"{until} has passed: give a day by which an input can still come, from {today} on"
        )
    with writing(workplace.engine) as session:
        docket = _open(session, workplace, cycle, today)
        ledger = entries(session, [cycle])
        calls = unasked(docket, ledger)
        if not calls:
            raise NobodyToAskError(f"{cycle}: there is nobody who was to be asked for an input and was not")
        said = f"{by} asks now" if until else f"withheld by {by}"
        notices = []
        for each in calls:
            named = replace(
                each, rung=each.rung._replace(id=f"{each.rung.id}@{until or today}", send_on=today)
            )
            notice = draft(docket, unused(docket, named, ledger), Extra(inputs_due_on=until))
            notice.state = NoticeState.RELEASED if until else NoticeState.WITHHELD
            notice.cause = f"{said}: {reason}"
            notices.append(notice)
        return [entered.notice_key for entered in enter_all(session, notices, now, by)]


def _open(session: "Session", workplace: Workplace, cycle: str, today: date) -> Docket:
    facts, opened = read_facts(session), opened_cycles(session)
    obligation = cycle.partition("/")[0]
    if cycle in opened and obligation in workplace.pack.obligations:
        watched = standings(workplace.pack, facts, today, obligation)
        for docket in dockets(workplace, watched, {cycle: opened[cycle]}, facts):
            return docket
    raise NobodyToAskError(f"no cycle {cycle} is open; see: mandates status")
