"""The figures of a statement: each is computed in one place, with its definition, its source and its day."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from language.catalogues import english
from policies.facts.facts import Facts
from policies.people.deriving import directory_on
from policies.people.directory import Directory
from policies.plans.notices import NoticeState
from policies.recurrence.per_trigger import follows_decisions
from policies.status.states import State
from policies.status.status import ObligationStatus
from records.inbox import waiting_since
from records.ledger.ledger import count_in, count_moved_to
from records.packages import packages_by
from tasks.installation.installation import Installation
from tasks.status.findings import WAITING
from tasks.status.statuses import statuses

if TYPE_CHECKING:
    from records.database import Session

COMING_DAYS = 180
"""House practice: how many days ahead a statement looks."""


@dataclass(frozen=True)
class Sources:
    """What figures are computed from: nothing else is asked."""

    session: "Session"
    installation: Installation
    facts: Facts
    statuses: Sequence[ObligationStatus]
    as_of: date
    first: date

    @property
    def directory(self) -> Directory:
        """Who is who on the day of the figures."""
        return directory_on(self.facts.who, self.as_of)

    def pluralise(self, *states: State) -> int:
        """How many obligations are in one of these states, as `mandates status` shows them."""
        return sum(each.current.state in states for each in self.statuses)


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure is called, what exactly it counts, and what it is read from."""

    id: str
    name: str
    definition: str
    source: str
    count: Callable[[Sources], int]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, or None where its source could not be read; `as_of` is the last day it counts."""

    measure: Measure
    value: int | None
    as_of: date


def sources_of(
    session: "Session", installation: Installation, facts: Facts, first: date, as_of: date
) -> Sources:
    """Gather what figures are computed from; the standings are those of `mandates status --as-of`."""
    return Sources(session, installation, facts, statuses(installation.pack, facts, as_of), as_of, first)


def figures(sources: Sources) -> list[Figure]:
    """Compute every figure. A source that cannot be read gives None, and never an older number."""
    return [Figure(measure, _value(measure, sources), sources.as_of) for measure in MEASURES]


def _value(measure: Measure, sources: Sources) -> int | None:
    try:
        return measure.count(sources)
    except OSError:
        return None


def _in_state(*states: State) -> Callable[[Sources], int]:
    return lambda sources: sources.pluralise(*states)


def _followed(*states: State) -> Callable[[Sources], int]:
    """Count decisions, not obligations: the follow-up of each is a cycle of its own."""
    return lambda sources: sum(
        turn.state in states
        for each in sources.statuses
        if follows_decisions(each.obligation.version_on(sources.as_of).recurrence)
        for turn in each.turns
    )


def _whole_packages(sources: Sources) -> int:
    folder = sources.installation.settings.packages
    return sum(
        _hash(folder / each.file) == each.sha256 for each in packages_by(sources.session, sources.as_of)
    )


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _sent(sources: Sources) -> int:
    return count_moved_to(sources.session, NoticeState.SENT, sources.first, sources.as_of)


def _waiting(sources: Sources) -> int:
    return count_in(sources.session, WAITING, sources.as_of)


def _unread(sources: Sources) -> int:
    return len(waiting_since(sources.session, sources.as_of))


def _longest_unread(sources: Sources) -> int:
    return max(((sources.as_of - on).days for on in waiting_since(sources.session, sources.as_of)), default=0)


_RULES = english("the policy pack")
_RECORD = english("the recorded facts, under the rules of the policy pack")
_LEDGER = english("the record of notices")
_INBOX = english("the record of what was received")
_FOLDER = english("the folder of packages, compared with the record")

MEASURES = (
    Measure(
        "obligations",
        english("Obligations"),
        english("every obligation that the policy pack holds"),
        _RULES,
        lambda sources: len(sources.statuses),
    ),
    Measure(
        "met",
        english("Met"),
        english("obligations whose current cycle was met by its due date"),
        _RECORD,
        _in_state(State.MET),
    ),
    Measure(
        "met-late",
        english("Met late"),
        english("obligations whose current cycle was met after its due date"),
        _RECORD,
        _in_state(State.MET_LATE),
    ),
    Measure(
        "open",
        english("Open"),
        english("obligations whose current cycle has begun and is not past its due date"),
        _RECORD,
        _in_state(State.OPEN),
    ),
    Measure(
        "scheduled",
        english("Upcoming"),
        english("obligations whose current cycle has not begun"),
        _RECORD,
        _in_state(State.SCHEDULED),
    ),
    Measure(
        "overdue",
        english("Overdue"),
        english("obligations whose current cycle is past its due date and not met"),
        _RECORD,
        _in_state(State.OVERDUE),
    ),
    Measure(
        "missed",
        english("Missed"),
        english("obligations whose current cycle was not met before the next one opened"),
        _RECORD,
        _in_state(State.MISSED),
    ),
    Measure(
        "not-known",
        english("Not known or not recorded"),
        english("obligations whose current cycle lacks an anchor, or ended before the record begins"),
        _RECORD,
        _in_state(State.UNKNOWN, State.UNRECORDED),
    ),
    Measure(
        "standing",
        english("Standing"),
        english("standing obligations without a due date"),
        _RULES,
        _in_state(State.STANDING),
    ),
    Measure(
        "breaches",
        english("Due dates not met"),
        english("cycles not completed by their due date, including those completed later"),
        _RECORD,
        lambda sources: sum(len(each.breaches) for each in sources.statuses),
    ),
    Measure(
        "past-target",
        english("Past the internal target date"),
        english("obligations whose current cycle is past its internal target date and not completed"),
        _RECORD,
        lambda sources: sum(bool(each.current.days_past_target) for each in sources.statuses),
    ),
    Measure(
        "decisions-unfinished",
        english("Decisions not implemented"),
        english("decisions on record whose follow-up has not ended, whether or not they name a day"),
        _RECORD,
        _followed(State.OPEN, State.OVERDUE),
    ),
    Measure(
        "decisions-overdue",
        english("Decisions past their day"),
        english("decisions that name a day which has passed, and that are not carried out"),
        _RECORD,
        _followed(State.OVERDUE),
    ),
    Measure(
        "sent",
        english("Notices sent"),
        english("notices that a channel took from the first to the last day, by the day in UTC"),
        _LEDGER,
        _sent,
    ),
    Measure(
        "waiting",
        english("Notices awaiting a decision"),
        english("notices that awaited release, were refused, or of unknown outcome at the end of the day"),
        _LEDGER,
        _waiting,
    ),
    Measure(
        "unread",
        english("Messages and files awaiting a decision"),
        english(
            "messages and files received that the secretariat had yet to decide on at the end of the day"
        ),
        _INBOX,
        _unread,
    ),
    Measure(
        "longest-unread",
        english("Longest wait for a decision, in days"),
        english("days since the earliest of the messages and files awaiting a decision was received"),
        _INBOX,
        _longest_unread,
    ),
    Measure(
        "packages",
        english("Input packages"),
        english("versions of input packages assembled by the end of the day whose file is there, unchanged"),
        _FOLDER,
        _whole_packages,
    ),
)
