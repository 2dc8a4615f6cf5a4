"""Entries as a calendar (RFC 5545), for the attachment of a mail and for a feed.

An entry keeps its UID for as long as its cycle lives, so a date that moves moves the entry in the calendar
that has it already. Nothing in an entry says when it was made: the same entries are the same bytes.

Importing this module imports icalendar.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event, vCalAddress, vText

from notifications.published import Certain, EntryContent

_PRODUCT = "-//Mandate Keeper//Due dates//EN"


def entry(content: EntryContent, *, uid: str, sequence: int, stamped_at: datetime) -> Event:
    """Return one day as an all-day entry.

    Args:
        content: what it says.
        uid: the name it keeps for ever.
        sequence: its number; a program takes the entry with the highest.
        stamped_at: the aware instant of what it tells, from the record and never from a clock.
    """
    made, spoken_in = Event(), {"LANGUAGE": content.language}
    made.add("uid", uid)
    made.add("dtstamp", stamped_at.astimezone(UTC))
    made.add("sequence", sequence)
    made.add("status", content.status.value)
    made.add("dtstart", content.on)
    made.add("dtend", content.on + timedelta(days=1))
    made.add("transp", "TRANSPARENT")  # a due date does not make anybody busy
    made.add("summary", vText(content.summary), parameters=spoken_in)
    if content.description:
        made.add("description", vText(content.description), parameters=spoken_in)
    if content.organizer:
        made.add("organizer", vCalAddress(f"mailto:{content.organizer}"))
    for days in () if content.status is Certain.CANCELLED else content.warnings:
        made.add_component(_alarm(content.summary, days))
    if content.category:
        made.add("categories", [content.category])
    return made


def calendar(entries: Iterable[Event]) -> bytes:
    """Return entries, each with its organizer, as a file to publish by mail (RFC 5546, 3.2.1)."""
    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    for one in entries:
        made.add_component(one)
    return bytes(made.to_ical())


def _alarm(summary: str, days: int) -> Alarm:
    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("description", summary)
    made.add("trigger", timedelta(days=-days))
    return made
