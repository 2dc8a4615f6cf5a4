"""From owed scheduled notices to notices in the ledger: who receives them, and each exactly once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from notifications.notice_content import to_json
from policies.enforcement.owed import calls_ahead, class_of, notices_owed
from policies.facts.answers import Pause
from policies.plans.notices import (
    ALWAYS_SAID,
    CHASERS,
    ESCALATIONS,
    FOR_INPUTS,
    INITIAL_NOTICES,
    CountedFrom,
    NoticeClass,
    NoticeKind,
    NoticeState,
    ScheduledNotice,
    coalesce,
    is_about_inputs,
    is_reminder,
)
from policies.plans.restraints import apart_on, restrained
from policies.status.states import MET
from records.ledger.notices import OURS, Ledger, Notice, move_all
from records.runs import ENFORCE
from tasks.enforcement.answers import owed_for
from tasks.enforcement.naming import named
from tasks.enforcement.notice_contents import NOTHING, Extra, content_of
from tasks.status.open_cycles import Addressed, OpenCycle

if TYPE_CHECKING:
    from records.database import Session

OVERTAKEN = (
    CHASERS | ESCALATIONS | {NoticeKind.CALL_FOR_INPUTS, NoticeKind.HAND_OVER, NoticeKind.FOR_DECISION}
)
NOT_SAID = frozenset(
    {NoticeState.SKIPPED, NoticeState.SUPERSEDED, NoticeState.WITHHELD, NoticeState.SET_ASIDE}
)
WITHDRAWN = "withdrawn"
"""How the notices are called that say of a cycle that nothing on record gives it any more."""
_DATES = frozenset({CountedFrom.DUE, CountedFrom.TARGET})


def owed(open_cycle: OpenCycle) -> list[Addressed]:
    """Return everything owed about a cycle by the open cycle's day, whether or not it was sent before."""
    turn = open_cycle.turn
    announced = open_cycle.opened.announced
    scheduled_notices = notices_owed(
        open_cycle.pack, open_cycle.obligation, turn, open_cycle.facts, turn.as_of, announced
    )
    found = [addressed for scheduled in scheduled_notices for addressed in open_cycle.addressed(scheduled)]
    if turn.state not in MET:
        for given in open_cycle.inputs.values():
            found += owed_for(open_cycle, given)
    return found


def drafts(
    open_cycle: OpenCycle,
    due: Iterable[Addressed],
    ledger: Ledger,
    extras: Mapping[NoticeKind, Callable[[], Extra]],
) -> Iterator[Notice]:
    """Yield the notices of what is `due` and not in the ledger, the reminders to one person folded into one.

    `extras` is what some kinds of notice say besides, looked up only for those.
    """
    new: defaultdict[tuple[str, str], list[Addressed]] = defaultdict(list)
    for addressed in named(open_cycle, due, ledger):
        if open_cycle.key(addressed.scheduled, addressed.person, addressed.channel) not in ledger:
            new[addressed.person, addressed.channel].append(addressed)
    for waiting in new.values():
        before = [_reminded(open_cycle, addressed, ledger) for addressed in waiting]
        scheduled_notices = [
            restrained(each.scheduled, open_cycle.turn.plan, days, _pause(open_cycle, each.person))
            for each, days in zip(waiting, before, strict=True)
        ]
        told = coalesce(scheduled_notices)
        first = _is_first(waiting[0].person, ledger) and sum(not each.skipped for each, _ in told) == 1
        for addressed, days, (scheduled, count) in zip(waiting, before, told, strict=True):
            said = extras[scheduled.kind]() if scheduled.kind in extras else NOTHING
            extra = replace(said, folded=count, first=first)
            notice = draft(open_cycle, replace(addressed, scheduled=scheduled), extra)
            notice.not_before_at = _not_before(open_cycle, scheduled, days)
            yield notice


def draft(open_cycle: OpenCycle, addressed: Addressed, extra: Extra = NOTHING) -> Notice:
    """Return one notice, in the state it enters the ledger in."""
    scheduled = addressed.scheduled
    key = open_cycle.key(scheduled, addressed.person, addressed.channel)
    notice_class = class_of(scheduled.kind, addressed.actor, open_cycle.pack)
    return Notice(
        notice_key=key,
        cycle=open_cycle.turn.cycle.key,
        kind=scheduled.kind,
        rung=scheduled.id,
        person=addressed.person,
        channel=addressed.channel,
        notice_class=notice_class,
        send_on=scheduled.send_on,
        matter=to_json(content_of(open_cycle, addressed, key, extra)),
        state=_first_state(scheduled, notice_class),
        cause=scheduled.skipped or f"owed on {scheduled.send_on}",
    )


def supersede(
    session: "Session", open_cycle: OpenCycle, due: Iterable[Addressed], ledger: Ledger, at: datetime
) -> list[str]:
    """Withdraw what was entered and not sent, and says an old date or is not `due` any more.

    Returns:
        The keys of what was withdrawn.
    """
    waiting = {key: entry.kind for key, entry in ledger.items() if entry.state in OURS}
    if not waiting:
        return []
    moved = _moved(open_cycle)
    standing = {
        open_cycle.key(a.scheduled, a.person, a.channel): a.scheduled
        for a in _standing(open_cycle, due, ledger)
    }
    kept = {
        key
        for key, scheduled in standing.items()
        if scheduled.kind in ALWAYS_SAID and scheduled.about in _DATES - moved
    }
    overtaken = OVERTAKEN | INITIAL_NOTICES | {NoticeKind.CHANGE_OF_DATE} if moved else frozenset()
    old = [key for key, kind in waiting.items() if kind in overtaken and key not in kept]
    kept = {*standing, *old, *(_asked_now(ledger) if open_cycle.turn.waits else ())}
    idle = [key for key, kind in waiting.items() if kind in OVERTAKEN and key not in kept]
    cause = f"no longer owed: the cycle is {open_cycle.turn.state}"
    return [*_withdrawn(session, old, "its dates moved", at), *_withdrawn(session, idle, cause, at)]


def _asked_now(ledger: Ledger) -> Iterator[str]:
    """Yield the calls that a person let leave, of which no plan has a day any more."""
    for key, entry in ledger.items():
        if entry.kind == NoticeKind.CALL_FOR_INPUTS and entry.state is NoticeState.RELEASED:
            yield key


def _moved(open_cycle: OpenCycle) -> frozenset[CountedFrom]:
    """Return which of the dates people were told are others now, of a cycle that is not met."""
    cycle, told = open_cycle.turn.cycle, open_cycle.opened.announced
    if open_cycle.turn.state in MET:
        return frozenset()
    pairs = {
        CountedFrom.DUE: (told.due_on, cycle.due_on),
        CountedFrom.TARGET: (told.target_on, cycle.target_on),
    }
    return frozenset(about for about, (old, new) in pairs.items() if old != new)


def withdraw(session: "Session", ledger: Ledger, at: datetime) -> list[str]:
    """Withdraw all that was entered and not sent about a cycle that the facts no longer give.

    What says just that stays, and so does a correction.
    """
    waiting = [
        key
        for key, entry in ledger.items()
        if entry.state in OURS
        and entry.kind != NoticeKind.CORRECTION
        and not entry.scheduled.startswith(WITHDRAWN)
    ]
    return _withdrawn(session, waiting, "the cycle no longer follows from the facts", at)


def _withdrawn(session: "Session", keys: Sequence[str], cause: str, at: datetime) -> list[str]:
    values = {"state": NoticeState.SUPERSEDED, "not_before_at": None}
    return move_all(session, keys, OURS, values, cause, at, ENFORCE)


def _standing(open_cycle: OpenCycle, due: Iterable[Addressed], ledger: Ledger) -> Iterator[Addressed]:
    """Yield what is due, and calls whose day is to come: to go ahead of it with another is no mistake."""
    ahead = calls_ahead(open_cycle.pack, open_cycle.obligation, open_cycle.turn, open_cycle.opened.announced)
    yield from named(
        open_cycle, [*due, *(each for scheduled in ahead for each in open_cycle.addressed(scheduled))], ledger
    )


def _pause(open_cycle: OpenCycle, person: str) -> Pause | None:
    pauses = open_cycle.facts.pauses_of(open_cycle.turn.cycle.key)
    today = open_cycle.turn.as_of
    return next((p for p in pauses if p.first <= today <= p.last and p.person in (None, person)), None)


def _is_first(person: str, ledger: Ledger) -> bool:
    """Return whether nothing about the cycle was said to somebody before."""
    return not any(entry.person == person and entry.state not in NOT_SAID for entry in ledger.values())


def _reminded(open_cycle: OpenCycle, addressed: Addressed, ledger: Ledger) -> list[date]:
    """Return the days on which the person was reminded of the same thing in this cycle before."""
    for_inputs = addressed.scheduled.about in FOR_INPUTS
    return [
        entry.tried_on or open_cycle.turn.as_of
        for entry in ledger.values()
        if entry.person == addressed.person
        and is_reminder(NoticeKind(entry.kind), for_inputs=for_inputs)
        and entry.state not in NOT_SAID
        and is_about_inputs(entry.scheduled) == for_inputs
    ]


def _not_before(open_cycle: OpenCycle, scheduled: ScheduledNotice, before: Sequence[date]) -> datetime | None:
    """Return the instant before which a notice must not leave, at the institution's seat."""
    on = apart_on(scheduled, open_cycle.turn.plan, before, open_cycle.turn.as_of)
    return datetime.combine(on, time.min, ZoneInfo(open_cycle.pack.instrument.zone)) if on else None


def _first_state(scheduled: ScheduledNotice, notice_class: NoticeClass) -> NoticeState:
    if scheduled.skipped:
        return NoticeState.SKIPPED
    return NoticeState.AWAITING_RELEASE if notice_class is NoticeClass.FORMAL else NoticeState.ENTERED
