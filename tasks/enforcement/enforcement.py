"""Enforcement: what is owed on a day is decided and written down, in one transaction."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from policies.enforcement.owed import to_open
from policies.facts.facts import Facts
from policies.obligations.obligations import Obligation
from policies.people.deriving import directory_on
from policies.plans.notices import NoticeKind, NoticeState
from policies.status.states import MET
from policies.status.status import ObligationStatus, Turn
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
from records.ledger.moves import last_move
from records.ledger.notices import Entered, Ledger, Notice, by_cycle, enter_all, entries, previous_notices
from records.runs import ENFORCE, record_run
from tasks.enforcement.asking_once import calls_besides, leaving_calls
from tasks.enforcement.catch_up import catching_up, hold_after
from tasks.enforcement.changes import Calendars, Groundless, calendars_behind, calendars_of, withdrawn
from tasks.enforcement.changes import changed as tell_changes
from tasks.enforcement.editions import Owed, seal_run
from tasks.enforcement.folding import fold, waiting_for, without
from tasks.enforcement.naming import keys_owed
from tasks.enforcement.notice_contents import Extra, previous_notices_of
from tasks.enforcement.notices import drafts, owed, supersede, withdraw
from tasks.installation.installation import Installation
from tasks.installation.runs import BY_A_SCHEDULE, Asked, undisturbed
from tasks.status.findings import findings_around, findings_on
from tasks.status.membership_findings import membership_findings
from tasks.status.open_cycles import ASKING, OpenCycle, cycles_open, groundless_cycles
from tasks.status.rosters import people_asked
from tasks.status.statuses import row_of, standings_in_batches
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
    installation: Installation,
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
    with undisturbed(), writing(installation.engine, keep=not dry_run) as session:
        done = enforce_within(session, installation, as_of, now, obligation, asked)
        session.expunge_all()
    return done


def enforce_within(
    session: "Session",
    installation: Installation,
    as_of: date,
    now: datetime,
    obligation: str | None = None,
    asked: Asked = BY_A_SCHEDULE,
) -> Enforcement:
    """Do the work of `enforce` inside a transaction that is the caller's to keep or to drop.

    On the first day after a gap or an upgrade the work is done for all obligations, whichever was asked for.
    """
    facts, moves_before, owed_by_now = read_facts(session), last_move(session), Owed()
    directory = directory_on(facts.who, as_of)
    done = Enforcement(as_of, names={each.id: each.name for each in (*directory.gone, *directory.people)})
    catching = catching_up(session, installation, as_of)
    only = None if catching else obligation
    leaving: dict[tuple[str, str], str] = {}
    waiting: list[Notice] = []  # what catches up enters nothing before all of it is counted
    for watched in standings_in_batches(installation.pack, facts, as_of, only):
        waiting += _enforce_batch(session, installation, watched, facts, now, done, owed_by_now)
        owed_by_now.keep(session, now)
        leaving |= leaving_calls(waiting)
        if not catching:
            done.notices += enter_all(session, waiting, now, ENFORCE)
            waiting.clear()
    waiting += calls_besides(session, installation, facts, as_of, leaving)
    held = hold_after(catching, installation.pack.catch_up, waiting, now)
    done.notices += enter_all(session, waiting, now, ENFORCE)
    found = [*done.findings, *membership_findings(installation.pack, directory, facts, as_of)]
    done.findings = [*held, *findings_around(session, installation, directory, found, done.groundless)]
    summary = {**done.counts(), "basis": installation.basis, "obligation": only, **asked.summary()}
    run = record_run(session, ENFORCE, as_of, now, summary, asked.by)
    seal_run(session, installation, run, owed_by_now, moves_before)
    return done


def _enforce_batch(
    session: "Session",
    installation: Installation,
    watched: Sequence[ObligationStatus],
    facts: Facts,
    now: datetime,
    done: Enforcement,
    owed_by_now: Owed,
) -> list[Notice]:
    """Do everything for some obligations but enter their notices; return these.

    The record is read for these obligations alone: that of all of them would not fit into memory.
    """
    obligations = [status.obligation.id for status in watched]
    opened = opened_cycles(session, obligations=obligations)
    ledger = by_cycle(entries(session, opened))
    new = _open_all(session, installation, watched, facts, opened, now, done.as_of)
    done.opened += new
    opened |= new
    calendars = calendars_of(session, installation, opened)
    notices: list[Notice] = []
    late: list[tuple[str, date]] = []
    unheard: list[str] = []
    for open_cycle in cycles_open(installation, watched, opened, facts):
        key = open_cycle.turn.cycle.key
        of_cycle = ledger.get(key, {})
        notices += _enforce_cycle(
            session, open_cycle, of_cycle, calendars.get(key, {}), now, done, owed_by_now
        )
        unheard += unasked_line(open_cycle, of_cycle)
        late += _late(open_cycle.turn)
    done.breached += record_breaches(session, late, now, ENFORCE)
    groundless = groundless_cycles(watched, opened)
    for cycle in groundless:
        of_cycle = ledger.get(cycle, {})
        done.superseded += withdraw(session, of_cycle, now)
        who, kept = directory_on(facts.who, done.as_of), calendars.get(cycle, {})
        of_it = Groundless(installation, who, opened[cycle], kept, of_cycle, done.as_of)
        notices += withdrawn(session, of_it)
    done.groundless += groundless
    done.rows += [row_of(status) for status in watched]
    done.findings += [finding for status in watched for finding in findings_on(status)] + unheard
    return notices


def _open_all(
    session: "Session",
    installation: Installation,
    watched: Iterable[ObligationStatus],
    facts: Facts,
    opened: Collection[str],
    now: datetime,
    as_of: date,
) -> dict[str, Opened]:
    """Open the cycles that must be open and are not `opened` yet; return them by their keys."""
    new = [
        _opening(installation, status.obligation, turn, facts)
        for status in watched
        for turn in to_open(status, facts, as_of, opened)
        if turn.cycle.key not in opened
    ]
    open_cycles(session, new, now, ENFORCE)
    return {opening.cycle: opening.as_opened() for opening in new}


def _opening(installation: Installation, obligation: Obligation, turn: Turn, facts: Facts) -> Opening:
    asked = dict.fromkeys((*obligation.contributors, *obligation.consulted))
    pack, directory = installation.pack, directory_on(facts.who, turn.as_of)
    roster = {actor: people_asked(pack, directory, facts, actor, turn.as_of) for actor in asked}
    cycle = turn.cycle
    return Opening(cycle.key, obligation.id, turn.as_of, roster, cycle.due_on, cycle.target_on)


def _enforce_cycle(
    session: "Session",
    open_cycle: OpenCycle,
    ledger: Ledger,
    calendars: Calendars,
    now: datetime,
    done: Enforcement,
    owed_by_now: Owed,
) -> list[Notice]:
    """Withdraw what is overtaken about a cycle, and return the notices that are new."""
    turn, cycle = open_cycle.turn, open_cycle.turn.cycle
    due, changed = owed(open_cycle), []
    overtaken = supersede(session, open_cycle, due, ledger, now)
    ledger = {key: replace(e, state=SUPERSEDED) if key in overtaken else e for key, e in ledger.items()}
    done.superseded += overtaken
    if turn.state not in MET and open_cycle.opened.announced.dates != (cycle.due_on, cycle.target_on):
        changed = tell_changes(session, open_cycle, {key: ledger[key] for key in overtaken})
        announce(session, cycle.key, (cycle.due_on, cycle.target_on), turn.as_of, now, ENFORCE)
        open_cycle = _told_anew(open_cycle)
        due = owed(open_cycle)
    owed_by_now.add(keys_owed(open_cycle, due, ledger))
    extras = {NoticeKind.HAND_OVER: lambda: _history(session, open_cycle)}
    waiting = waiting_for(open_cycle, due, ledger)
    new = list(drafts(open_cycle, due, without(ledger, waiting.values()) if waiting else ledger, extras))
    done.superseded += fold(session, waiting, new, now)
    return [*changed, *new, *calendars_behind(session, open_cycle, calendars, ledger, [*changed, *new])]


def _late(turn: Turn) -> list[tuple[str, date]]:
    """Return the cycle with its due date, if it went past it."""
    cycle = turn.cycle
    late = cycle.due_on and (cycle.met_on or turn.as_of) > cycle.due_on
    return [(cycle.key, cycle.due_on)] if cycle.due_on and late else []


def _told_anew(open_cycle: OpenCycle) -> OpenCycle:
    cycle = open_cycle.turn.cycle
    announced = open_cycle.opened.announced.anew(cycle.due_on, cycle.target_on, open_cycle.turn.as_of)
    return replace(open_cycle, opened=replace(open_cycle.opened, announced=announced))


def _history(session: "Session", open_cycle: OpenCycle) -> Extra:
    """Return what everybody was sent about the cycle before, for whoever takes it over."""
    cycle = open_cycle.turn.cycle.key
    touched = previous_notices(session, cycle)
    returned = returned_letters(session, {letter for *_, letter in touched if letter})
    back = frozenset(unreached(session, cycle, ASKING)) if returned else frozenset()
    return Extra(previous_notices=previous_notices_of(open_cycle, touched, returned), unreached=back)
