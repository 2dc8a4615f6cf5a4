"""Catching up: the first day after a gap reports before it sends, when much is owed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from policies.plans.notices import ALWAYS_SAID, NoticeState
from policies.plans.work_back import CatchUp
from records.ledger.notices import Notice
from records.runs import ENFORCE, last_day_before

if TYPE_CHECKING:
    from records.database import Session


def gap_before(session: "Session", rule: CatchUp | None, as_of: date) -> int:
    """Return how many days lie between `as_of` and the enforcement before it; 0 where that is no gap."""
    before = last_day_before(session, ENFORCE, as_of)
    if rule is None or before is None:
        return 0
    days = (as_of - before).days
    return days if days > rule.gap_days else 0


def hold_after(gap: int, rule: CatchUp | None, notices: Sequence[Notice], now: datetime) -> list[str]:
    """Hold the notices that would leave, if they are many after a gap; return what there is to say.

    That a date has passed is not held: it is late already, and goes to our own officers.
    """
    leaving = [n for n in notices if n.state == NoticeState.ENTERED and n.kind not in ALWAYS_SAID]
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
