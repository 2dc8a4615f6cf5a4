"""Dates of a cycle as entries of a calendar (RFC 5545), for the attachment of a mail and for a feed.

An entry keeps its UID for as long as its cycle lives, so a date that moves moves the entry in the calendar
that has it already. Nothing in an entry says when it was made: the same dates are the same bytes.

Importing this module imports icalendar.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from icalendar import Alarm, Calendar, Event, vText

from language.catalogues import spoken, translations
from language.direction import CLOSE_ISOLATE, OPEN_ISOLATE, said_in
from notifications.notice_content import NoticeContent

_PRODUCT = "-//Mandate Keeper//Due dates//EN"
_WARNING = (7,)  # days before it
_UNMARKED = dict.fromkeys(map(ord, OPEN_ISOLATE + CLOSE_ISOLATE))


class Which(StrEnum):
    """Which date of a cycle an entry is for."""

    DUE = "due"
    TARGET = "target"
    INPUTS_DUE = "inputs-due"


class Certain(StrEnum):
    """How certain the date of an entry is; a date that is withdrawn stays for a while, as cancelled."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


def uid(cycle: str, which: str, domain: str) -> str:
    """Return the name an entry keeps for ever; `domain` is that of the sender's address."""
    return f"{which}.{cycle.replace('/', '.')}@{domain}"


def entry(
    *,
    cycle: str,
    which: str,
    on: date,
    summary: str,
    description: str,
    language: str,
    certain: Certain,
    sequence: int,
    stamped_at: datetime,
    domain: str,
    warnings: Iterable[int] = _WARNING,
) -> Event:
    """Return one day of a cycle as an all-day entry.

    Args:
        cycle: the key of the cycle.
        which: which of its dates, or of its milestones.
        on: the day.
        summary: a line, in `language` as the description (ISO 639-1).
        description: what is to be known beside it.
        language: that of both.
        certain: whether the day is certain.
        sequence: how often the day has moved; a program takes the entry with the highest.
        stamped_at: the aware instant at which this was so, from the record and never from a clock.
        domain: that of the sender's address.
        warnings: how many days before it a calendar reminds by itself, where it heeds that at all.
    """
    made, spoken_in = Event(), {"LANGUAGE": language}
    made.add("uid", uid(cycle, which, domain))
    made.add("dtstamp", stamped_at.astimezone(UTC))
    made.add("sequence", sequence)
    made.add("status", certain.value)
    made.add("dtstart", on)
    made.add("dtend", on + timedelta(days=1))
    made.add("transp", "TRANSPARENT")  # a due date does not make anybody busy
    made.add("summary", vText(plain(summary)), parameters=spoken_in)
    if description:
        made.add("description", vText(plain(description)), parameters=spoken_in)
    for days in () if certain is Certain.CANCELLED else warnings:
        made.add_component(_alarm(plain(summary), days))
    return made


def calendar(entries: Iterable[Event]) -> bytes:
    """Return the entries as a file to publish."""
    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    for one in entries:
        made.add_component(one)
    return bytes(made.to_ical())


def due_dates(
    contents: Iterable[NoticeContent], language: str, *, stamped_at: datetime, domain: str
) -> bytes | None:
    """Return the dates that notices are about, in `language`, as a file; None where none has a date.

    `stamped_at` and `domain` are as in `entry`. A cycle that several notices are about is there
    once.
    """
    entries = {
        entry["UID"]: entry
        for content in contents
        for entry in entries_of(content, language, stamped_at=stamped_at, domain=domain)
    }
    return calendar(entries.values()) if entries else None


def entries_of(
    content: NoticeContent, language: str, *, stamped_at: datetime, domain: str
) -> Iterator[Event]:
    """Yield an entry for each date of a matter's cycle that is known, in `language`."""
    language = spoken(language)
    said = translations(language).gettext
    dates = {
        Which.DUE: (content.due_on, said("Due date")),
        Which.TARGET: (content.target_on, said("Target (house practice)")),
        Which.INPUTS_DUE: (content.inputs_due_on, said("Inputs due (house practice)")),
    }
    title, says = said_in(language, content.title), said_in(language, content.says)
    for which, (on, label) in dates.items():
        if on:
            yield entry(
                cycle=content.cycle,
                which=which,
                on=on,
                summary=f"{label}: {title}",
                description=f"{content.provision}: {says}\n{content.cycle}",
                language=language,
                certain=Certain.TENTATIVE if content.tentative else Certain.CONFIRMED,
                sequence=content.times_moved,
                stamped_at=stamped_at,
                domain=domain,
            )


def _alarm(summary: str, days: int) -> Alarm:
    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("description", summary)
    made.add("trigger", timedelta(days=-days))
    return made


def plain(words: str) -> str:
    """Return the words without isolates, which calendars show as boxes."""
    return words.translate(_UNMARKED)
