"""The notices scheduled for a cycle: each on its day, each to its audience, each once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from operator import itemgetter
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, Field, ValidationInfo

from policies.calendar.counting import Unit, shift
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
    CORRECTION = "correction"


class NoticeClass(StrEnum):
    """Routine leaves by itself; formal leaves when a named person has released it.

    Signed leaves for the secretariat, as a draft: a person signs it and sends it, and records that.
    """

    ROUTINE = "routine"
    FORMAL = "formal"
    SIGNED = "signed"


class NoticeState(StrEnum):
    """Where a notice stands in the ledger."""

    AWAITING_RELEASE = "awaiting-release"
    RELEASED = "released"
    WITHHELD = "withheld"
    ENTERED = "entered"
    CLAIMED = "claimed"
    DRAFTED = "drafted"
    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    SETTLED = "settled"
    SKIPPED = "skipped"
    SUPERSEDED = "superseded"
    SET_ASIDE = "set-aside"


class DeliveryState(StrEnum):
    """What became known of a notice after it had left."""

    RETURNED = "returned"


class CountedFrom(StrEnum):
    """What a scheduled notice is counted from, besides milestones."""

    BEGINS = "begins"
    TARGET = "target"
    DUE = "due"


INITIAL_NOTICES = frozenset({NoticeKind.OPENING, NoticeKind.CALL_FOR_INPUTS})
REMINDERS = frozenset({NoticeKind.REMINDER, NoticeKind.LAST_REMINDER})
CHASERS = REMINDERS | {NoticeKind.OVERDUE}
PAST_DUE = frozenset({NoticeKind.OVERDUE, NoticeKind.ESCALATION})
# What takes a matter beyond the secretariat, and so leaves only when a person releases it.
ESCALATIONS = frozenset({NoticeKind.ESCALATION, NoticeKind.WAY_FORWARD, NoticeKind.REFERRAL})
HANDED = frozenset({NoticeKind.HAND_OVER})
# That a date has passed is said whatever was sent before, and however late.
ALWAYS_SAID = PAST_DUE | HANDED
# What tells its reader something, and asks for nothing.
INFORMING = frozenset({NoticeKind.RECEIPT, NoticeKind.CHANGE_OF_DATE})
FOR_INPUTS = frozenset({MilestoneId.CALL_FOR_INPUTS, MilestoneId.INPUTS_DUE})
# Not an actor of the text: the person in the house who takes over where reminders end.
DUTY_OFFICER = "duty-officer"


def _somebody(name: str, info: ValidationInfo) -> str:
    """Refuse a name that is not among those the validation is told of, where it is told of any."""
    if info.context is not None and name not in info.context:
        raise mistake(repr(name), f"one of: {', '.join(sorted(info.context))}")
    return name


Somebody = Annotated[str, AfterValidator(_somebody)]


class NoticeRule(Strict):
    """A notice `days` after (before, when negative) a milestone or a date of the cycle.

    Or after a step of the ladder without consensus, as long as it is the last one taken. `to` names parts in
    the obligation (holder, supports, consulted, contributors, overseers, and the owners of a decision),
    actors or the duty officer. One that could not leave for `max_age_days` is skipped: it would come too
    late to help.
    """

    kind: NoticeKind
    at: CountedFrom | MilestoneId | StepKind
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


class GivenAnswer(NamedTuple):
    """The answer that a notice is about: whose it is, and its number among theirs in the cycle."""

    person: str
    number: int


class ScheduledNotice(NamedTuple):
    """One notice of a cycle's ladder, before it is known who its recipients are.

    `id` is its name in every key (`inputs-due-14`, `due+1`); `about` is what it counts towards. After
    `last_on` it would come too late to help. One with a `skipped` reason is not sent: the ledger keeps it
    with the reason. `first_id` is what one was called that is sent anew under another id; `answer` is the
    answer that it is about.
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

    def anew(self, times: int) -> "ScheduledNotice":
        """Return the notice as it goes by once its cycle's dates were announced for the `times`-th time."""
        return self._replace(id=f"{self.id}~{times}", first_id=self.id)

    def once_more(self, number: int) -> "ScheduledNotice":
        """Return the notice as it goes by for the `number`-th time, once a wrong day had used up its name."""
        return self._replace(id=f"{self.id}{_ONCE_MORE}{number}", first_id=self.first_id or self.id)


_ONCE_MORE = "!"
_FOR_INPUTS = tuple(FOR_INPUTS)


def is_about_inputs(scheduled: str) -> bool:
    """Return whether a scheduled notice, by its id, is about inputs; an id begins with what it is about."""
    return scheduled.startswith(_FOR_INPUTS)


def own_name(scheduled: str) -> str:
    """Return the id of a scheduled notice without the number that a run for a wrong day made necessary."""
    return scheduled.partition(_ONCE_MORE)[0]


def ladder(
    rules: Iterable[NoticeRule], dates: Mapping[str, date], days: WorkingDays, until: date = date.max
) -> tuple[ScheduledNotice, ...]:
    """Return the scheduled notices whose day is known and comes by `until`, the earliest first.

    A scheduled notice before its date rolls back to a working day, one on or after its date rolls forward.
    """
    come = []
    for rule in rules:
        base = dates.get(rule.at)
        if base is None:
            continue
        counted = shift(base, rule.days, Unit.DAYS)
        if rule.days < 0:
            send_on = days.at_or_before(counted)
        elif counted > until:  # rolling forward comes no sooner
            continue
        else:
            send_on = days.at_or_after(counted)
        if send_on <= until:
            come.append((send_on, rule))
    come.sort(key=itemgetter(0))
    return tuple(_scheduled(rule, send_on) for send_on, rule in come)


def too_late(scheduled: ScheduledNotice, as_of: date) -> ScheduledNotice:
    """Return the scheduled notice, skipped with the reason if it waited longer than it may.

    That a date has passed is never too late to say.
    """
    if scheduled.skipped or as_of <= scheduled.last_on or scheduled.kind in ALWAYS_SAID:
        return scheduled
    late, most = (as_of - scheduled.send_on).days, (scheduled.last_on - scheduled.send_on).days
    return scheduled._replace(skipped=f"{late} days late, and no help after {most}")


def _scheduled(rule: NoticeRule, send_on: date) -> ScheduledNotice:
    last_on = send_on + timedelta(days=rule.max_age_days) if rule.max_age_days else date.max
    return ScheduledNotice(rule.kind, rule.id, str(rule.at), send_on, rule.to, last_on=last_on)


def by_urgency(
    kind: NoticeKind, by_on: date | None, *, asks: bool, late: bool
) -> tuple[bool, bool, date, int]:
    """Return what sorts notices, the most urgent first.

    What asks for nothing comes last. Before it, what is `late` comes first; then it goes by the day that is
    asked for, and by kind.
    """
    return not asks, not late, by_on or date.max, _URGENCY.index(kind)


_URGENCY = (
    NoticeKind.CORRECTION,
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


def is_reminder(kind: NoticeKind, *, for_inputs: bool) -> bool:
    """Whether caps, pauses, distances and folding hold for a notice: whether it is a routine reminder.

    To tell a contributor that an input is late is one. To tell our own officers that a date of the cycle has
    passed is none, and is always said.
    """
    return kind in REMINDERS or (kind is NoticeKind.OVERDUE and for_inputs)


def coalesce(scheduled_notices: Sequence[ScheduledNotice]) -> list[tuple[ScheduledNotice, int]]:
    """Fold the reminders owed to one recipient on one day into the last of them, or into an overdue notice.

    Returns:
        Each with how many earlier ones it stands for; a folded one is skipped, with the reason.
    """
    sent = [
        scheduled for scheduled in scheduled_notices if scheduled.kind in CHASERS and not scheduled.skipped
    ]
    reminders = [
        scheduled
        for scheduled in sent
        if is_reminder(scheduled.kind, for_inputs=scheduled.about in FOR_INPUTS)
    ]
    overdue = [scheduled for scheduled in sent if scheduled not in reminders]
    into = next(reversed(overdue or reminders), None)
    folds = [scheduled for scheduled in reminders if scheduled is not into]
    return [
        (folded(scheduled, into), 0)
        if scheduled in folds
        else (scheduled, len(folds) if scheduled is into else 0)
        for scheduled in scheduled_notices
    ]


def folded(scheduled: ScheduledNotice, into: ScheduledNotice | None) -> ScheduledNotice:
    """Return the notice as skipped, because a later one goes to the same recipient on the same day."""
    return scheduled._replace(skipped=f"folded into {into.id}" if into else "folded")
