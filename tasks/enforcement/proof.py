"""The proof of a period: what was owed is derived anew, and compared with what the ledger says of it."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from policies.plans.notices import NoticeKind, NoticeState
from records.audit import breaks
from records.cycles import opened_cycles
from records.facts.facts import read_facts
from records.ledger.ledger import times_sent
from records.ledger.notices import notices_of, notices_of_kind, set_aside_at
from records.runs import DIRECTORY, ENFORCE, Run, last_run, runs_between
from tasks.enforcement.notices import owed
from tasks.enforcement.passed_dates import Passed, judged, passed
from tasks.installation.installation import Installation
from tasks.status.open_cycles import Addressed, OpenCycle, cycles_open
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
    expected, had_to_be_said = _derived(session, installation, runs, rules)
    overdue = notices_of_kind(session, NoticeKind.OVERDUE, {cycle for cycle, _ in had_to_be_said})
    told = judged(had_to_be_said, overdue, last, installation.zone)
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
) -> tuple[set[str], dict[Passed, date]]:
    """Return the keys of all that was owed on the days of runs, and the dates of which each had to be told.

    Which dates had passed follows from the facts, so it is derived for runs under other rules as well.
    """
    expected: set[str] = set()
    aside = set_aside_at(session)
    had_to_be_said: dict[Passed, date] = {}
    for run in runs:
        for open_cycle in _dockets_at(session, installation, run):
            if rules.are_of(run):
                before = {key for key, at in aside.items() if at < run.recorded_at}
                expected |= {_key(open_cycle, each, before) for each in owed(open_cycle)}
            if of_it := passed(open_cycle):
                had_to_be_said.setdefault(of_it, run.as_of)
    return expected, had_to_be_said


def _key(open_cycle: OpenCycle, each: Addressed, set_aside: Collection[str]) -> str:
    """Return the key under which something was owed: the next one, where a wrong day had used up its own."""
    key, number = open_cycle.key(each.scheduled, each.person, each.channel), 1
    while key in set_aside:
        number += 1
        key = open_cycle.key(
            each.scheduled._replace(id=f"{each.scheduled.id}!{number}"), each.person, each.channel
        )
    return key


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
}
