"""After runs for a wrong day: what they did is set aside and owed again, and corrections are drafted."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from notifications.notice_content import PreviousNotice
from policies.obligations.obligations import SECRETARIAT
from policies.plans.notices import CountedFrom, NoticeKind, NoticeState, ScheduledNotice
from records.cycles import breaches_recorded_by, cycles_opened_by, opened_cycles
from records.database import writing
from records.facts.facts import read_facts
from records.ledger.notices import (
    SPOKEN,
    UNSENT,
    Notice,
    by_cycle,
    enter_all,
    entries,
    move_all,
    moved_by,
    notices_named,
)
from records.runs import ENFORCE, Run, record_run, runs_from
from tasks.enforcement.notice_contents import Extra
from tasks.enforcement.notices import draft
from tasks.installation.installation import Installation
from tasks.packages.assembly import ASSEMBLE
from tasks.status.open_cycles import Addressed, OpenCycle, cycles_open
from tasks.status.statuses import statuses

if TYPE_CHECKING:
    from records.database import Session

RECOVER = "recover"
_UNSAID = UNSENT | {NoticeState.SKIPPED, NoticeState.SUPERSEDED, NoticeState.REFUSED}
_SAID = SPOKEN - {NoticeState.CLAIMED}


class NoWrongDayError(LookupError):
    """No run did its work for that day or a later one, or the day is not ahead of today."""


@dataclass(slots=True)
class Recovered:
    """What runs for a wrong day had done, by what becomes of it; notices by their keys.

    `owed_again` had not left. `sent` had, before its day, and is owed again too; a correction of it waits for
    release, unless its cycle is among `uncorrected`. `right` had left and was owed by now all the same.
    `on_its_way` is being sent at this moment. `opened` are cycles that were opened before their time, and
    `breached` those recorded as past a due date that has not passed.
    """

    runs: list[str] = field(default_factory=list)
    owed_again: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    right: list[str] = field(default_factory=list)
    on_its_way: list[str] = field(default_factory=list)
    corrections: list[str] = field(default_factory=list)
    uncorrected: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    breached: list[str] = field(default_factory=list)


def recover(
    installation: Installation,
    wrong: date,
    today: date,
    now: datetime,
    *,
    by: str,
    reason: str,
    dry_run: bool = False,
) -> Recovered:
    """Set aside what runs for `wrong` or a later day did. The next run enters anew what is owed by then.

    Raises:
        NoWrongDayError: no run acted for such a day, or it is not ahead of `today`.
    """
    if wrong <= today:
        raise NoWrongDayError(
            f"{wrong} is not ahead of today, {today}: what is owed by it is owed now. Give the wrong day, "
            "which a run acted for before it came; see: mandates doctor"
        )
    with writing(installation.engine, keep=not dry_run) as session:
        runs = runs_from(session, (ENFORCE, ASSEMBLE), wrong)
        if not runs:
            raise NoWrongDayError(f"no run acted for {wrong} or a later day; nothing is to be set aside")
        done = _set_aside(session, installation, runs, today, now, (by, reason))
        summary = {"wrong_day": wrong.isoformat(), "reason": reason, "owed_again": len(done.owed_again)}
        record_run(session, RECOVER, today, now, {**summary, "sent": len(done.sent)}, by)
    return done


def _set_aside(
    session: "Session",
    installation: Installation,
    runs: Sequence[Run],
    today: date,
    now: datetime,
    asked: tuple[str, str],
) -> Recovered:
    by, reason = asked
    instants = [run.recorded_at for run in runs]
    keys = moved_by(session, [(run.flow, run.recorded_at) for run in runs])
    touched = notices_named(session, keys)
    early = [n for n in touched if n.state in _SAID and n.send_on > today and n.kind != NoticeKind.CORRECTION]
    done = Recovered(
        runs=[f"{run.flow} for {run.as_of}, at {run.recorded_at:%Y-%m-%d %H:%M} UTC" for run in runs],
        right=[n.notice_key for n in touched if n.state in _SAID and n.send_on <= today],
        on_its_way=[n.notice_key for n in touched if n.state == NoticeState.CLAIMED],
        opened=cycles_opened_by(session, instants),
        breached=breaches_recorded_by(session, instants, today),
    )
    corrections = [*_corrections(session, installation, early, today, done)]
    cause = f"set aside by {by}, as of a run for a wrong day: {reason}"
    values = {"state": NoticeState.SET_ASIDE, "not_before_at": None}
    unsaid = [n.notice_key for n in touched if n.state in _UNSAID]
    done.owed_again = move_all(session, unsaid, _UNSAID, values, cause, now, by)
    done.sent = move_all(session, [n.notice_key for n in early], _SAID, values, f"was sent; {cause}", now, by)
    done.corrections = [n.notice_key for n in enter_all(session, corrections, now, by)]
    return done


def _corrections(
    session: "Session", installation: Installation, early: Sequence[Notice], today: date, done: Recovered
) -> Iterator[Notice]:
    """Yield a correction to everybody about each cycle that something was sent about before its day."""
    to: defaultdict[tuple[str, str, str], list[Notice]] = defaultdict(list)
    for notice in early:
        to[notice.cycle, notice.person, notice.channel].append(notice)
    found = _open_cycles(session, installation, {cycle for cycle, _, _ in to}, today)
    known = by_cycle(entries(session, {cycle for cycle, _, _ in to}))
    done.uncorrected = sorted({cycle for cycle, _, _ in to if cycle not in found})
    for (cycle, person, channel), sent in to.items():
        if open_cycle := found.get(cycle):
            number = 1 + sum(
                e.person == person and e.kind == NoticeKind.CORRECTION for e in known[cycle].values()
            )
            yield _correction(open_cycle, person, channel, sent, number)


def _open_cycles(
    session: "Session", installation: Installation, cycles: Collection[str], today: date
) -> dict[str, OpenCycle]:
    facts = read_facts(session)
    opened = {key: each for key, each in opened_cycles(session).items() if key in cycles}
    found = cycles_open(installation, statuses(installation.pack, facts, today), opened, facts)
    return {open_cycle.turn.cycle.key: open_cycle for open_cycle in found}


def _correction(
    open_cycle: OpenCycle, person: str, channel: str, sent: Sequence[Notice], number: int
) -> Notice:
    """Return the draft of a correction; it leaves when a person has released it."""
    scheduled = ScheduledNotice(
        NoticeKind.CORRECTION, f"wrong-day-{number}", CountedFrom.BEGINS, open_cycle.turn.as_of, ()
    )
    actors = (SECRETARIAT, *sorted(open_cycle.obligation.actors))
    actor = next((each for each in actors if person in open_cycle.people(each)), SECRETARIAT)
    zone = ZoneInfo(open_cycle.pack.instrument.zone)
    name = open_cycle.directory.name_of(person)
    previous_notices = tuple(
        PreviousNotice(
            name,
            NoticeKind(n.kind),
            n.tried_at.astimezone(zone).date() if n.tried_at else None,
            person=person,
        )
        for n in sent
    )
    notice = draft(
        open_cycle, Addressed(scheduled, person, channel, actor), Extra(previous_notices=previous_notices)
    )
    notice.state = NoticeState.AWAITING_RELEASE
    notice.cause = f"{len(sent)} of its notices were sent before their day"
    return notice
