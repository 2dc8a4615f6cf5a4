"""The proof of a period: what was owed is derived anew, and compared with what the ledger says of it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from policies.plans.notices import NoticeKind, NoticeState
from policies.recurrence.cycle_key import CycleKey
from records.audit import breaks
from records.cycles import opened_cycles
from records.facts.facts import read_facts
from records.ledger.ledger import times_sent
from records.ledger.notices import Ledger, by_cycle, entries, moved_first_at, notices_of, notices_of_kind
from records.runs import DIRECTORY, ENFORCE, Run, last_run, runs_between
from tasks.enforcement.naming import USED_UP, named
from tasks.enforcement.notices import owed
from tasks.enforcement.passed_dates import Passed, judged, passed
from tasks.installation.installation import Installation
from tasks.status.open_cycles import OpenCycle, cycles_open
from tasks.status.statuses import statuses

if TYPE_CHECKING:
    from records.database import Session

COLUMNS = ("state", "notices")
_NEEDS_REASON = frozenset(
    {NoticeState.SKIPPED, NoticeState.SUPERSEDED, NoticeState.WITHHELD, NoticeState.SET_ASIDE}
)


@dataclass(frozen=True, slots=True)
class Proof:
    """What was owed from `first` to `last`, and whether the ledger accounts for all of it.

    `rows` count the notices in each state; `remarks` are what to know of the proof, `failures` what it fails
    on.
    """

    first: date
    last: date
    owed: int
    entered: int
    rows: Sequence[Mapping[str, str]]
    remarks: Sequence[str]
    failures: Sequence[str]

    @property
    def holds(self) -> bool:
        """Whether everything is accounted for."""
        return not self.failures

    def as_json(self) -> dict[str, Any]:
        """Return what `mandates notices prove --json` prints, a contract (docs/command-line.md)."""
        return {
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "holds": self.holds,
            "owed": self.owed,
            "entered": self.entered,
            "states": {row["state"]: int(row["notices"]) for row in self.rows},
            "remarks": list(self.remarks),
            "failures": list(self.failures),
        }


def proof_of(session: "Session", installation: Installation, first: date, last: date) -> Proof:
    """Prove the days from `first` to `last`.

    For every enforcement of the period, what was owed on its day is derived anew from the facts as they were
    known then, and for the people who were in their places then. A run that worked under other rules cannot
    be derived again, nor one with another directory file, from before people were recorded. A date that
    passed without anybody being told fails the proof, whatever the rules were.
    """
    runs = runs_between(session, ENFORCE, first, last)
    rules = _Rules.of(session, installation)
    again = [run for run in runs if rules.are_of(run)]
    expected, had_to_be_said, still = _derived(session, installation, runs, rules)
    overdue = notices_of_kind(session, NoticeKind.OVERDUE, {cycle for cycle, _ in had_to_be_said})
    told = judged(had_to_be_said, overdue, last, installation.zone, still)
    notices = [n for n in notices_of(session) if first <= n.send_on <= last or n.notice_key in expected]
    known = {notice.notice_key: NoticeState(notice.state) for notice in notices}
    counted = Counter(str(state) for state in known.values())
    failures = [
        *(f"{key}: owed, and not in the ledger" for key in sorted(expected - known.keys())),
        *(f"{key}: sent {times} times" for key, times in times_sent(session).items() if times > 1),
        *(
            f"{n.notice_key}: {n.state}, without a reason"
            for n in notices
            if NoticeState(n.state) in _NEEDS_REASON and not n.cause
        ),
        *told.failures,
        *(f"the record is not as it was sealed: {broken}" for broken in breaks(session)),
    ]
    if not runs:
        failures.append(f"no enforcement ran from {first} to {last}, so nothing is proved")
    return Proof(
        first,
        last,
        owed=len(expected),
        entered=len(known),
        rows=[{"state": state, "notices": str(count)} for state, count in sorted(counted.items())],
        remarks=[*_remarks(runs, again, first, last), *told.remarks, *_open_ends(known)],
        failures=failures,
    )


def _derived(
    session: "Session", installation: Installation, runs: Sequence[Run], rules: "_Rules"
) -> tuple[set[str], dict[Passed, date], set[Passed]]:
    """Return the keys of all that was owed on the days of runs, and the dates of which each had to be told.

    The last of the three are those of which the last run of their obligation still had to tell. Which dates
    had passed follows from the facts, so it is derived for runs under other rules as well.
    """
    expected: set[str] = set()
    names = _Names.of(session)
    had_to_be_said: dict[Passed, date] = {}
    still: set[Passed] = set()
    for run in runs:
        still = {each for each in still if not _is_about(run, each[0])}
        for open_cycle in _dockets_at(session, installation, run):
            if rules.are_of(run):
                ledger = names.ledger_at(open_cycle.turn.cycle.key, run.recorded_at)
                expected |= {
                    open_cycle.key(each.scheduled, each.person, each.channel)
                    for each in named(open_cycle, owed(open_cycle), ledger)
                }
            if of_it := passed(open_cycle):
                had_to_be_said.setdefault(of_it, run.as_of)
                still.add(of_it)
    return expected, had_to_be_said, still


def _is_about(run: Run, cycle: str) -> bool:
    return run.summary.get("obligation") in (None, CycleKey.parse(cycle).obligation)


@dataclass(frozen=True, slots=True)
class _Names:
    """What the ledger has, and from which instants on which names were used up."""

    ledger: Mapping[str, Ledger]
    used_up_at: Mapping[str, datetime]

    @classmethod
    def of(cls, session: "Session") -> "_Names":
        """Read them from the record."""
        return cls(by_cycle(entries(session)), moved_first_at(session, USED_UP))

    def ledger_at(self, cycle: str, at: datetime) -> Ledger:
        """Return what the ledger has about a cycle, with the names as they were used up at an instant."""
        return {
            key: entry
            if entry.state not in USED_UP or self.used_up_at[key] <= at
            else replace(entry, state=NoticeState.ENTERED)
            for key, entry in self.ledger.get(cycle, {}).items()
        }


def _dockets_at(session: "Session", installation: Installation, run: Run) -> Iterator[OpenCycle]:
    """Yield the open cycles on the day of a run, from what was known when it ran."""
    only = run.summary.get("obligation")
    if only and only not in installation.pack.obligations:
        return
    facts = read_facts(session, run.recorded_at)
    opened = opened_cycles(session, run.recorded_at)
    yield from cycles_open(installation, statuses(installation.pack, facts, run.as_of, only), opened, facts)


@dataclass(frozen=True, slots=True)
class _Rules:
    """The digests under which runs worked by the rules of today.

    Runs from before who is who was recorded have the digest of the rules with the directory file; it stands
    for the same rules where these are still as they were when that file was taken.
    """

    digests: frozenset[str]

    @classmethod
    def of(cls, session: "Session", installation: Installation) -> "_Rules":
        """Return the digests that stand for the rules of an installation."""
        begun = last_run(session, DIRECTORY)
        same = begun is not None and begun.summary.get("basis") == installation.basis
        return cls(frozenset({installation.basis, *([begun.summary["before"]] if begun and same else [])}))

    def are_of(self, run: Run) -> bool:
        """Say whether a run worked by these rules."""
        return run.summary.get("basis") in self.digests


def _remarks(runs: Sequence[Run], again: Sequence[Run], first: date, last: date) -> Iterator[str]:
    days = {run.as_of for run in runs}
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    silent = [on for on in span if on not in days]
    if silent and runs:
        yield f"{len(silent)} of {len(span)} days had no enforcement of their own, such as {silent[0]}"
    if other := len(runs) - len(again):
        yield f"{other} of {len(runs)} enforcements had other rules or another directory: not derived anew"


def _open_ends(known: Mapping[str, NoticeState]) -> Iterator[str]:
    for state, what in _OPEN.items():
        for key in sorted(key for key, each in known.items() if each is state):
            yield f"{key}: {what}"


_OPEN = {
    NoticeState.UNKNOWN: "whether it arrived is not known; settle it",
    NoticeState.REFUSED: "was refused; send it again once the cause is mended",
    NoticeState.CLAIMED: "is being sent, or its sender died",
    NoticeState.AWAITING_RELEASE: "awaits release by a named person",
    NoticeState.DRAFTED: "is drafted for signature, and not recorded as sent",
}
