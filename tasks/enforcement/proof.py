"""The proof of a period: what was owed is derived anew, and compared with what the ledger says of it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from policies.plans.notices import NoticeState
from records.audit import breaks
from records.cycles import opened_cycles
from records.facts.facts import read_facts
from records.ledger.notices import notices_of, times_sent
from records.runs import ENFORCE, Run, runs_between
from tasks.enforcement.notices import owed
from tasks.installation.workplace import Workplace
from tasks.status.open_cycles import dockets
from tasks.status.standings import standings

if TYPE_CHECKING:
    from records.database import Session

COLUMNS = ("state", "notices")
_NEEDS_REASON = frozenset({NoticeState.SKIPPED, NoticeState.SUPERSEDED, NoticeState.WITHHELD})


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


def proof_of(session: "Session", workplace: Workplace, first: date, last: date) -> Proof:
    """Prove the days from `first` to `last`.

    For every enforcement of the period, what was owed on its day is derived anew from the facts as they were
    known then. A run that worked under other rules, or with another directory, cannot be derived again.
    """
    runs = runs_between(session, ENFORCE, first, last)
    again = [run for run in runs if run.summary.get("basis") == workplace.basis]
    expected = {key for run in again for key in _owed_at(session, workplace, run)}
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
        remarks=[*_remarks(runs, again, first, last), *_open_ends(known)],
        failures=failures,
    )


def _owed_at(session: "Session", workplace: Workplace, run: Run) -> Iterator[str]:
    """Yield the keys of everything owed on the day of a run, from what was known when it ran."""
    facts = read_facts(session, run.recorded_at)
    opened = opened_cycles(session, run.recorded_at)
    watched = standings(workplace.pack, facts, run.as_of, run.summary.get("obligation"))
    for docket in dockets(workplace, watched, opened, facts):
        for addressed in owed(docket):
            yield docket.key(addressed.rung, addressed.person, addressed.channel)


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
