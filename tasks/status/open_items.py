"""Open items: everything somebody still owes, each with its record, its person and its day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from policies.people.deriving import directory_on
from policies.plans.milestones import MilestoneId
from policies.plans.notices import NoticeKind, NoticeState
from policies.status.inputs import Turned
from policies.status.states import UNMET, State
from records.cycles import opened_cycles
from records.facts.facts import read_facts
from records.ledger.notices import Notice, notices_of, sent_on
from records.ledger.said import days_given
from tasks.installation.installation import Installation
from tasks.status.open_cycles import OpenCycle, cycles_open
from tasks.status.statuses import statuses

if TYPE_CHECKING:
    from records.database import Session


class ItemKind(StrEnum):
    """What is owed; in the order of what is at risk."""

    COMPLETION = "completion"
    EXPLANATION = "explanation"
    RELEASE = "release"
    SIGNATURE = "signature"
    SETTLEMENT = "settlement"
    REPLY = "reply"
    INPUT = "input"


@dataclass(frozen=True, slots=True)
class OpenItem:
    """Something owed by `people` together. `late_days` count from the day it was due.

    It is `mandated` where the text demands it by a day.
    """

    kind: ItemKind
    record: str
    people: tuple[str, ...]
    due_on: date | None
    since_on: date | None
    late_days: int
    mandated: bool

    def as_json(self) -> dict[str, str | int | bool | list[str] | None]:
        """Return the row of `mandates owed --json`; the shape is a contract (docs/command-line.md)."""
        return {
            "kind": self.kind,
            "record": self.record,
            "people": list(self.people),
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "since_on": self.since_on.isoformat() if self.since_on else None,
            "days_late": self.late_days,
            "mandated": self.mandated,
        }


def open_items(session: "Session", installation: Installation, as_of: date) -> list[OpenItem]:
    """Return everything owed at the end of `as_of`, what is most at risk first, then the oldest.

    At risk is first what the text demands, then what holds others up; the older of two comes first.
    """
    facts = read_facts(session)
    watched = statuses(installation.pack, facts, as_of)
    found: list[OpenItem] = []
    for open_cycle in cycles_open(installation, watched, opened_cycles(session), facts):
        if open_cycle.turn.state in UNMET:
            asked = sent_on(session, open_cycle.turn.cycle.key, NoticeKind.CALL_FOR_INPUTS)
            given = days_given(session, open_cycle.turn.cycle.key, NoticeKind.CALL_FOR_INPUTS)
            found += [*_of_holders(open_cycle), *_of_contributors(open_cycle, asked, given)]
    waiting = notices_of(session, states=_DECIDED_BY_PEOPLE)
    found += _of_the_ledger(waiting, directory_on(facts.who, as_of).on_duty, as_of)
    order = list(ItemKind)
    return sorted(
        found,
        key=lambda item: (
            not (item.mandated and item.late_days),
            order.index(item.kind),
            -item.late_days,
            item.due_on or date.max,
            item.record,
            item.people,
        ),
    )


def _of_holders(open_cycle: OpenCycle) -> Iterator[OpenItem]:
    turn, cycle = open_cycle.turn, open_cycle.turn.cycle
    explained = open_cycle.facts.explanation_of(cycle.key)
    kind = ItemKind.EXPLANATION if turn.state is State.MISSED else ItemKind.COMPLETION
    if turn.state is State.MISSED and explained:
        return
    people = open_cycle.people(open_cycle.obligation.holder) or open_cycle.directory.on_duty
    due_on, since_on = cycle.due_on or cycle.target_on, open_cycle.opened.opened_on
    yield _item(kind, open_cycle, people, due_on, since_on, mandated=cycle.due_on is not None)


def _of_contributors(
    open_cycle: OpenCycle, asked: Mapping[str, date], given_on: Mapping[str, date]
) -> Iterator[OpenItem]:
    due_on = open_cycle.turn.milestone_on(MilestoneId.INPUTS_DUE)
    for person, given in open_cycle.inputs.items():
        if given.turned is Turned.OWED and person in asked:
            until = given.until or given_on.get(person) or due_on
            yield _item(ItemKind.INPUT, open_cycle, [person], until, asked[person])
        elif given.for_us:
            asked_on = given.for_us.received_on
            yield _item(ItemKind.REPLY, open_cycle, open_cycle.directory.on_duty, asked_on, asked_on)


def _of_the_ledger(notices: Iterable[Notice], officers: Sequence[str], as_of: date) -> Iterator[OpenItem]:
    for notice in notices:
        kind = _DECIDED_BY_PEOPLE[NoticeState(notice.state)]
        late = max((as_of - notice.send_on).days, 0)
        key, on = notice.notice_key, notice.send_on
        yield OpenItem(kind, key, tuple(officers), on, on, late, mandated=False)


def _item(
    kind: ItemKind,
    open_cycle: OpenCycle,
    people: Sequence[str],
    due_on: date | None,
    since_on: date | None,
    *,
    mandated: bool = False,
) -> OpenItem:
    late = max((open_cycle.turn.as_of - due_on).days, 0) if due_on else 0
    holders = tuple(dict.fromkeys(open_cycle.directory.holder_of(person) for person in people))
    return OpenItem(kind, open_cycle.turn.cycle.key, holders, due_on, since_on, late, mandated)


_DECIDED_BY_PEOPLE = {
    NoticeState.AWAITING_RELEASE: ItemKind.RELEASE,
    NoticeState.DRAFTED: ItemKind.SIGNATURE,
    NoticeState.UNKNOWN: ItemKind.SETTLEMENT,
    NoticeState.REFUSED: ItemKind.SETTLEMENT,
}
