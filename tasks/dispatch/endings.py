"""How an attempt to send ends for a notice, and when what did not leave is tried again.

What a server refused for now is given up after some attempts. What nobody refused is not: whoever could not
be reached is to be reached once the way out is mended.
"""

from datetime import datetime
from typing import NamedTuple

from notifications.channels import Outcome, Verdict
from policies.plans.notices import NoticeClass, NoticeState
from records.ledger.notices import Notice
from records.ledger.outages import WAITS, wait_after

_LAST = {
    Outcome.SENT: NoticeState.SENT,
    Outcome.REFUSED_FOR_GOOD: NoticeState.REFUSED,
    Outcome.UNKNOWN: NoticeState.UNKNOWN,
}


class Ending(NamedTuple):
    """The state an attempt leaves a notice in, why, when it may be tried again, and its attempts so far."""

    state: NoticeState
    cause: str
    again_at: datetime | None
    attempts: int


def ending(notice: Notice, verdict: Verdict, now: datetime) -> Ending:
    """Return how an attempt ended for a notice that was claimed for it.

    What reached nobody is no attempt of the notice: its channel waits, and all that is to leave by it.
    """
    tried = notice.attempts
    if verdict.outcome is Outcome.SENT and notice.notice_class == NoticeClass.SIGNED:
        return Ending(NoticeState.DRAFTED, f"draft for signature: {verdict.text}", None, tried)
    if state := _LAST.get(verdict.outcome):
        return Ending(state, verdict.text, None, tried)
    if verdict.outcome is Outcome.UNREACHED:
        return Ending(NoticeState.ENTERED, f"nobody could be reached: {verdict.text}", None, tried - 1)
    if verdict.outcome is Outcome.LATER:
        return Ending(NoticeState.ENTERED, f"not taken yet: {verdict.text}", now + wait_after(tried), tried)
    if tried > len(WAITS):
        return Ending(NoticeState.REFUSED, f"given up after {tried} attempts: {verdict.text}", None, tried)
    return Ending(NoticeState.ENTERED, f"refused for now: {verdict.text}", now + wait_after(tried), tried)
