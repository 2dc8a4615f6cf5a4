"""From owed rungs to notices in the ledger: who receives them, and each exactly once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from notifications.directory import Directory
from notifications.matter import to_json
from policies.notices import CHASERS, NoticeClass, NoticeKind, Rung, coalesce
from policies.obligations import Obligation
from policies.owed import audience, class_of
from policies.pack import Pack
from policies.standing import Standing, Turn
from records.cycles import Opened
from records.notices import UNSENT, Entry, Notice, NoticeState, enter, move
from tasks.matters import NOTHING, Extra, matter_of
from tasks.workplace import Workplace

if TYPE_CHECKING:
    from records.database import Session

EMAIL = "email"
OVERTAKEN = CHASERS | {NoticeKind.CALL_FOR_INPUTS, NoticeKind.ESCALATION}


@dataclass(frozen=True, slots=True)
class Addressed:
    """A rung on its way to one person, who stands for `actor`."""

    rung: Rung
    person: str
    actor: str


@dataclass(frozen=True)
class Docket:
    """An open cycle on the table: what is needed to say who is owed what about it."""

    pack: Pack
    directory: Directory
    obligation: Obligation
    turn: Turn
    opened: Opened

    def people(self, actor: str) -> Sequence[str]:
        """Return who stands for an actor: for those asked as at the opening, for others as of today."""
        return self.opened.roster.get(actor) or self.directory.standing_for(actor)

    def key(self, rung: Rung, person: str) -> str:
        """Return the key under which this rung goes to this person, for ever."""
        return f"{self.turn.cycle.key}:{rung.kind}:{rung.id}:{person}:{EMAIL}"

    def addressed(self, rung: Rung) -> list[Addressed]:
        """Return the rung once for every person of its audience."""
        actors = audience(rung, self.obligation)
        people = {person: actor for actor in reversed(actors) for person in self.people(actor)}
        return [Addressed(rung, person, people[person]) for person in sorted(people)]


def dockets(
    workplace: Workplace, watched: Iterable[Standing], opened: Mapping[str, Opened]
) -> Iterator[Docket]:
    """Yield every cycle of these obligations that is open, or was."""
    for standing in watched:
        for turn in standing.turns:
            if of_cycle := opened.get(turn.cycle.key):
                yield Docket(workplace.pack, workplace.directory, standing.obligation, turn, of_cycle)


def groundless_cycles(watched: Iterable[Standing], opened: Mapping[str, Opened]) -> list[str]:
    """Return the opened cycles of these obligations that the facts, as corrected since, no longer give."""
    standings = {standing.obligation.id: standing for standing in watched}
    derived = {turn.cycle.key for standing in standings.values() for turn in standing.turns}
    return [key for key in opened if key.partition("/")[0] in standings and key not in derived]


def drafts(docket: Docket, rungs: Iterable[Rung], ledger: Mapping[str, Entry]) -> Iterator[Notice]:
    """Yield the notices these rungs still owe, with the chasers to one person folded into one."""
    new: defaultdict[str, list[Addressed]] = defaultdict(list)
    for rung in rungs:
        for addressed in docket.addressed(rung):
            if docket.key(rung, addressed.person) not in ledger:
                new[addressed.person].append(addressed)
    for waiting in new.values():
        folded = coalesce([addressed.rung for addressed in waiting])
        for addressed, (rung, count) in zip(waiting, folded, strict=True):
            yield draft(docket, replace(addressed, rung=rung), Extra(folded=count))


def draft(docket: Docket, addressed: Addressed, extra: Extra = NOTHING) -> Notice:
    """Return one notice, in the state it enters the ledger in."""
    rung = addressed.rung
    key = docket.key(rung, addressed.person)
    notice_class = class_of(rung.kind, addressed.actor, docket.pack)
    matter = matter_of(docket.pack, docket.obligation, docket.turn, rung, addressed.actor, key, extra)
    return Notice(
        notice_key=key,
        cycle=docket.turn.cycle.key,
        kind=rung.kind,
        rung=rung.id,
        person=addressed.person,
        channel=EMAIL,
        notice_class=notice_class,
        send_on=rung.send_on,
        matter=to_json(matter),
        state=_first_state(rung, notice_class),
        cause=rung.skipped or f"owed on {rung.send_on}",
    )


def enter_all(session: "Session", notices: Iterable[Notice], at: datetime, by: str) -> list[Notice]:
    """Enter notices in the ledger and return them."""
    entered = list(notices)
    for notice in entered:
        enter(session, notice, at, by)
    return entered


def supersede(
    session: "Session", docket: Docket, rungs: Iterable[Rung], ledger: Mapping[str, Entry], at: datetime
) -> list[str]:
    """Withdraw what was entered and not sent, and is no longer owed; return the keys."""
    owed = {docket.key(rung, addressed.person) for rung in rungs for addressed in docket.addressed(rung)}
    mine = ((key, entry) for key, entry in ledger.items() if entry.cycle == docket.turn.cycle.key)
    overtaken = [(k, e.state) for k, e in mine if e.state in UNSENT and e.kind in OVERTAKEN and k not in owed]
    values = {"state": NoticeState.SUPERSEDED}
    cause = f"no longer owed: the cycle is {docket.turn.state}"
    return [key for key, state in overtaken if move(session, key, state, values, cause, at, "enforce")]


def withdraw(session: "Session", cycle: str, ledger: Mapping[str, Entry], at: datetime) -> list[str]:
    """Withdraw all that was entered and not sent about a cycle that the facts no longer give."""
    waiting = [(key, e.state) for key, e in ledger.items() if e.cycle == cycle and e.state in UNSENT]
    values = {"state": NoticeState.SUPERSEDED}
    cause = "the cycle no longer follows from the facts"
    return [key for key, state in waiting if move(session, key, state, values, cause, at, "enforce")]


def _first_state(rung: Rung, notice_class: NoticeClass) -> NoticeState:
    if rung.skipped:
        return NoticeState.SKIPPED
    return NoticeState.AWAITING_RELEASE if notice_class is NoticeClass.FORMAL else NoticeState.ENTERED
