"""The notices a cycle owes: rungs of a ladder, each on its day, each to its audience, each once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo

from policies.clocks.question import Strict
from policies.counting import Unit, shift
from policies.milestones import MilestoneId
from policies.problems import mistake
from policies.working_days import WorkingDays


class NoticeKind(StrEnum):
    """What a notice is for."""

    OPENING = "opening"
    CALL_FOR_INPUTS = "call-for-inputs"
    REMINDER = "reminder"
    LAST_REMINDER = "last-reminder"
    OVERDUE = "overdue"
    ESCALATION = "escalation"
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
FOR_INPUTS = frozenset({MilestoneId.CALL_FOR_INPUTS, MilestoneId.INPUTS_DUE})


def _somebody(name: str, info: ValidationInfo) -> str:
    """Refuse a name that is not among those the validation is told of, where it is told of any."""
    if info.context is not None and name not in info.context:
        raise mistake(repr(name), f"one of: {', '.join(sorted(info.context))}")
    return name


Somebody = Annotated[str, AfterValidator(_somebody)]


class RungRule(Strict):
    """A notice `days` after (before, when negative) a milestone or a date of the cycle.

    `to` names parts in the obligation (holder, supports, consulted, contributors) or actors.
    """

    kind: NoticeKind
    at: RungAt | MilestoneId
    days: Annotated[int, Field(ge=-400, le=400)] = 0
    to: Annotated[tuple[Somebody, ...], Field(min_length=1)]

    @property
    def id(self) -> str:
        """Its name in every key: `inputs-due-14`, `due+1`."""
        return f"{self.at}{self.days:+d}" if self.days else str(self.at)


@dataclass(frozen=True, slots=True)
class Rung:
    """One notice of a cycle's ladder, before it is known who its recipients are.

    `id` is its name in every key (`inputs-due-14`, `due+1`); `about` is what it counts towards. A rung with
    a `skipped` reason is not sent: the ledger keeps it with the reason.
    """

    kind: NoticeKind
    id: str
    about: str
    send_on: date
    to: tuple[str, ...]
    skipped: str | None = None


def ladder(rules: Iterable[RungRule], dates: Mapping[str, date], days: WorkingDays) -> tuple[Rung, ...]:
    """Return the rungs whose date is known, the earliest first.

    A rung before its date rolls back to a working day, one on or after its date rolls forward.
    """
    rungs = [_rung(rule, dates[rule.at], days) for rule in rules if rule.at in dates]
    return tuple(sorted(rungs, key=lambda rung: rung.send_on))


def _rung(rule: RungRule, base: date, days: WorkingDays) -> Rung:
    counted = shift(base, rule.days, Unit.DAYS)
    send_on = days.at_or_before(counted) if rule.days < 0 else days.at_or_after(counted)
    return Rung(rule.kind, rule.id, str(rule.at), send_on, rule.to)


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
    reason = f"folded into {into.id}" if into else "folded"
    return Rung(rung.kind, rung.id, rung.about, rung.send_on, rung.to, skipped=reason)
