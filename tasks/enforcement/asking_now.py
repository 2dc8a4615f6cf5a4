"""Calls for inputs whose day had passed: a person lets them leave after all, or decides to ask nobody."""

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from policies.plans.notices import NoticeState
from policies.recurrence.cycle_key import CycleKey
from records.cycles import opened_cycles
from records.database import writing
from records.facts.facts import read_facts
from records.ledger.notices import enter_all, entries
from tasks.enforcement.naming import unused
from tasks.enforcement.notice_contents import Extra
from tasks.enforcement.notices import draft
from tasks.installation.installation import Installation
from tasks.status.open_cycles import OpenCycle, cycles_open
from tasks.status.statuses import statuses
from tasks.status.unasked import unasked

if TYPE_CHECKING:
    from records.database import Session


class NobodyToAskError(LookupError):
    """There is no such open cycle, everybody was asked, or the day given has passed."""


def ask(
    installation: Installation,
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
    with writing(installation.engine) as session:
        open_cycle = _open(session, installation, cycle, today)
        ledger = entries(session, [cycle])
        calls = unasked(open_cycle, ledger)
        if not calls:
            raise NobodyToAskError(f"{cycle}: there is nobody who was to be asked for an input and was not")
        said = f"{by} asks now" if until else f"withheld by {by}"
        notices = []
        for each in calls:
            named = replace(
                each,
                scheduled=each.scheduled._replace(id=f"{each.scheduled.id}@{until or today}", send_on=today),
            )
            notice = draft(open_cycle, unused(open_cycle, named, ledger), Extra(inputs_due_on=until))
            notice.state = NoticeState.RELEASED if until else NoticeState.WITHHELD
            notice.cause = f"{said}: {reason}"
            notices.append(notice)
        return [entered.notice_key for entered in enter_all(session, notices, now, by)]


def _open(session: "Session", installation: Installation, cycle: str, today: date) -> OpenCycle:
    facts, opened = read_facts(session), opened_cycles(session)
    obligation = CycleKey.parse(cycle).obligation
    if cycle in opened and obligation in installation.pack.obligations:
        watched = statuses(installation.pack, facts, today, obligation)
        for open_cycle in cycles_open(installation, watched, {cycle: opened[cycle]}, facts):
            return open_cycle
    raise NobodyToAskError(f"no cycle {cycle} is open; see: mandates status")
