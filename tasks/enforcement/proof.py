"""The proof of a period: what was owed is derived anew, and compared with what the ledger says of it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from policies.plans.notices import NoticeKind, NoticeState
from policies.recurrence.cycle_key import CycleKey
from records.chain.audit import breaks
from records.ledger.ledger import times_sent
from records.ledger.notices import notices_of, notices_of_kind
from records.runs import ENFORCE, Run, runs_between
from tasks.enforcement.passed_dates import Passed, judged
from tasks.enforcement.verdicts import JudgedRun, Verdict, verdicts
from tasks.installation.installation import Installation

if TYPE_CHECKING:
    from records.database import Session

COLUMNS = ("state", "notices")
_BROKEN = "the record is not as it was sealed"
_NEEDS_REASON = frozenset(
    {NoticeState.SKIPPED, NoticeState.SUPERSEDED, NoticeState.WITHHELD, NoticeState.SET_ASIDE}
)


@dataclass(frozen=True, slots=True)
class Proof:
    """What was owed from `first` to `last`, and whether the ledger accounts for all of it.

    `rows` count the notices in each state; `remarks` are what to know of the proof, `failures` what it fails
    on, and `runs` the enforcements with their verdicts.
    """

    first: date
    last: date
    owed: int
    entered: int
    rows: Sequence[Mapping[str, str]]
    remarks: Sequence[str]
    failures: Sequence[str]
    runs: Sequence[JudgedRun]

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
            "verdicts": {str(verdict): count for verdict, count in self.verdicts.items()},
            "runs": [each.as_json() for each in self.runs],
        }

    @property
    def verdicts(self) -> dict[Verdict, int]:
        """How many enforcements got each verdict, the best first."""
        counted = Counter(each.verdict for each in self.runs)
        return {verdict: counted[verdict] for verdict in Verdict}

    @property
    def verdict(self) -> Verdict:
        """What can be said of the whole period: no more than of each of its enforcements."""
        if self.failures or not self.runs:
            return Verdict.NOT_PROVED
        return [verdict for verdict, count in self.verdicts.items() if count][-1]


def proof_of(session: "Session", installation: Installation, first: date, last: date) -> Proof:
    """Prove the days from `first` to `last`.

    Every enforcement of the period gets a verdict: what it sealed as owed is derived anew by an engine of the
    same edition, from the rules, the facts and the people of its time, or, where the engine is another, it is
    compared with the ledger. A date that passed without anybody being told fails the proof, whatever the
    rules were.
    """
    broken = [f"the record is not as it was sealed: {each}" for each in breaks(session)]
    found = [*verdicts(session, installation, runs_between(session, ENFORCE, first, last))]
    expected = frozenset[str]().union(*(each.keys for each in found))
    had_to_be_said, still = _had_to_be_said(found)
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
        *(f"{each.name}: {why}" for each in found if each.verdict is Verdict.NOT_PROVED for why in each.why),
        *broken,
    ]
    if broken:
        found = [replace(each, verdict=Verdict.NOT_PROVED, why=[_BROKEN]) for each in found]
    if not found:
        failures.append(f"no enforcement ran from {first} to {last}, so nothing is proved")
    return Proof(
        first,
        last,
        owed=len(expected),
        entered=len(known),
        rows=[{"state": state, "notices": str(count)} for state, count in sorted(counted.items())],
        remarks=[*_remarks(found, first, last), *told.remarks, *_open_ends(known)],
        failures=failures,
        runs=found,
    )


def _had_to_be_said(judged_runs: Sequence[JudgedRun]) -> tuple[dict[Passed, date], set[Passed]]:
    """Return the dates that had to be said to have passed, each with the day of the first run to see it.

    The second are those of which the last run of their obligation still had to tell. Which dates had passed
    follows from the facts, so it is derived of runs by other rules or another engine as well.
    """
    found: dict[Passed, date] = {}
    still: set[Passed] = set()
    for each in judged_runs:
        still = {one for one in still if not _is_about(each.run, one[0])}
        for of_it in each.derived.passed:
            found.setdefault(of_it, each.run.as_of)
            still.add(of_it)
    return found, still


def _is_about(run: Run, cycle: str) -> bool:
    return run.summary.get("obligation") in (None, CycleKey.parse(cycle).obligation)


def _remarks(judged_runs: Sequence[JudgedRun], first: date, last: date) -> Iterator[str]:
    days = {each.run.as_of for each in judged_runs}
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    silent = [on for on in span if on not in days]
    if silent and judged_runs:
        yield f"{len(silent)} of {len(span)} days had no enforcement of their own, such as {silent[0]}"
    less = Counter(each.why[0] for each in judged_runs if each.verdict in _LESS)
    yield from (f"{count} of {len(judged_runs)} enforcements: {why}" for why, count in less.items())


_LESS = frozenset({Verdict.FROM_SEALS, Verdict.ACCOUNTED_FOR})


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
