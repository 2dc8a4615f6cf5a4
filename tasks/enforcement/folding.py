"""What could not leave in time is folded into what is owed by now, so that one letter does for several."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from notifications.notice_content import from_json, to_json
from policies.plans.notices import CHASERS, FOR_INPUTS, NoticeKind, NoticeState, ScheduledNotice, is_reminder
from records.ledger.notices import UNSENT, Ledger, Notice, move_all
from records.runs import ENFORCE
from tasks.enforcement.naming import named
from tasks.status.open_cycles import Addressed, OpenCycle

if TYPE_CHECKING:
    from records.database import Session

To = tuple[str, str]  # a person and a channel


def waiting_for(
    open_cycle: OpenCycle, due: Iterable[Addressed], ledger: Ledger
) -> dict[To, dict[str, ScheduledNotice]]:
    """Return the reminders and openings that wait to leave and can be folded: for each recipient, by key."""
    found: defaultdict[To, dict[str, ScheduledNotice]] = defaultdict(dict)
    for each in named(open_cycle, due, ledger):
        key = open_cycle.key(each.scheduled, each.person, each.channel)
        entry = ledger.get(key)
        if (
            entry
            and entry.state in UNSENT
            and (_is_reminder(each.scheduled) or _is_opening(each.scheduled.kind))
        ):
            found[each.person, each.channel][key] = each.scheduled
    return dict(found)


def without(ledger: Ledger, waiting: Iterable[Collection[str]]) -> Ledger:
    """Return the ledger as if what waits had been folded: it is no reminder that anybody had."""
    folded = {key for keys in waiting for key in keys}
    return {
        key: replace(entry, state=NoticeState.SKIPPED) if key in folded else entry
        for key, entry in ledger.items()
    }


def fold(
    session: "Session",
    waiting: Mapping[To, Mapping[str, ScheduledNotice]],
    notices: Sequence[Notice],
    at: datetime,
) -> list[str]:
    """Fold what waits into the last of the new `notices` that chases the same recipient and leaves now.

    The notice then says how many reminders it stands for.

    Returns:
        The keys of what was folded.
    """
    done: list[str] = []
    for to, scheduled_notices in waiting.items():
        into = next((new for new in reversed(notices) if _chases_now(new, to)), None)
        if into is None:
            continue
        reminders = [key for key, scheduled in scheduled_notices.items() if _is_reminder(scheduled)]
        openings = [key for key, scheduled in scheduled_notices.items() if _is_opening(scheduled.kind)]
        values = {"state": NoticeState.SKIPPED, "not_before_at": None}
        for keys, cause in (
            (reminders, f"folded into {into.rung}, owed before it could leave"),
            (openings, f"overtaken by {into.rung} before it could leave"),
        ):
            done += move_all(session, keys, UNSENT, values, cause, at, ENFORCE)
        content = from_json(into.matter)
        into.matter = to_json(replace(content, folded=content.folded + len(reminders)))
    return done


def _chases_now(notice: Notice, to: To) -> bool:
    leaves = notice.state == NoticeState.ENTERED and notice.not_before_at is None
    return leaves and notice.kind in CHASERS and (notice.person, notice.channel) == to


def _is_reminder(scheduled: ScheduledNotice) -> bool:
    return is_reminder(scheduled.kind, for_inputs=scheduled.about in FOR_INPUTS)


def _is_opening(kind: NoticeKind) -> bool:
    return kind is NoticeKind.OPENING
