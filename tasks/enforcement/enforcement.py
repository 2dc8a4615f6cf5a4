"""Enforcement: what is owed on a day is decided and written down, in one transaction."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from policies.enforcement.owed import change_of_date, to_open
from policies.facts.facts import Facts
from policies.obligations.obligations import Obligation
from policies.plans.notices import NoticeKind, NoticeState
from policies.status.standing import Standing, Turn
from policies.status.states import MET
from records.cycles import (
    Opened,
    Opening,
    announce,
    open_cycles,
    opened_cycles,
    record_breaches,
)
from records.database import writing
from records.facts.facts import read_facts
from records.ledger.deliveries import returned_letters, unreached
from records.ledger.notices import Entered, Ledger, Notice, by_cycle, enter_all, entries, touches
from records.runs import ENFORCE, record_run
from tasks.enforcement.asking_once import calls_besides, leaving_calls
from tasks.enforcement.catch_up import gap_before, hold_after
from tasks.enforcement.folding import fold, waiting_for, without
from tasks.enforcement.notice_contents import Extra, touches_of
from tasks.enforcement.notices import draft, drafts, owed, supersede, withdraw
from tasks.installation.runs import BY_A_SCHEDULE, Asked, undisturbed
from tasks.installation.workplace import Workplace
from tasks.status.findings import findings_around, findings_on
from tasks.status.membership_findings import roll_findings
from tasks.status.open_cycles import ASKING, Docket, dockets, groundless_cycles
from tasks.status.rosters import people_asked
from tasks.status.standings import row_of, standings_in_batches
from tasks.status.unasked import unasked_line

if TYPE_CHECKING:
    from records.database import Session

SUPERSEDED = NoticeState.SUPERSEDED


@dataclass(slots=True)
class Enforcement:
    """What one enforcement did (or, as a rehearsal, would do).

    `groundless` are the cycles that were opened and that the facts no longer give, `names` what people are
    called, by id.
    """

    as_of: date
    rows: list[dict[str, str]] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    breached: list[str] = field(default_factory=list)
    superseded: list[str] = field(default_factory=list)
    notices: list[Entered] = field(default_factory=list)
    groundless: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)

    @property
    def entered(self) -> list[dict[str, str]]:
        """The notices that were entered, for a table."""
        return [
            {
                "notice_key": n.notice_key,
                "to": self.names.get(n.person, n.person),
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
    workplace: Workplace,
    as_of: date,
    now: datetime,
    *,
    obligation: str | None = None,
    dry_run: bool = False,
    asked: Asked = BY_A_SCHEDULE,
) -> Enforcement:
    """Enforce one obligation, or all: open cycles, record breaches, enter the notices owed by `as_of`.

    The same day again enters nothing new. A `dry_run` does the same and takes it all back.

    Raises:
        UnknownObligationError: the pack has no such obligation.
    """
    with undisturbed(), writing(workplace.engine, keep=not dry_run) as session:
        done = enforce_within(session, workplace, as_of, now, obligation, asked)
        session.expunge_all()
    return done


def enforce_within(
    session: "Session",
    workplace: Workplace,
    as_of: date,
    now: datetime,
    obligation: str | None = None,
    asked: Asked = BY_A_SCHEDULE,
) -> Enforcement:
    """Do the work of `enforce` inside a transaction that is the caller's to keep or to drop.

    On the first day after a gap the work is done for all obligations, whichever was asked for.
    """
    done = Enforcement(as_of, names={each.id: each.name for each in workplace.directory.people})
    gap = gap_before(session, workplace.pack.catch_up, as_of)
    facts = read_facts(session)
    only = None if gap else obligation
    leaving: dict[tuple[str, str], str] = {}
    waiting: list[Notice] = []  # after a gap nothing is entered before all of it is counted
    for watched in standings_in_batches(workplace.pack, facts, as_of, only):
        waiting += _enforce_batch(session, workplace, watched, facts, now, done)
        leaving |= leaving_calls(waiting)
        if not gap:
            done.notices += enter_all(session, waiting, now, ENFORCE)
            waiting.clear()
    waiting += calls_besides(session, workplace, facts, as_of, leaving)
    held = hold_after(gap, workplace.pack.catch_up, waiting, now)
    done.notices += enter_all(session, waiting, now, ENFORCE)
    found = [*done.findings, *roll_findings(workplace.pack, workplace.directory, facts, as_of)]
    done.findings = [*held, *findings_around(session, workplace, found, done.groundless)]
    summary = {**done.counts(), "basis": workplace.basis, "obligation": only, **asked.summary()}
    record_run(session, ENFORCE, as_of, now, summary, asked.by)
    return done


def _enforce_batch(
    session: "Session",
    workplace: Workplace,
    watched: Sequence[Standing],
    facts: Facts,
    now: datetime,
    done: Enforcement,
) -> list[Notice]:
    """Do everything for some obligations but enter their notices; return these.

    The record is read for these obligations alone: that of all of them would not fit into memory.
    """
    obligations = [standing.obligation.id for standing in watched]
    opened = opened_cycles(session, obligations=obligations)
    ledger = by_cycle(entries(session, opened))
    new = _open_all(session, workplace, watched, facts, opened, now, done.as_of)
    done.opened += new
    opened |= new
    notices: list[Notice] = []
    late: list[tuple[str, date]] = []
    unheard: list[str] = []
    for docket in dockets(workplace, watched, opened, facts):
        of_cycle = ledger.get(docket.turn.cycle.key, {})
        notices += _enforce_cycle(session, docket, of_cycle, now, done)
        unheard += unasked_line(docket, of_cycle)
        late += _late(docket.turn)
    done.breached += record_breaches(session, late, now, ENFORCE)
    groundless = groundless_cycles(watched, opened)
    for cycle in groundless:
        done.superseded += withdraw(session, ledger.get(cycle, {}), now)
    done.groundless += groundless
    done.rows += [row_of(standing) for standing in watched]
    done.findings += [finding for standing in watched for finding in findings_on(standing)] + unheard
    return notices


def _open_all(
    session: "Session",
    workplace: Workplace,
    watched: Iterable[Standing],
    facts: Facts,
    opened: Collection[str],
    now: datetime,
    as_of: date,
) -> dict[str, Opened]:
    """Open the cycles that must be open and are not `opened` yet; return them by their keys."""
    new = [
        _opening(workplace, standing.obligation, turn, facts)
        for standing in watched
        for turn in to_open(standing, facts, as_of)
        if turn.cycle.key not in opened
    ]
    open_cycles(session, new, now, ENFORCE)
    return {opening.cycle: opening.as_opened() for opening in new}


def _opening(workplace: Workplace, obligation: Obligation, turn: Turn, facts: Facts) -> Opening:
    asked = dict.fromkeys((*obligation.contributors, *obligation.consulted))
    pack, directory = workplace.pack, workplace.directory
    roster = {actor: people_asked(pack, directory, facts, actor, turn.as_of) for actor in asked}
    cycle = turn.cycle
    return Opening(cycle.key, obligation.id, turn.as_of, roster, cycle.due_on, cycle.target_on)


def _enforce_cycle(
    session: "Session", docket: Docket, ledger: Ledger, now: datetime, done: Enforcement
) -> list[Notice]:
    """Withdraw what is overtaken about a cycle, and return the notices that are new."""
    turn, cycle = docket.turn, docket.turn.cycle
    due, changed = owed(docket), []
    withdrawn = supersede(session, docket, due, ledger, now)
    ledger = {key: replace(e, state=SUPERSEDED) if key in withdrawn else e for key, e in ledger.items()}
    done.superseded += withdrawn
    if turn.state not in MET and docket.opened.announced.dates != (cycle.due_on, cycle.target_on):
        changed = _changed(docket, {e.person for key, e in ledger.items() if key in withdrawn})
        announce(session, cycle.key, (cycle.due_on, cycle.target_on), turn.as_of, now, ENFORCE)
        docket = _told_anew(docket)
        due = owed(docket)
    extras = {NoticeKind.HAND_OVER: lambda: _history(session, docket)}
    waiting = waiting_for(docket, due, ledger)
    new = list(drafts(docket, due, without(ledger, waiting.values()) if waiting else ledger, extras))
    done.superseded += fold(session, waiting, new, now)
    return [*changed, *new]


def _late(turn: Turn) -> list[tuple[str, date]]:
    """Return the cycle with its due date, if it went past it."""
    cycle = turn.cycle
    late = cycle.due_on and (cycle.met_on or turn.as_of) > cycle.due_on
    return [(cycle.key, cycle.due_on)] if cycle.due_on and late else []


def _changed(docket: Docket, uninformed: Collection[str]) -> list[Notice]:
    """Tell everybody with a part in the cycle that its dates are others now, however often they move.

    Who was `uninformed` never heard the old ones, and is told the new ones in the first place.
    """
    rung = change_of_date(docket.turn)
    rung = rung._replace(id=f"{rung.id}-{docket.opened.announced.times}")
    extra = Extra(previous_due_on=docket.opened.announced.due_on)
    return [draft(docket, a, extra) for a in docket.addressed(rung) if a.person not in uninformed]


def _told_anew(docket: Docket) -> Docket:
    cycle = docket.turn.cycle
    announced = docket.opened.announced.anew(cycle.due_on, cycle.target_on, docket.turn.as_of)
    return replace(docket, opened=replace(docket.opened, announced=announced))


def _history(session: "Session", docket: Docket) -> Extra:
    """Return what everybody was sent about the cycle before, for whoever takes it over."""
    cycle = docket.turn.cycle.key
    touched = touches(session, cycle)
    returned = returned_letters(session, {letter for *_, letter in touched if letter})
    back = frozenset(unreached(session, cycle, ASKING)) if returned else frozenset()
    return Extra(touches=touches_of(docket, touched, returned), unreached=back)
