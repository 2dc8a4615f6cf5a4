"""Changes to tell: of dates that are announced anew, and of entries in a calendar that hold no longer.

Whoever was mailed an entry is told when it moves, when it has no date any more, when the duty is met, and
when nothing on record gives its cycle any more: whatever moved it, a fact, a correction or a rule.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from notifications.notice_content import NoticeContent, from_json, to_json
from notifications.published import Certain, EntryContent, Which
from policies.enforcement.owed import change_of_date, class_of
from policies.obligations.obligations import SECRETARIAT, Obligation
from policies.people.directory import Directory
from policies.plans.milestones import MilestoneId
from policies.plans.notice_key import NoticeKey
from policies.plans.notices import (
    INITIAL_NOTICES,
    CountedFrom,
    NoticeClass,
    NoticeKind,
    NoticeState,
    ScheduledNotice,
)
from policies.recurrence.cycle_key import CycleKey
from policies.status.states import MET
from records.cycles import Opened
from records.ledger.notices import SPOKEN, UNSENT, Ledger, Notice
from records.ledger.said import last_said
from records.published import published_about
from tasks.enforcement.notice_contents import Extra
from tasks.enforcement.notices import WITHDRAWN, draft
from tasks.enforcement.publishing import person as reader_of
from tasks.installation.installation import Installation
from tasks.status.open_cycles import Addressed, OpenCycle

if TYPE_CHECKING:
    from records.database import Session

Calendars = Mapping[str, Mapping[str, EntryContent]]
"""What people's calendars were given about a cycle: by person, then by which date it is."""

_DATES = "dates"
_TELLS_DATES = INITIAL_NOTICES | {NoticeKind.CHANGE_OF_DATE, NoticeKind.RECEIPT}
_ON_ITS_WAY = UNSENT | {NoticeState.CLAIMED}


def calendars_of(
    session: "Session", installation: Installation, cycles: Collection[str]
) -> dict[str, Calendars]:
    """Return what the mails so far put into people's calendars, by cycle; in a trial, would have put."""
    everybody = reader_of(installation, "")
    return {
        cycle: {
            reader.removeprefix(everybody): {
                each.which: each
                for each in (EntryContent.from_json(last.content) for last in entries.values())
            }
            for reader, entries in readers.items()
        }
        for cycle, readers in published_about(session, cycles, everybody).items()
    }


def changed(session: "Session", open_cycle: OpenCycle, overtaken: Ledger) -> list[Notice]:
    """Tell everybody with a part in the cycle that its dates are others now, however often they move.

    Whose first word was `overtaken` before it left never heard the old ones, and is told the new ones in the
    first place. Who was last told the very dates that hold now has nothing to change.
    """
    cycle = open_cycle.turn.cycle
    said = _said(session, cycle.key)
    uninformed = {entry.person for entry in overtaken.values() if entry.kind in INITIAL_NOTICES}
    scheduled = change_of_date(open_cycle.turn)
    scheduled = scheduled._replace(id=f"{scheduled.id}-{open_cycle.opened.announced.times}")
    return [
        draft(open_cycle, each, _before(open_cycle, said.get(each.person)))
        for each in open_cycle.addressed(scheduled)
        if each.person not in uninformed and not _knows(said.get(each.person), open_cycle)
    ]


def calendars_behind(
    session: "Session", open_cycle: OpenCycle, calendars: Calendars, ledger: Ledger, new: Sequence[Notice]
) -> list[Notice]:
    """Tell whoever's calendar says otherwise than what holds now, and is not told by another notice."""
    told = {notice.person for notice in new if notice.kind in _TELLS_DATES}
    told |= {e.person for e in ledger.values() if e.kind in _TELLS_DATES and e.state in _ON_ITS_WAY}
    behind = {
        name: state
        for name, entries in calendars.items()
        if name not in told and (state := _behind(open_cycle, name, entries, ledger))
    }
    said = _said(session, open_cycle.turn.cycle.key) if behind else {}
    kind = NoticeKind.RECEIPT if open_cycle.turn.state in MET else NoticeKind.CHANGE_OF_DATE
    found: list[Notice] = []
    for name, state in behind.items():
        if number := _number(ledger, name, _DATES, state):
            about = "met" if kind is NoticeKind.RECEIPT else CountedFrom.DUE
            scheduled = ScheduledNotice(kind, f"{_DATES}-{state}-{number}", about, open_cycle.turn.as_of, ())
            actor = _actor(open_cycle.obligation, open_cycle.people, name)
            extra = _before(open_cycle, said.get(name)) if kind is NoticeKind.CHANGE_OF_DATE else Extra()
            found += [
                draft(open_cycle, Addressed(scheduled, name, channel, actor), extra)
                for channel in open_cycle.directory.channels_of(name)
            ]
    return found


@dataclass(frozen=True, slots=True)
class Groundless:
    """A cycle that was opened and that nothing on record gives any more, as of a day."""

    installation: Installation
    directory: Directory
    opened: Opened
    calendars: Calendars
    ledger: Ledger
    as_of: date

    @property
    def obligation(self) -> Obligation:
        """The obligation it was a cycle of."""
        return self.installation.pack.obligations[CycleKey.parse(self.opened.cycle).obligation]

    def people(self, actor: str) -> Sequence[str]:
        """Return who stood for an actor when it was opened, or does now."""
        since = self.directory.standing_since(actor, self.opened.opened_on)
        return self.opened.roster.get(actor) or since


def withdrawn(session: "Session", groundless: Groundless) -> list[Notice]:
    """Tell whoever's calendar has entries of a cycle that it is withdrawn."""
    directory, ledger = groundless.directory, groundless.ledger
    waiting = {e.person for e in ledger.values() if e.kind in _TELLS_DATES and e.state in _ON_ITS_WAY}
    kept = [
        name
        for name, entries in groundless.calendars.items()
        if name not in waiting and directory.recipient(name) and any(map(_stands, entries.values()))
    ]
    said = _said(session, groundless.opened.cycle) if kept else {}
    return [
        _withdrawal(groundless, said[name], name, channel, number)
        for name in kept
        if name in said and (number := _number(ledger, name, WITHDRAWN))
        for channel in directory.channels_of(name)
    ]


def _withdrawal(groundless: Groundless, said: NoticeContent, name: str, channel: str, number: int) -> Notice:
    pack, cycle, rung = groundless.installation.pack, groundless.opened.cycle, f"{WITHDRAWN}-{number}"
    kind = NoticeKind.CHANGE_OF_DATE
    key = str(NoticeKey(cycle, kind, rung, name, channel))
    notice_class = class_of(kind, _actor(groundless.obligation, groundless.people, name), pack)
    waits = notice_class is NoticeClass.FORMAL
    return Notice(
        notice_key=key,
        cycle=cycle,
        kind=kind,
        rung=rung,
        person=name,
        channel=channel,
        notice_class=notice_class,
        send_on=groundless.as_of,
        matter=to_json(_without_dates(said, key)),
        state=NoticeState.AWAITING_RELEASE if waits else NoticeState.ENTERED,
        cause="the cycle no longer follows from the facts",
    )


def _without_dates(said: NoticeContent, key: str) -> NoticeContent:
    """Return what somebody was told last of a cycle, as of a cycle that is withdrawn."""
    return NoticeContent(
        notice_key=key,
        kind=NoticeKind.CHANGE_OF_DATE,
        about=CountedFrom.DUE,
        part=said.part,
        institution=said.institution,
        obligation=said.obligation,
        title=said.title,
        provision=said.provision,
        document=said.document,
        says=said.says,
        cycle=said.cycle,
        zone=said.zone,
        holder=said.holder,
        previous_due_on=said.due_on,
        times_moved=said.times_moved + 1,
        external=said.external,
        unheld=said.unheld,
        particular=said.particular,
        withdrawn=True,
    )


def _said(session: "Session", cycle: str) -> dict[str, NoticeContent]:
    """Return what each person was told last about a cycle."""
    return {person: from_json(matter) for person, matter in last_said(session, cycle).items()}


def _before(open_cycle: OpenCycle, said: NoticeContent | None) -> Extra:
    """Return what a person knew until now: what they were told last, else what was announced."""
    if said is None:
        return Extra(previous_due_on=open_cycle.opened.announced.due_on)
    moved = said.inputs_due_on != open_cycle.turn.milestone_on(MilestoneId.INPUTS_DUE)
    return Extra(
        previous_due_on=said.due_on,
        previous_inputs_due_on=said.inputs_due_on if moved else None,
        reopened=said.met_on is not None,
    )


def _knows(said: NoticeContent | None, open_cycle: OpenCycle) -> bool:
    """Whether somebody was told last, of a cycle still to be met, the dates that hold now."""
    cycle = open_cycle.turn.cycle
    dates = (cycle.due_on, cycle.target_on, open_cycle.turn.milestone_on(MilestoneId.INPUTS_DUE), None)
    return bool(said and (said.due_on, said.target_on, said.inputs_due_on, said.met_on) == dates)


def _stands(entry: EntryContent) -> bool:
    return entry.status is not Certain.CANCELLED


def _behind(open_cycle: OpenCycle, person: str, entries: Mapping[str, EntryContent], ledger: Ledger) -> str:
    """Return a name for what a person's calendar should say of a cycle; empty where it says that.

    What neither was nor is ahead on the day is of no use any more.
    """
    turn, cycle = open_cycle.turn, open_cycle.turn.cycle
    inputs_due_on = turn.milestone_on(MilestoneId.INPUTS_DUE)
    dates = {Which.DUE: cycle.due_on, Which.TARGET: cycle.target_on, Which.INPUTS_DUE: inputs_due_on}
    holds = {} if turn.state in MET else dates
    pairs = {
        which: (entry.on if _stands(entry) else None, holds.get(Which(which)))
        for which, entry in entries.items()
        if which != Which.INPUTS_DUE or not _own_day(open_cycle, person, entry.on, ledger)
    }
    behind = any(
        old != new and any(on and on >= turn.as_of for on in (old, new)) for old, new in pairs.values()
    )
    state = " ".join(f"{which}={new}" for which, (_, new) in sorted(pairs.items()))
    return sha256(state.encode()).hexdigest()[:8] if behind else ""


def _own_day(open_cycle: OpenCycle, person: str, on: date, ledger: Ledger) -> bool:
    """Whether a person was given a day of their own for an input, by a reply or when they were asked."""
    given = open_cycle.inputs.get(person)
    asked = any(e.person == person and e.scheduled.endswith(f"@{on}") for e in ledger.values())
    return asked or bool(given and given.until)


def _number(ledger: Ledger, person: str, prefix: str, state: str = "") -> int:
    """Return the number of this notice among those of a name to somebody; 0 where the last one said the same.

    The last one of a withdrawal said the same as long as it has not left.
    """
    names = {
        int(e.scheduled.rpartition("-")[2]): e
        for e in ledger.values()
        if e.person == person and e.scheduled.startswith(f"{prefix}-")
    }
    last = names[max(names)] if names else None
    if last is None:
        return 1
    same = f"-{state}-" in last.scheduled if prefix == _DATES else last.state not in SPOKEN
    return 0 if same else max(names) + 1


def _actor(obligation: Obligation, people: Callable[[str], Sequence[str]], person: str) -> str:
    """Return whom a person stands for in an obligation; the secretariat, where for nobody it names."""
    actors = (SECRETARIAT, *sorted(obligation.actors))
    return next((each for each in actors if person in people(each)), SECRETARIAT)
