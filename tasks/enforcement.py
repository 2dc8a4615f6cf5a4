"""Enforcement: what is owed on a day is decided and written down, in one transaction."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from policies.facts import Facts
from policies.notices import Announced, NoticeKind
from policies.obligations import Obligation
from policies.owed import change_of_date, to_open
from policies.standing import Standing, Turn
from policies.states import MET
from records.cycles import OpenedCycle, announce, open_cycle, opened_cycles, record_breach
from records.database import writing
from records.facts import read_facts
from records.notices import Entry, Notice, NoticeState, enter_all, entries, touches
from records.runs import ENFORCE, record_run
from tasks.catch_up import gap_before, hold_after
from tasks.dockets import Docket, dockets, groundless_cycles
from tasks.findings import findings_of
from tasks.matters import Extra, touches_of
from tasks.notices import Ledger, draft, drafts, supersede, withdraw
from tasks.standings import row_of, standings
from tasks.workplace import Workplace

if TYPE_CHECKING:
    from records.database import Session

SUPERSEDED = NoticeState.SUPERSEDED


@dataclass(slots=True)
class Enforcement:
    """What one enforcement did (or, as a rehearsal, would do)."""

    as_of: date
    rows: list[dict[str, str]] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    breached: list[str] = field(default_factory=list)
    superseded: list[str] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)

    @property
    def entered(self) -> list[dict[str, str]]:
        """The notices that were entered, for a table."""
        return [
            {
                "notice_key": n.notice_key,
                "to": n.person,
                "class": n.notice_class,
                "state": n.state,
                "cause": n.cause,
            }
            for n in self.notices
        ]

    def counts(self) -> dict[str, int]:
        """Return how much was done of each."""
        return {
            "opened": len(self.opened),
            "entered": len(self.notices),
            "breached": len(self.breached),
            "superseded": len(self.superseded),
            "findings": len(self.findings),
        }


def enforce(
    workplace: Workplace, as_of: date, now: datetime, *, obligation: str | None = None, dry_run: bool = False
) -> Enforcement:
    """Enforce one obligation, or all: open cycles, record breaches, enter the notices owed by `as_of`.

    The same day again enters nothing new. A `dry_run` does the same and takes it all back.

    Raises:
        UnknownObligationError: the pack has no such obligation.
    """
    with writing(workplace.engine, keep=not dry_run) as session:
        done = enforce_within(session, workplace, as_of, now, obligation)
        session.expunge_all()
    return done


def enforce_within(
    session: "Session", workplace: Workplace, as_of: date, now: datetime, obligation: str | None = None
) -> Enforcement:
    """Do the work of `enforce` inside a transaction that is the caller's to keep or to drop.

    On the first day after a gap the work is done for all obligations, whichever was asked for.
    """
    done = Enforcement(as_of)
    gap = gap_before(session, workplace.pack.catch_up, as_of)
    facts = read_facts(session)
    only = None if gap else obligation
    watched = standings(workplace.pack, facts, as_of, only)
    done.opened = _open_all(session, workplace, watched, facts, as_of, now)
    opened = opened_cycles(session)
    ledger = _by_cycle(entries(session))
    for docket in dockets(workplace, watched, opened, facts):
        _enforce_cycle(session, docket, ledger.get(docket.turn.cycle.key, {}), now, done)
    for cycle in groundless_cycles(watched, opened):
        done.superseded += withdraw(session, ledger.get(cycle, {}), now)
    held = hold_after(gap, workplace.pack.catch_up, done.notices, now)
    enter_all(session, done.notices, now, ENFORCE)
    done.rows = [row_of(standing) for standing in watched]
    record_run(session, ENFORCE, as_of, now, done.counts() | {"basis": workplace.basis, "obligation": only})
    done.findings = [*held, *findings_of(session, workplace, watched)]
    return done


def _open_all(
    session: "Session",
    workplace: Workplace,
    watched: Iterable[Standing],
    facts: Facts,
    as_of: date,
    now: datetime,
) -> list[str]:
    """Open the cycles that must be open and are not yet; return their keys."""
    opened = opened_cycles(session)
    new = [
        (standing.obligation, turn)
        for standing in watched
        for turn in to_open(standing, facts, as_of)
        if turn.cycle.key not in opened
    ]
    for obligation, turn in new:
        _open(session, workplace, obligation, turn, now)
    return [turn.cycle.key for _, turn in new]


def _open(
    session: "Session", workplace: Workplace, obligation: Obligation, turn: Turn, now: datetime
) -> None:
    asked = dict.fromkeys((*obligation.contributors, *obligation.consulted))
    roster = {actor: workplace.directory.standing_for(actor) for actor in asked}
    cycle = turn.cycle
    row = OpenedCycle(
        recorded_at=now, recorded_by=ENFORCE, cycle=cycle.key, obligation=obligation.id, opened_on=turn.as_of
    )
    open_cycle(session, row, roster, (cycle.due_on, cycle.target_on))


def _enforce_cycle(
    session: "Session", docket: Docket, ledger: Ledger, now: datetime, done: Enforcement
) -> None:
    turn, cycle = docket.turn, docket.turn.cycle
    withdrawn = supersede(session, docket, ledger, now)
    ledger = {key: replace(e, state=SUPERSEDED) if key in withdrawn else e for key, e in ledger.items()}
    done.superseded += withdrawn
    if turn.state not in MET and docket.opened.announced.dates != (cycle.due_on, cycle.target_on):
        done.notices += _changed(docket, {e.person for key, e in ledger.items() if key in withdrawn})
        announce(session, cycle.key, (cycle.due_on, cycle.target_on), turn.as_of, now, ENFORCE)
        docket = _told_anew(docket)
    done.notices += drafts(docket, ledger, {NoticeKind.HAND_OVER: _history(session, docket)})
    late_on = cycle.met_on or turn.as_of
    if (
        cycle.due_on
        and late_on > cycle.due_on
        and record_breach(session, cycle.key, cycle.due_on, now, ENFORCE)
    ):
        done.breached.append(cycle.key)


def _changed(docket: Docket, uninformed: Collection[str]) -> list[Notice]:
    """Tell everybody with a part in the cycle that its dates are others now, however often they move.

    Who was `uninformed` never heard the old ones, and is told the new ones in the first place.
    """
    rung = change_of_date(docket.turn)
    rung = replace(rung, id=f"{rung.id}-{docket.opened.announced.times}")
    extra = Extra(previous_due_on=docket.opened.announced.due_on)
    return [draft(docket, a, extra) for a in docket.addressed(rung) if a.person not in uninformed]


def _told_anew(docket: Docket) -> Docket:
    cycle, before = docket.turn.cycle, docket.opened.announced
    announced = Announced(cycle.due_on, cycle.target_on, before.times + 1, docket.turn.as_of)
    return replace(docket, opened=replace(docket.opened, announced=announced))


def _history(session: "Session", docket: Docket) -> Extra:
    """Return what everybody was sent about the cycle before, for whoever takes it over."""
    return Extra(touches=touches_of(docket, touches(session, docket.turn.cycle.key)))


def _by_cycle(ledger: Mapping[str, Entry]) -> dict[str, dict[str, Entry]]:
    found: defaultdict[str, dict[str, Entry]] = defaultdict(dict)
    for key, entry in ledger.items():
        found[entry.cycle][key] = entry
    return found
