"""Which of several notices to one reader a letter tells: the latest of those that ask the same."""

from collections.abc import Iterable
from datetime import date

from notifications.notice_content import NoticeContent, most_urgent_first
from policies.plans.notices import CHASERS, NoticeKind

# From the first to the latest of those that ask for the same.
_STAGES = (
    NoticeKind.OPENING,
    NoticeKind.REMINDER,
    NoticeKind.LAST_REMINDER,
    # Who was never written to before is asked, not reminded.
    NoticeKind.CALL_FOR_INPUTS,
    NoticeKind.OVERDUE,
)


def told_once(contents: Iterable[NoticeContent], as_of: date) -> list[NoticeContent]:
    """Return what a letter tells, the most urgent first; what a later notice asks as well is left out."""
    latest: dict[tuple[str, str], NoticeContent] = {}
    for content in most_urgent_first(contents, as_of):
        topic = content.cycle, _topic(content)
        before = latest.get(topic)
        if before is None or _stage(content) > _stage(before):
            latest[topic] = content
    return most_urgent_first(latest.values(), as_of)


def _topic(content: NoticeContent) -> str:
    """Return what a notice asks for: an input, what completes the cycle, or what its kind alone asks."""
    if content.about_inputs:
        return "input"
    completes = content.kind is NoticeKind.OPENING or content.kind in CHASERS
    return "completion" if completes else f"{content.kind} {content.notice_key}"


def _stage(content: NoticeContent) -> int:
    return _STAGES.index(content.kind) if content.kind in _STAGES else 0
