"""What has come and nobody has read yet: on record for whom it is from, so that nobody calls them silent."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from policies.facts.answers import Answer, AnswerKind
from policies.status.inputs import Turned
from policies.status.states import UNMET
from records.facts.facts import KINDS, record_fact
from records.inbox import Grade
from tasks.inputs.intake import Intake
from tasks.inputs.judging import Judged
from tasks.status.open_cycles import OpenCycle

if TYPE_CHECKING:
    from records.database import Session

_BY = "mailbox"


def source_of(number: int) -> str:
    """Return the source of the answers that are recorded for an item of the inbox."""
    return f"inbox item {number}"


def hold(session: "Session", intake: Intake, number: int, judged: Judged, now: datetime) -> None:
    """Record that a message has come from somebody about every cycle it may be for.

    Only whoever is known well enough is not chased meanwhile (`Grade`); for others it is only said.
    """
    if judged.person is None:
        return
    kind = AnswerKind.UNVERIFIED if judged.grade in _NOT_KNOWN else AnswerKind.MESSAGE
    for open_cycle in _open_for(session, intake, judged):
        cycle = open_cycle.turn.cycle.key
        if _is_news(open_cycle, judged.person, kind):
            come = Answer(cycle, judged.person, kind, intake.as_of, source_of(number))
            record_fact(session, KINDS["answer"].keeping(come, _BY, now))


def _open_for(session: "Session", intake: Intake, judged: Judged) -> Iterator[OpenCycle]:
    """Yield the cycles that a message may be for: open ones, in which its sender was asked for an input."""
    for open_cycle in intake.open_cycles(session, judged.cycles):
        if open_cycle.turn.state in UNMET and open_cycle.place_of(str(judged.person)) in open_cycle.inputs:
            yield open_cycle


_NOT_KNOWN = frozenset({Grade.ADDRESS, Grade.NOBODY})


def _is_news(open_cycle: OpenCycle, person: str, kind: AnswerKind) -> bool:
    """Return whether it matters that a message came: what is owed still, or is being read already."""
    given = open_cycle.inputs[open_cycle.place_of(person)]
    if kind is AnswerKind.UNVERIFIED:
        return given.turned is Turned.OWED and given.read_since is None
    return given.turned is Turned.OWED or given.read_since is not None
