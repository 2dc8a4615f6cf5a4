"""From owed rungs to notices in the ledger: who receives them, and each exactly once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from notifications.notice_content import to_json
from policies.enforcement.owed import calls_ahead, class_of, rungs_owed
from policies.facts.answers import Pause
from policies.plans.notices import (
    CHASERS,
    FIRST_TOUCHES,
    FOR_INPUTS,
    RISING,
    NoticeClass,
    NoticeKind,
    Rung,
    coalesce,
)
from policies.status.states import MET
from records.ledger.notices import UNSENT, Entry, Notice, NoticeState, move_all
from records.runs import ENFORCE
from tasks.enforcement.answers import owed_for
from tasks.enforcement.notice_contents import NOTHING, Extra, matter_of
from tasks.status.open_cycles import Addressed, Docket

if TYPE_CHECKING:
    from records.database import Session

OVERTAKEN = CHASERS | RISING | {NoticeKind.CALL_FOR_INPUTS, NoticeKind.HAND_OVER, NoticeKind.FOR_DECISION}
NOT_SAID = frozenset({NoticeState.SKIPPED, NoticeState.SUPERSEDED, NoticeState.WITHHELD})
_INPUT_RUNGS = tuple(str(milestone) for milestone in FOR_INPUTS)
Ledger = Mapping[str, Entry]  # of one cycle, by key


def by_cycle(ledger: Mapping[str, Entry]) -> dict[str, dict[str, Entry]]:
    """Return what the ledger has, by cycle and then by key."""
    found: defaultdict[str, dict[str, Entry]] = defaultdict(dict)
    for key, entry in ledger.items():
        found[entry.cycle][key] = entry
    return found


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
    """Yield the notices of what is `due` and not in the ledger, the chasers to one person folded into one.

    `extras` is what some kinds of notice say besides, looked up only for those.
    """
    new: defaultdict[tuple[str, str], list[Addressed]] = defaultdict(list)
    for addressed in named(docket, due, ledger):
        if docket.key(addressed.rung, addressed.person, addressed.channel) not in ledger:
            new[addressed.person, addressed.channel].append(addressed)
    for waiting in new.values():
        restrained = [_restrained(docket, addressed, ledger) for addressed in waiting]
        folded = coalesce([addressed.rung for addressed in restrained])
        for addressed, (rung, count) in zip(restrained, folded, strict=True):
            extra = replace(extras[rung.kind]() if rung.kind in extras else NOTHING, folded=count)
            notice = draft(docket, replace(addressed, rung=rung), extra)
            notice.not_before_at = _apart_from_the_last(docket, addressed, ledger)
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
    cycle = docket.turn.cycle
    moved = docket.opened.announced.dates != (cycle.due_on, cycle.target_on) and docket.turn.state not in MET
    waiting = {key: entry.kind for key, entry in ledger.items() if entry.state in UNSENT}
    if not waiting:
        return []
    standing = [*due, *_ahead(docket)]
    still = {docket.key(a.rung, a.person, a.channel) for a in named(docket, standing, ledger)}
    old = [key for key, kind in waiting.items() if moved and kind in OVERTAKEN | FIRST_TOUCHES]
    idle = [key for key, kind in waiting.items() if kind in OVERTAKEN and key not in still and key not in old]
    cause = f"no longer owed: the cycle is {docket.turn.state}"
    return [*_withdrawn(session, old, "its dates moved", at), *_withdrawn(session, idle, cause, at)]


def withdraw(session: "Session", ledger: Ledger, at: datetime) -> list[str]:
    """Withdraw all that was entered and not sent about a cycle that the facts no longer give."""
    waiting = [key for key, entry in ledger.items() if entry.state in UNSENT]
    return _withdrawn(session, waiting, "the cycle no longer follows from the facts", at)


def _withdrawn(session: "Session", keys: Sequence[str], cause: str, at: datetime) -> list[str]:
    values = {"state": NoticeState.SUPERSEDED, "not_before_at": None}
    return move_all(session, keys, UNSENT, values, cause, at, ENFORCE)


def _ahead(docket: Docket) -> Iterator[Addressed]:
    """Yield the calls whose day is to come: one that went ahead of its day with another is no mistake."""
    announced = docket.opened.announced
    for rung in calls_ahead(docket.pack, docket.obligation, docket.turn, announced):
        yield from docket.addressed(rung)


def named(docket: Docket, addressed: Iterable[Addressed], ledger: Ledger) -> Iterator[Addressed]:
    """Yield each under its name; a first word that an old date overtook is said anew, under another one."""
    times = docket.opened.announced.times
    for each in addressed:
        entry = ledger.get(docket.key(each.rung, each.person, each.channel))
        overtaken = times > 1 and entry and entry.state is NoticeState.SUPERSEDED
        if overtaken and each.rung.kind in FIRST_TOUCHES:
            yield replace(each, rung=each.rung.anew(times))
        else:
            yield each


def _restrained(docket: Docket, addressed: Addressed, ledger: Ledger) -> Addressed:
    """Return a chaser as skipped where its cycle is paused, or where it would be one too many."""
    rung = addressed.rung
    if rung.kind not in CHASERS or rung.skipped:
        return addressed
    pause = _pause(docket, addressed.person)
    most = docket.turn.plan.most_chasers
    reason = None
    if pause:
        reason = f"paused until {pause.last}: {pause.reason}"
    elif len(_chased(docket, addressed, ledger)) >= most:
        reason = f"chased {most} times, and never more often"
    return replace(addressed, rung=rung._replace(skipped=reason)) if reason else addressed


def _pause(docket: Docket, person: str) -> Pause | None:
    pauses = docket.facts.pauses_of(docket.turn.cycle.key)
    today = docket.turn.as_of
    return next((p for p in pauses if p.first <= today <= p.last and p.person in (None, person)), None)


def _chased(docket: Docket, addressed: Addressed, ledger: Ledger) -> list[date]:
    """Return the days on which the person was chased for the same thing in this cycle before."""
    for_inputs = addressed.rung.about in FOR_INPUTS
    return [
        entry.tried_on or docket.turn.as_of
        for entry in ledger.values()
        if entry.person == addressed.person
        and entry.kind in CHASERS
        and entry.state not in NOT_SAID
        and entry.rung.startswith(_INPUT_RUNGS) == for_inputs
    ]


def _apart_from_the_last(docket: Docket, addressed: Addressed, ledger: Ledger) -> datetime | None:
    """Return the instant before which a chaser must not leave, so that it keeps its distance to the last."""
    if addressed.rung.kind not in CHASERS or not (before := _chased(docket, addressed, ledger)):
        return None
    apart_on = max(before) + timedelta(days=docket.turn.plan.apart_days)
    if apart_on <= docket.turn.as_of:
        return None
    return datetime.combine(apart_on, time.min, ZoneInfo(docket.pack.instrument.zone))


def _first_state(rung: Rung, notice_class: NoticeClass) -> NoticeState:
    if rung.skipped:
        return NoticeState.SKIPPED
    return NoticeState.AWAITING_RELEASE if notice_class is NoticeClass.FORMAL else NoticeState.ENTERED
