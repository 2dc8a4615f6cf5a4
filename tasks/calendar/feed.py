"""The calendar feed: due dates, targets, openings, milestones and meetings as iCalendar (RFC 5545).

Unchanged facts give unchanged bytes for a whole year: nothing in it is of the moment it is read. An event's
UID follows from its cycle and what it is of, never from its date.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from icalendar import Calendar, Event

from input_packages.labels import date_label
from language.catalogues import english, translations
from language.direction import said_in
from language.explanations import sentence
from notifications.calendar_entries import Certain, plain
from notifications.calendar_entries import entry as calendar_entry
from policies.facts.facts import Facts
from policies.obligations.obligations import Obligation
from policies.people.deriving import directory_on
from policies.recurrence.cycle_key import CycleKey
from policies.status.explanation import steps
from policies.status.status import Turn
from records.cycles import AnnouncedDate, announcements
from tasks.calendar.feed_filter import FeedFilter
from tasks.calendar.feed_meetings import meeting_events
from tasks.enforcement.notice_contents import names
from tasks.installation.installation import Installation

if TYPE_CHECKING:
    from records.database import Session

_YEARS_BACK, _YEARS_AHEAD = 1, 5
_DATES = {"opens": "opens_on", "due": "due_on", "target": "target_on"}
# House practice, in days before an event.
_WARNINGS = {"due": (30, 7), "target": (14,), "inputs-due": (7,)}
_EVENT = english("%(step)s: %(title)s")
_READ_AGAIN = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar as bytes, and the tag by which a reader knows that it has them already (RFC 9110, 8.8.3)."""

    content: bytes
    etag: str
    events: int


@dataclass(frozen=True, slots=True)
class _Entry:
    which: str
    cycle: str
    on: date
    title: str
    text: str
    certain: Certain
    sequence: int
    stamped_at: datetime


def feed(
    session: "Session", installation: Installation, facts: Facts, as_of: date, feed_filter: FeedFilter
) -> Feed:
    """Return the calendar of a scope as of a day.

    Raises:
        UnknownObligationError: the pack has no such obligation.
    """
    pack = installation.pack
    told = announcements(session)
    wanted = (
        [pack.obligation(feed_filter.obligation)] if feed_filter.obligation else pack.obligations.values()
    )
    mine = [
        each
        for each in wanted
        if feed_filter.actor is None or feed_filter.actor in (*each.actors, "secretariat")
    ]
    domain = directory_on(facts.who, as_of).sender.address.partition("@")[2]
    kinds = {each.id for each in mine} if feed_filter.obligation or feed_filter.actor else None
    meetings = meeting_events(session, kinds, domain=domain, language=feed_filter.language)
    events = [
        *(
            _event(entry, domain, feed_filter.language)
            for obligation in sorted(mine, key=lambda each: each.id)
            for entry in _of_obligation(installation, obligation, facts, as_of, told, feed_filter.language)
        ),
        *(event for event in meetings if _within(event.start, as_of)),
    ]
    calendar = _calendar(installation, feed_filter)
    for event in events:
        calendar.add_component(event)
    content = calendar.to_ical()
    return Feed(content, f'"{hashlib.sha256(content).hexdigest()[:32]}"', len(events))


def _calendar(installation: Installation, feed_filter: FeedFilter) -> Calendar:
    institution = plain(said_in(feed_filter.language, installation.pack.instrument.institution))
    made = Calendar()
    made.add("prodid", "-//Mandate Keeper//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("name", institution)
    made.add("x-wr-calname", institution)
    made.add("refresh-interval", _READ_AGAIN, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT6H")
    return made


def _of_obligation(
    installation: Installation,
    obligation: Obligation,
    facts: Facts,
    as_of: date,
    told: Mapping[str, Sequence[AnnouncedDate]],
    language: str,
) -> Iterator[_Entry]:
    status = installation.pack.status(obligation.id, facts, as_of, _last_day(as_of))
    title = said_in(language, obligation.title)
    derived = {turn.cycle.key: turn for turn in status.turns}
    for key, turn in derived.items():
        for entry in _of_turn(installation, obligation, turn, told.get(key, ()), language):
            if _within(entry.on, as_of):
                yield entry
    mine = {key: rows for key, rows in told.items() if CycleKey.parse(key).obligation == obligation.id}
    for key, rows in mine.items():
        yield from _withdrawn(key, rows, derived.get(key), title)


def _within(on: date, as_of: date) -> bool:
    """Whether the feed of a day reaches to another: by whole years, so that its bytes last as long."""
    return date(as_of.year - _YEARS_BACK, 1, 1) <= on <= _last_day(as_of)


def _last_day(as_of: date) -> date:
    return date(as_of.year + _YEARS_AHEAD, 12, 31)


def _of_turn(
    installation: Installation,
    obligation: Obligation,
    turn: Turn,
    told: Sequence[AnnouncedDate],
    language: str,
) -> Iterator[_Entry]:
    cycle = turn.cycle
    dates = {which: on for which, name in _DATES.items() if (on := getattr(cycle, name))}
    if not cycle.met_on and not cycle.projected:
        dates |= {str(step.id): step.on for step in turn.milestones}
    unsure = cycle.tentative or cycle.projected
    text = _why(installation, obligation, turn, language)
    for which, on in dates.items():
        yield _Entry(
            which=which,
            cycle=cycle.key,
            on=on,
            title=said_in(language, obligation.title),
            text=text,
            certain=Certain.TENTATIVE if unsure else Certain.CONFIRMED,
            sequence=max(0, len(told) - 1) + _moved_since(turn, told),
            stamped_at=_stamp(turn, told),
        )


def _why(installation: Installation, obligation: Obligation, turn: Turn, language: str) -> str:
    named = names(installation.pack, turn.cycle)
    derived = steps(turn.cycle, ", ".join(obligation.provisions))
    return "\n".join(sentence(step, language, named) for step in derived)


def _moved_since(turn: Turn, told: Sequence[AnnouncedDate]) -> int:
    cycle = turn.cycle
    return int(bool(told) and (told[-1].due_on, told[-1].target_on) != (cycle.due_on, cycle.target_on))


def _stamp(turn: Turn, told: Sequence[AnnouncedDate]) -> datetime:
    if told:
        return told[-1].recorded_at
    return datetime.combine(turn.cycle.rule_in_force_from or date.min, time(), UTC)


def _withdrawn(key: str, rows: Sequence[AnnouncedDate], turn: Turn | None, title: str) -> Iterator[_Entry]:
    """Yield, as cancelled, the dates that people were told of and that are no dates of the cycle any more."""
    status = {which: getattr(turn.cycle, _DATES[which]) if turn else None for which in ("due", "target")}
    for which in ("due", "target"):
        last = next((on for row in reversed(rows) if (on := getattr(row, _DATES[which]))), None)
        if last and status[which] is None:
            yield _Entry(which, key, last, title, "", Certain.CANCELLED, len(rows), rows[-1].recorded_at)


def _event(entry: _Entry, domain: str, language: str) -> Event:
    step = date_label(_DATES.get(entry.which, entry.which), language)
    made = calendar_entry(
        cycle=entry.cycle,
        which=entry.which,
        on=entry.on,
        summary=translations(language).gettext(_EVENT) % {"step": step, "title": entry.title},
        description=entry.text,
        language=language,
        certain=entry.certain,
        sequence=entry.sequence,
        stamped_at=entry.stamped_at,
        domain=domain,
        warnings=_WARNINGS.get(entry.which, ()),
    )
    made.add("categories", [CycleKey.parse(entry.cycle).obligation])
    return made
