"""Calls for inputs whose day had passed before they could leave: listed, and let leave by a person."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from policies.enforcement.owed import calls_missed
from policies.facts.facts import Facts
from policies.plans.milestones import MilestoneId
from policies.plans.notices import NoticeKind
from records.cycles import opened_cycles
from records.database import writing
from records.facts.facts import read_facts
from records.ledger.notices import SPOKEN, UNSENT, NoticeState, enter_all, entries
from tasks.enforcement.notice_contents import Extra
from tasks.enforcement.notices import Ledger, by_cycle, draft, unused
from tasks.installation.workplace import Workplace
from tasks.status.open_cycles import Addressed, Docket, dockets
from tasks.status.standings import standings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policies.status.standing import Standing
    from records.cycles import Opened
    from records.database import Session

_SETTLED = SPOKEN | UNSENT | {NoticeState.REFUSED, NoticeState.WITHHELD}


class NobodyToAskError(LookupError):
    """There is no such open cycle, everybody was asked, or the day given has passed."""


def unasked(docket: Docket, ledger: Ledger) -> list[Addressed]:
    """Return the calls for inputs that somebody never heard, and that leave by themselves no more."""
    asked = {
        entry.person
        for entry in ledger.values()
        if entry.kind == NoticeKind.CALL_FOR_INPUTS and entry.state in _SETTLED
    }
    rungs = calls_missed(docket.pack, docket.obligation, docket.turn)
    return [each for rung in rungs for each in docket.addressed(rung) if each.person not in asked]


def unasked_line(docket: Docket, ledger: Ledger) -> Iterator[str]:
    """Yield what there is to say about the calls of a cycle that nobody heard."""
    if people := {each.person for each in unasked(docket, ledger)}:
        cycle, due_on = docket.turn.cycle.key, docket.turn.milestone_on(MilestoneId.INPUTS_DUE)
        count = f"{len(people)} contributors were" if len(people) > 1 else "1 contributor was"
        yield (
            f"{cycle}: ask now: {count} never asked for an input, which was due on {due_on}; ask, or decide "
            f"not to: mandates notices ask {cycle}"
        )


def unasked_findings(
    session: "Session",
    workplace: Workplace,
    watched: "Sequence[Standing]",
    opened: "Mapping[str, Opened]",
    facts: Facts,
) -> Iterator[str]:
    """Yield, for each open cycle, that contributors were never asked for their inputs."""
    missed = [
        docket
        for docket in dockets(workplace, watched, opened, facts)
        if calls_missed(workplace.pack, docket.obligation, docket.turn)
    ]
    ledger = by_cycle(entries(session, [docket.turn.cycle.key for docket in missed]))
    for docket in missed:
        yield from unasked_line(docket, ledger.get(docket.turn.cycle.key, {}))


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
