"""Catching up: the first run after a gap, or after an upgrade of the program, reports before it sends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from policies.plans.notices import ALWAYS_SAID, NoticeState
from policies.plans.work_back import CatchUp
from records.editions import last_engine
from records.ledger.notices import Notice
from records.runs import ENFORCE, last_day_before, last_run
from tasks.enforcement.editions import engine_digest
from tasks.installation.installation import Installation

if TYPE_CHECKING:
    from records.database import Session

AFTER_UPGRADE = "held until a person releases it, after an upgrade of the program"
"""How the cause of a notice ends that is held because another edition of the program enforced last."""


@dataclass(frozen=True, slots=True)
class Catching:
    """Why a run catches up: after how many days of a gap, and whether after an upgrade of the program."""

    gap: int
    upgraded: bool

    def __bool__(self) -> bool:
        return self.upgraded or self.gap > 0


def catching_up(session: "Session", installation: Installation, as_of: date) -> Catching:
    """Return whether a run for `as_of` catches up, and after what."""
    return Catching(
        gap_before(session, installation.pack.catch_up, as_of), upgraded_since(session, installation)
    )


def upgraded_since(session: "Session", installation: Installation) -> bool:
    """Return whether the last enforcement was by another edition of the engine than this one.

    Nothing says of runs from before editions were sealed by which one they were: it was another.
    """
    return last_run(session, ENFORCE) is not None and last_engine(session) != engine_digest(installation)


def gap_before(session: "Session", rule: CatchUp | None, as_of: date) -> int:
    """Return how many days lie between `as_of` and the enforcement before it; 0 where that is no gap."""
    before = last_day_before(session, ENFORCE, as_of)
    if rule is None or before is None:
        return 0
    days = (as_of - before).days
    return days if days > rule.gap_days else 0


def hold_after(
    catching: Catching, rule: CatchUp | None, notices: Sequence[Notice], now: datetime
) -> list[str]:
    """Hold the notices that would leave after an upgrade, or if they are many after a gap; say so.

    After a gap they leave by themselves later, after an upgrade when a person releases them. That a date has
    passed is not held: it is late already, and goes to our own officers.
    """
    leaving = [n for n in notices if n.state == NoticeState.ENTERED and n.kind not in ALWAYS_SAID]
    if catching.upgraded:
        return _hold_for_release(leaving)
    gap = catching.gap
    if not gap or rule is None or len(leaving) <= rule.hold_above:
        return []
    until = now + timedelta(hours=rule.hold_hours)
    for notice in leaving:
        notice.not_before_at = max(notice.not_before_at or until, until)
        notice.cause = f"{notice.cause}; held until {until:%Y-%m-%d %H:%M} UTC after a gap of {gap} days"
    finding = (
        f"the first run after a gap of {gap} days: {len(leaving)} notices are held until "
        f"{until:%Y-%m-%d %H:%M} UTC; see them with mandates notices, let them leave now with "
        "mandates notices release --held, or withhold one"
    )
    return [finding]


def _hold_for_release(leaving: Sequence[Notice]) -> list[str]:
    for notice in leaving:
        notice.state = NoticeState.AWAITING_RELEASE
        notice.cause = f"{notice.cause}; {AFTER_UPGRADE}"
    finding = (
        f"the first run after an upgrade of the program: what is newly owed, {len(leaving)} notices, is held "
        "until a person releases it; see it with mandates notices --state awaiting-release, let it leave "
        "with mandates notices release --held, or withhold one"
    )
    return [finding] if leaving else []
