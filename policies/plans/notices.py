"""The notices a cycle owes: rungs of a ladder, each on its day, each to its audience, each once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from operator import itemgetter
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, Field, ValidationInfo

from policies.calendar.working_days import WorkingDays
from policies.facts.proposals import StepKind
from policies.plans.milestones import MilestoneId
from policies.problems import mistake
from policies.recurrence.question import Strict


class NoticeKind(StrEnum):
    """What a notice is for."""

    OPENING = "opening"
    CALL_FOR_INPUTS = "call-for-inputs"
    REMINDER = "reminder"
    LAST_REMINDER = "last-reminder"
    OVERDUE = "overdue"
    ESCALATION = "escalation"
    HAND_OVER = "hand-over"
    FOR_DECISION = "for-decision"
    WAY_FORWARD = "way-forward"
    REFERRAL = "referral"
    PACKAGE_READY = "package-ready"
    CHANGE_OF_DATE = "change-of-date"
    RECEIPT = "receipt"


class NoticeClass(StrEnum):
    """Routine leaves by itself; formal leaves when a named person has released it."""

    ROUTINE = "routine"
    FORMAL = "formal"


class RungAt(StrEnum):
    """What a rung is counted from, besides milestones."""

    BEGINS = "begins"
    TARGET = "target"
    DUE = "due"


FIRST_TOUCHES = frozenset({NoticeKind.OPENING, NoticeKind.CALL_FOR_INPUTS})
CHASERS = frozenset({NoticeKind.REMINDER, NoticeKind.LAST_REMINDER, NoticeKind.OVERDUE})
PAST_DUE = frozenset({NoticeKind.OVERDUE, NoticeKind.ESCALATION})
# What takes a matter beyond the secretariat, and so leaves only when a person releases it.
RISING = frozenset({NoticeKind.ESCALATION, NoticeKind.WAY_FORWARD, NoticeKind.REFERRAL})
HANDED = frozenset({NoticeKind.HAND_OVER})
FOR_INPUTS = frozenset({MilestoneId.CALL_FOR_INPUTS, MilestoneId.INPUTS_DUE})
# Not an actor of the text: the person in the house who takes over where reminders end.
DUTY_OFFICER = "duty-officer"


def _somebody(name: str, info: ValidationInfo) -> str:
    """Refuse a name that is not among those the validation is told of, where it is told of any."""
    if info.context is not None and name not in info.context:
        raise mistake(repr(name), f"one of: {', '.join(sorted(info.context))}")
    return name


Somebody = Annotated[str, AfterValidator(_somebody)]


class RungRule(Strict):
    """A notice `days` after (before, when negative) a milestone or a date of the cycle.

    Or after a step of the ladder without consensus, as long as it is the last one taken. `to` names parts in
    the obligation (holder, supports, consulted, contributors, overseers, and the owners of a decision),
    actors or the duty officer. One that could not leave for `max_age_days` is skipped: it would come too
    late to help.
    """

    kind: NoticeKind
    at: RungAt | MilestoneId | StepKind
    days: Annotated[int, Field(ge=-400, le=400)] = 0
    to: Annotated[tuple[Somebody, ...], Field(min_length=1)]
    max_age_days: Annotated[int, Field(ge=1, le=400)] | None = None

    @cached_property
    def distance(self) -> timedelta:
        """How far its day lies from what it is counted from."""
        return timedelta(days=self.days)

    @cached_property
    def id(self) -> str:
        """Its name in every key: `inputs-due-14`, `due+1`."""
        return f"{self.at}{self.days:+d}" if self.days else str(self.at)


@dataclass(frozen=True, slots=True)
class Announced:
    """The dates of an opened cycle as people were told them last: how often they were, and on which day."""

    due_on: date | None
    target_on: date | None
    times: int = 1
    on: date = date.min

    @property
    def dates(self) -> tuple[date | None, date | None]:
        """The due date and the target."""
        return self.due_on, self.target_on


class GivenAnswer(NamedTuple):
    """The answer that a notice tells of: whose it is, and the how-manieth of theirs in the cycle."""

    person: str
    number: int


class Rung(NamedTuple):
    """One notice of a cycle's ladder, before it is known who its recipients are.

    `id` is its name in every key (`inputs-due-14`, `due+1`); `about` is what it counts towards. After
    `last_on` it would come too late to help. A rung with a `skipped` reason is not sent: the ledger keeps it
    with the reason. `first_id` is what one was called that is sent anew under another id; `answer` is the
    answer that it tells of.
    """

    kind: NoticeKind
    id: str
    about: str
    send_on: date
    to: tuple[str, ...]
    skipped: str | None = None
    last_on: date = date.max
    first_id: str | None = None
    answer: GivenAnswer | None = None

    def anew(self, times: int) -> "Rung":
        """Return the rung as it goes by once its cycle's dates were announced for the `times`-th time."""
        return self._replace(id=f"{self.id}~{times}", first_id=self.id)


def ladder(
    rules: Iterable[RungRule], dates: Mapping[str, date], days: WorkingDays, until: date = date.max
) -> tuple[Rung, ...]:
    """Return the rungs whose day is known and comes by `until`, the earliest first.

    A rung before its date rolls back to a working day, one on or after its date rolls forward.
    """
    come = []
    for rule in rules:
        base = dates.get(rule.at)
        if base is None:
            continue
        counted = base + rule.distance
        if rule.days < 0:
            send_on = days.at_or_before(counted)
        elif counted > until:  # rolling forward comes no sooner
            continue
        else:
            send_on = days.at_or_after(counted)
        if send_on <= until:
            come.append((send_on, rule))
    come.sort(key=itemgetter(0))
    return tuple(_rung(rule, send_on) for send_on, rule in come)


def too_late(rung: Rung, as_of: date) -> Rung:
    """Return the rung, skipped with the reason if it waited longer than it may."""
    if rung.skipped or as_of <= rung.last_on:
        return rung
    late, most = (as_of - rung.send_on).days, (rung.last_on - rung.send_on).days
    return rung._replace(skipped=f"{late} days late, and no help after {most}")


def _rung(rule: RungRule, send_on: date) -> Rung:
    last_on = send_on + timedelta(days=rule.max_age_days) if rule.max_age_days else date.max
    return Rung(rule.kind, rule.id, str(rule.at), send_on, rule.to, last_on=last_on)


def by_urgency(kind: NoticeKind, by_on: date | None) -> tuple[int, date]:
    """Return what sorts notices, the most urgent first: by kind, then by the day that is asked for."""
    return _URGENCY.index(kind), by_on or date.max


_URGENCY = (
    NoticeKind.REFERRAL,
    NoticeKind.WAY_FORWARD,
    NoticeKind.ESCALATION,
    NoticeKind.HAND_OVER,
    NoticeKind.OVERDUE,
    NoticeKind.FOR_DECISION,
    NoticeKind.LAST_REMINDER,
    NoticeKind.CHANGE_OF_DATE,
    NoticeKind.REMINDER,
    NoticeKind.CALL_FOR_INPUTS,
    NoticeKind.PACKAGE_READY,
    NoticeKind.OPENING,
    NoticeKind.RECEIPT,
)


def coalesce(rungs: Sequence[Rung]) -> list[tuple[Rung, int]]:
    """Fold the chasers owed to one recipient on one day into the latest of them.

    Returns:
        Each rung with how many earlier ones it stands for; a folded rung is skipped, with the reason.
    """
    chasers = [rung for rung in rungs if rung.kind in CHASERS and not rung.skipped]
    last = chasers[-1] if chasers else None
    return [
        (folded(rung, last), 0) if rung in chasers[:-1] else (rung, len(chasers) - 1 if rung is last else 0)
        for rung in rungs
    ]


def folded(rung: Rung, into: Rung | None) -> Rung:
    """Return the rung as skipped, because a later one goes to the same recipient on the same day."""
    return rung._replace(skipped=f"folded into {into.id}" if into else "folded")
