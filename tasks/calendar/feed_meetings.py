"""The meetings in the calendar feed: each on the day it is called for, and from the day it was held on.

A meeting that is called off stays for a while, as cancelled.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from language.catalogues import english, translations
from language.dates import format_date
from notifications.published import Certain, EntryContent, line, plain
from records.facts.facts import in_force
from records.facts.meetings import Cancellation, Convening, Meeting
from tasks.enforcement.publishing import Told

if TYPE_CHECKING:
    from records.database import Session

_WHICH = "meeting"
_WARNINGS = (7,)  # days before it
_OFF = english("The meeting was called off on %(date)s: %(reason)s")


def meetings_told(
    session: "Session", kinds: Collection[str] | None, language: str, known_at: datetime | None
) -> Iterator[Told]:
    """Yield each meeting that was called by `known_at`, of some kinds or of all, in the order of its names.

    Title, place and source stand as they were recorded, in whatever language; `language` is the calendar's.
    """
    calls: defaultdict[str, list[Convening]] = defaultdict(list)
    for call in in_force(session, Convening, known_at):
        if kinds is None or call.kind in kinds:
            calls[call.meeting].append(call)
    held = {meeting.meeting: meeting for meeting in in_force(session, Meeting, known_at)}
    off = {each.meeting: each for each in in_force(session, Cancellation, known_at)}
    for name in sorted(calls):
        yield _told(calls[name], held.get(name), off.get(name), language)


def _told(calls: Sequence[Convening], held: Meeting | None, off: Cancellation | None, language: str) -> Told:
    latest = calls[-1]
    if off and off.recorded_at < latest.recorded_at:
        off = None  # called again since, as was possible once
    content = EntryContent(
        cycle=latest.meeting,
        which=_WHICH,
        on=(held.began_on or held.held_on) if held else latest.starts_on,
        summary=line(latest.title),
        description=plain("\n".join(words for words in (latest.place, latest.source) if words)),
        language=language,
        status=Certain.CONFIRMED,
        warnings=() if held else _WARNINGS,
        category=latest.kind,
    )
    if off:
        why = translations(language).gettext(_OFF)
        on = format_date(off.cancelled_on, language)
        content = content.cancelled(why % {"date": on, "reason": off.reason})
    told = [*calls, *(each for each in (held, off) if each)]
    return Told(content, max(each.recorded_at for each in told), len(told) - 1)
