"""From owed rungs to notices in the ledger: who receives them, and each exactly once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from notifications.notice_content import to_json
from policies.enforcement.owed import calls_ahead, class_of, rungs_owed
from policies.facts.answers import Pause
from policies.plans.notices import (
    ALWAYS_SAID,
    CHASERS,
    FIRST_TOUCHES,
    FOR_INPUTS,
    RISING,
    NoticeClass,
    NoticeKind,
    NoticeState,
    Rung,
    RungAt,
    coalesce,
    is_reminder,
)
from policies.plans.restraints import apart_on, restrained
from policies.status.states import MET
from records.ledger.notices import UNSENT, Entry, Ledger, Notice, move_all
from records.runs import ENFORCE
from tasks.enforcement.answers import owed_for
from tasks.enforcement.notice_contents import NOTHING, Extra, matter_of
from tasks.status.open_cycles import Addressed, Docket

if TYPE_CHECKING:
    from records.database import Session

OVERTAKEN = CHASERS | RISING | {NoticeKind.CALL_FOR_INPUTS, NoticeKind.HAND_OVER, NoticeKind.FOR_DECISION}
NOT_SAID = frozenset(
    {NoticeState.SKIPPED, NoticeState.SUPERSEDED, NoticeState.WITHHELD, NoticeState.SET_ASIDE}
)
_DATES = frozenset({RungAt.DUE, RungAt.TARGET})
_INPUT_RUNGS = tuple(str(milestone) for milestone in FOR_INPUTS)


def owed(docket: Docket) -> list[Addressed]:
    """Return everything owed about a cycle by the docket's day, whether or not it was sent before."""
    turn = docket.turn
    announced = docket.opened.announced
    rungs = rungs_owed(docket.pack, docket.obligation, turn, docket.facts, turn.as_of, announced)
    found = [addressed for rung in rungs for addressed in docket.addressed(rung)]
    if turn.state not in MET:
        for given in docket.inputs.values():
            found += owed_for(docket, given)
    return found


def drafts(
    docket: Docket,
    due: Iterable[Addressed],
    ledger: Ledger,
    extras: Mapping[NoticeKind, Callable[[], Extra]],
) -> Iterator[Notice]:
    """Yield the notices of what is `due` and not in the ledger, the reminders to one person folded into one.

    `extras` is what some kinds of notice say besides, looked up only for those.
    """
    new: defaultdict[tuple[str, str], list[Addressed]] = defaultdict(list)
    for addressed in named(docket, due, ledger):
        if docket.key(addressed.rung, addressed.person, addressed.channel) not in ledger:
            new[addressed.person, addressed.channel].append(addressed)
    for waiting in new.values():
        before = [_reminded(docket, addressed, ledger) for addressed in waiting]
        rungs = [
            restrained(each.rung, docket.turn.plan, days, _pause(docket, each.person))
            for each, days in zip(waiting, before, strict=True)
        ]
        for addressed, days, (rung, count) in zip(waiting, before, coalesce(rungs), strict=True):
            extra = replace(extras[rung.kind]() if rung.kind in extras else NOTHING, folded=count)
            notice = draft(docket, replace(addressed, rung=rung), extra)
            notice.not_before_at = _not_before(docket, rung, days)
            yield notice


def draft(docket: Docket, addressed: Addressed, extra: Extra = NOTHING) -> Notice:
    """Return one notice, in the state it enters the ledger in."""
    rung = addressed.rung
    key = docket.key(rung, addressed.person, addressed.channel)
    notice_class = class_of(rung.kind, addressed.actor, docket.pack)
    return Notice(
        notice_key=key,
        cycle=docket.turn.cycle.key,
        kind=rung.kind,
        rung=rung.id,
        person=addressed.person,
        channel=addressed.channel,
        notice_class=notice_class,
        send_on=rung.send_on,
        matter=to_json(matter_of(docket, addressed, key, extra)),
        state=_first_state(rung, notice_class),
        cause=rung.skipped or f"owed on {rung.send_on}",
    )


def supersede(
    session: "Session", docket: Docket, due: Iterable[Addressed], ledger: Ledger, at: datetime
) -> list[str]:
    """Withdraw what was entered and not sent, and says an old date or is not `due` any more.

    Returns:
        The keys of what was withdrawn.
    """
    waiting = {key: entry.kind for key, entry in ledger.items() if entry.state in UNSENT}
    if not waiting:
        return []
    moved = _moved(docket)
    standing = {docket.key(a.rung, a.person, a.channel): a.rung for a in _standing(docket, due, ledger)}
    kept = {
        key for key, rung in standing.items() if rung.kind in ALWAYS_SAID and rung.about in _DATES - moved
    }
    overtaken = OVERTAKEN | FIRST_TOUCHES if moved else frozenset()
    old = [key for key, kind in waiting.items() if kind in overtaken and key not in kept]
    kept = {*standing, *old, *(_asked_now(ledger) if docket.turn.waits else ())}
    idle = [key for key, kind in waiting.items() if kind in OVERTAKEN and key not in kept]
    cause = f"no longer owed: the cycle is {docket.turn.state}"
    return [*_withdrawn(session, old, "its dates moved", at), *_withdrawn(session, idle, cause, at)]


def _asked_now(ledger: Ledger) -> Iterator[str]:
    """Yield the calls that a person let leave, of which no plan has a day any more."""
    for key, entry in ledger.items():
        if entry.kind == NoticeKind.CALL_FOR_INPUTS and entry.state is NoticeState.RELEASED:
            yield key


def _moved(docket: Docket) -> frozenset[RungAt]:
    """Return which of the dates people were told are others now, of a cycle that is not met."""
    cycle, told = docket.turn.cycle, docket.opened.announced
    if docket.turn.state in MET:
        return frozenset()
    pairs = {RungAt.DUE: (told.due_on, cycle.due_on), RungAt.TARGET: (told.target_on, cycle.target_on)}
    return frozenset(about for about, (old, new) in pairs.items() if old != new)


def withdraw(session: "Session", ledger: Ledger, at: datetime) -> list[str]:
    """Withdraw all that was entered and not sent about a cycle that the facts no longer give."""
    unsent = (
        key for key, entry in ledger.items() if entry.state in UNSENT and entry.kind != NoticeKind.CORRECTION
    )
    waiting = list(unsent)
    return _withdrawn(session, waiting, "the cycle no longer follows from the facts", at)


def _withdrawn(session: "Session", keys: Sequence[str], cause: str, at: datetime) -> list[str]:
    values = {"state": NoticeState.SUPERSEDED, "not_before_at": None}
    return move_all(session, keys, UNSENT, values, cause, at, ENFORCE)


def _standing(docket: Docket, due: Iterable[Addressed], ledger: Ledger) -> Iterator[Addressed]:
    """Yield what is due, and calls whose day is to come: to go ahead of it with another is no mistake."""
    ahead = calls_ahead(docket.pack, docket.obligation, docket.turn, docket.opened.announced)
    yield from named(docket, [*due, *(each for rung in ahead for each in docket.addressed(rung))], ledger)


def named(docket: Docket, addressed: Iterable[Addressed], ledger: Ledger) -> Iterator[Addressed]:
    """Yield each under its name; a first word that an old date overtook is said anew, under another one."""
    times = docket.opened.announced.times
    for each in addressed:
        entry = _entry(docket, each, ledger)
        overtaken = times > 1 and entry and entry.state is NoticeState.SUPERSEDED
        if overtaken and each.rung.kind in FIRST_TOUCHES:
            yield unused(docket, replace(each, rung=each.rung.anew(times)), ledger)
        else:
            yield unused(docket, each, ledger)


def unused(docket: Docket, each: Addressed, ledger: Ledger) -> Addressed:
    """Return it under the next name, where a run for a wrong day has used up its own: `due+1!2`."""
    number, found = 1, each
    while (entry := _entry(docket, found, ledger)) and entry.state is NoticeState.SET_ASIDE:
        number += 1
        found = replace(each, rung=each.rung.once_more(number))
    return found


def _entry(docket: Docket, each: Addressed, ledger: Ledger) -> Entry | None:
    return ledger.get(docket.key(each.rung, each.person, each.channel))


def _pause(docket: Docket, person: str) -> Pause | None:
    pauses = docket.facts.pauses_of(docket.turn.cycle.key)
    today = docket.turn.as_of
    return next((p for p in pauses if p.first <= today <= p.last and p.person in (None, person)), None)


def _reminded(docket: Docket, addressed: Addressed, ledger: Ledger) -> list[date]:
    """Return the days on which the person was reminded of the same thing in this cycle before."""
    for_inputs = addressed.rung.about in FOR_INPUTS
    return [
        entry.tried_on or docket.turn.as_of
        for entry in ledger.values()
        if entry.person == addressed.person
        and is_reminder(NoticeKind(entry.kind), for_inputs=for_inputs)
        and entry.state not in NOT_SAID
        and entry.rung.startswith(_INPUT_RUNGS) == for_inputs
    ]


def _not_before(docket: Docket, rung: Rung, before: Sequence[date]) -> datetime | None:
    """Return the instant before which a notice must not leave, at the institution's seat."""
    on = apart_on(rung, docket.turn.plan, before, docket.turn.as_of)
    return datetime.combine(on, time.min, ZoneInfo(docket.pack.instrument.zone)) if on else None


def _first_state(rung: Rung, notice_class: NoticeClass) -> NoticeState:
    if rung.skipped:
        return NoticeState.SKIPPED
    return NoticeState.AWAITING_RELEASE if notice_class is NoticeClass.FORMAL else NoticeState.ENTERED
