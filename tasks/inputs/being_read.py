"""What has come and nobody has read yet: on record for whom it is from, so that nobody calls them silent."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from policies.facts.answers import Answer, AnswerKind
from policies.problems import visible
from policies.recurrence.cycle_key import CycleKey
from policies.status.inputs import Turned
from policies.status.states import UNMET
from records.cycles import opened_cycles
from records.facts.facts import KINDS, read_facts, record_fact
from records.inbox import WAITING, Grade, inbox
from tasks.inputs.judging import Judged
from tasks.installation.installation import Installation
from tasks.status.open_cycles import OpenCycle, cycles_open
from tasks.status.statuses import statuses

if TYPE_CHECKING:
    from records.database import Session

_BY = "mailbox"


def source_of(number: int) -> str:
    """Return the source of the answers that are recorded for an item of the inbox."""
    return f"inbox item {number}"


def waiting(session: "Session") -> list[str]:
    """Return a finding for each item of the inbox that a person has to look at."""
    return [
        f"inbox: item {kept.item.id} from {visible(kept.sender)}, of {kept.item.received_on}: "
        f"{visible(kept.fate.why) if kept.fate else ''}; to decide: mandates inbox show {kept.item.id}"
        for kept in inbox(session, WAITING)
    ]


def hold(
    session: "Session", installation: Installation, number: int, judged: Judged, as_of: date, now: datetime
) -> None:
    """Record that a message has come from somebody about every cycle it may be for.

    Only whoever is known well enough is not chased meanwhile (`Grade`); for others it is only said.
    """
    if judged.person is None:
        return
    kind = AnswerKind.UNVERIFIED if judged.grade in _NOT_KNOWN else AnswerKind.MESSAGE
    for open_cycle in _open_for(session, installation, judged, as_of):
        cycle = open_cycle.turn.cycle.key
        if _is_news(open_cycle, judged.person, kind):
            come = Answer(cycle, judged.person, kind, as_of, source_of(number))
            record_fact(session, KINDS["answer"].keeping(come, _BY, now))


def _open_for(
    session: "Session", installation: Installation, judged: Judged, as_of: date
) -> Iterator[OpenCycle]:
    """Yield the cycles that a message may be for: open ones, in which its sender was asked for an input."""
    facts, opened = read_facts(session), opened_cycles(session)
    keys = [key for key in opened if not judged.cycles or key in judged.cycles]
    duties = {CycleKey.parse(key).obligation for key in keys} & installation.pack.obligations.keys()
    known = [each for duty in sorted(duties) for each in statuses(installation.pack, facts, as_of, duty)]
    for open_cycle in cycles_open(installation, known, opened, facts):
        is_open = open_cycle.turn.cycle.key in keys and open_cycle.turn.state in UNMET
        if is_open and open_cycle.place_of(str(judged.person)) in open_cycle.inputs:
            yield open_cycle


_NOT_KNOWN = frozenset({Grade.ADDRESS, Grade.NOBODY})


def _is_news(open_cycle: OpenCycle, person: str, kind: AnswerKind) -> bool:
    """Return whether it matters that a message came: what is owed still, or is being read already."""
    given = open_cycle.inputs[open_cycle.place_of(person)]
    if kind is AnswerKind.UNVERIFIED:
        return given.turned is Turned.OWED and given.read_since is None
    return given.turned is Turned.OWED or given.read_since is not None
