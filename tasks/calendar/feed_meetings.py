"""The meetings in the calendar feed: each on the day it is called for, and from the day it was held on.

A meeting that is called off stays for a while, as cancelled.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from icalendar import Event

from notifications.calendar_entries import Certain
from notifications.calendar_entries import entry as calendar_entry
from records.facts.facts import in_force
from records.facts.meetings import Cancellation, Convening, Meeting

if TYPE_CHECKING:
    from records.database import Session

_WHICH = "meeting"


def meeting_events(
    session: "Session", kinds: Collection[str] | None, *, domain: str, language: str
) -> Iterator[Event]:
    """Yield the entry of each meeting that was called, of some kinds or of all, in the order of its names.

    Title, place and source stand as they were recorded, in whatever language; `language` is the calendar's.
    """
    calls: defaultdict[str, list[Convening]] = defaultdict(list)
    for call in in_force(session, Convening):
        if kinds is None or call.kind in kinds:
            calls[call.meeting].append(call)
    held = {meeting.meeting: meeting for meeting in in_force(session, Meeting)}
    off = {each.meeting: each for each in in_force(session, Cancellation)}
    for name in sorted(calls):
        yield _event(calls[name], held.get(name), off.get(name), domain, language)


def _event(
    calls: Sequence[Convening], held: Meeting | None, off: Cancellation | None, domain: str, language: str
) -> Event:
    latest = calls[-1]
    told = [*calls, *(each for each in (held, off) if each)]
    made = calendar_entry(
        cycle=latest.meeting,
        which=_WHICH,
        on=(held.began_on or held.held_on) if held else latest.starts_on,
        summary=latest.title,
        description="\n".join(words for words in (latest.place, latest.source) if words),
        language=language,
        certain=Certain.CANCELLED if off else Certain.CONFIRMED,
        sequence=len(told) - 1,
        stamped_at=max(each.recorded_at for each in told),
        domain=domain,
    )
    made.add("categories", [latest.kind])
    return made
