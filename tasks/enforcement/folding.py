"""What could not leave in time is folded into what is owed by now, so that one letter does for several."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from notifications.notice_content import from_json, to_json
from policies.plans.notices import CHASERS, FOR_INPUTS, NoticeKind, NoticeState, Rung, is_reminder
from records.ledger.notices import READY, Ledger, Notice, move_all
from records.runs import ENFORCE
from tasks.enforcement.notices import named
from tasks.status.open_cycles import Addressed, Docket

if TYPE_CHECKING:
    from records.database import Session

To = tuple[str, str]  # a person and a channel


def waiting_for(docket: Docket, due: Iterable[Addressed], ledger: Ledger) -> dict[To, dict[str, Rung]]:
    """Return the reminders and openings that wait to leave and can be folded: for each recipient, by key."""
    found: defaultdict[To, dict[str, Rung]] = defaultdict(dict)
    for each in named(docket, due, ledger):
        key = docket.key(each.rung, each.person, each.channel)
        entry = ledger.get(key)
        if entry and entry.state in READY and (_is_reminder(each.rung) or _is_opening(each.rung.kind)):
            found[each.person, each.channel][key] = each.rung
    return dict(found)


def without(ledger: Ledger, waiting: Iterable[Collection[str]]) -> Ledger:
    """Return the ledger as if what waits had been folded: it is no reminder that anybody had."""
    folded = {key for keys in waiting for key in keys}
    return {
        key: replace(entry, state=NoticeState.SKIPPED) if key in folded else entry
        for key, entry in ledger.items()
    }


def fold(
    session: "Session", waiting: Mapping[To, Mapping[str, Rung]], notices: Sequence[Notice], at: datetime
) -> list[str]:
    """Fold what waits into the last of the new `notices` that chases the same recipient and leaves now.

    The notice then says how many reminders it stands for.

    Returns:
        The keys of what was folded.
    """
    done: list[str] = []
    for to, rungs in waiting.items():
        into = next((new for new in reversed(notices) if _chases_now(new, to)), None)
        if into is None:
            continue
        reminders = [key for key, rung in rungs.items() if _is_reminder(rung)]
        openings = [key for key, rung in rungs.items() if _is_opening(rung.kind)]
        for keys, state, cause in (
            (reminders, NoticeState.SKIPPED, f"folded into {into.rung}, owed before it could leave"),
            (openings, NoticeState.SUPERSEDED, f"overtaken by {into.rung} before it could leave"),
        ):
            values = {"state": state, "not_before_at": None}
            done += move_all(session, keys, READY, values, cause, at, ENFORCE)
        matter = from_json(into.matter)
        into.matter = to_json(replace(matter, folded=matter.folded + len(reminders)))
    return done


def _chases_now(notice: Notice, to: To) -> bool:
    leaves = notice.state == NoticeState.ENTERED and notice.not_before_at is None
    return leaves and notice.kind in CHASERS and (notice.person, notice.channel) == to


def _is_reminder(rung: Rung) -> bool:
    return is_reminder(rung.kind, for_inputs=rung.about in FOR_INPUTS)


def _is_opening(kind: NoticeKind) -> bool:
    return kind is NoticeKind.OPENING
