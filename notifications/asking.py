"""By when a reply is asked for, where neither the text nor the plan names a day for it."""

from datetime import date, timedelta

from notifications.notice_content import NoticeContent
from policies.plans.notices import NoticeKind

_WEEK = timedelta(days=7)
_ASKING_FOR_A_REPLY = frozenset(
    {NoticeKind.ESCALATION, NoticeKind.HAND_OVER, NoticeKind.FOR_DECISION, NoticeKind.WAY_FORWARD}
)


def reply_by(content: NoticeContent, as_of: date) -> date | None:
    """Return the day by which a letter that leaves on `as_of` asks for a reply; None where it asks for none.

    It is a week later, or the day of the cycle that comes sooner: the next step, or the deadline that
    somebody has asked to move. This is internal practice, and no letter says that the text requires it.
    """
    if content.kind not in _ASKING_FOR_A_REPLY:
        return None
    days = [content.next_step_on]
    if content.kind is NoticeKind.FOR_DECISION:
        days.append(content.inputs_due_on)
    within = [on for on in days if on is not None and as_of <= on < as_of + _WEEK]
    return min(within, default=as_of + _WEEK)
