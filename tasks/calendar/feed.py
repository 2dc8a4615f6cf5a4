"""The calendar feed: due dates, targets, openings, milestones and meetings as iCalendar (RFC 5545).

The same entries, each with the number its reader knows it by, are the same bytes: nothing in them is of the
moment they are read. What a reader had and is no date any more stays for a while as cancelled.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from icalendar import Calendar, Journal

from language.catalogues import english, translations
from language.direction import said_in
from notifications.calendar_entries import entry
from notifications.published import Certain, EntryContent, line, uid
from policies.facts.facts import Facts
from policies.obligations.obligations import Obligation
from policies.people.deriving import directory_on
from records.cycles import announcements, last_announced_at
from records.database import writing
from records.facts.facts import last_recorded_at, read_facts
from records.published import ByUid, Published, publish, published_to
from tasks.calendar.feed_cycles import CyclesTold, cycles_told, withdrawn
from tasks.calendar.feed_filter import FeedFilter
from tasks.calendar.feed_meetings import meetings_told
from tasks.enforcement.publishing import UNDATED, Told, domain_of, numbered
from tasks.installation.installation import Installation

if TYPE_CHECKING:
    from records.database import Session

BY = "calendar"
_YEARS_BACK, _YEARS_AHEAD = 1, 5
_READ_AGAIN = timedelta(hours=6)
_CANCELLED_FOR = timedelta(days=90)
_NOTHING = english("There are no dates to show for now.")


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar as bytes, and the tag by which a reader knows that it has them already (RFC 9110, 8.8.3).

    `new` are the entries that its reader does not have, or has otherwise: to be recorded when it is given.
    """

    content: bytes
    etag: str
    events: int
    new: Sequence[Published]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is shown of the record, and to whom."""

    installation: Installation
    facts: Facts
    as_of: date
    wanted: FeedFilter
    known_at: datetime | None

    @property
    def first(self) -> date:
        """The first day shown: by whole years, so that the bytes last as long."""
        return self.wanted.first or date(self.as_of.year - _YEARS_BACK, 1, 1)

    @property
    def last(self) -> date:
        """The last day shown."""
        return self.wanted.last or date(self.as_of.year + _YEARS_AHEAD, 12, 31)

    @property
    def obligations(self) -> list[Obligation]:
        """What is shown, by its id."""
        pack, wanted = self.installation.pack, self.wanted
        found = [pack.obligation(wanted.obligation)] if wanted.obligation else pack.obligations.values()
        mine = (each for each in found if wanted.actor in (None, "secretariat", *each.actors))
        return sorted(mine, key=lambda each: each.id)

    @property
    def kinds(self) -> Collection[str] | None:
        """The ids of what is shown, where that is not all."""
        narrow = self.wanted.obligation or self.wanted.actor
        return {each.id for each in self.obligations} if narrow else None


def file_reader(language: str) -> str:
    """Return the reader that whoever is handed a file is."""
    return f"file:{language}"


def feed(
    session: "Session",
    installation: Installation,
    facts: Facts,
    as_of: date,
    feed_filter: FeedFilter,
    reader: str | None = None,
    known_at: datetime | None = None,
) -> Feed:
    """Return the calendar of a scope as of a day, for one `reader`, from what was on record at `known_at`.

    Raises:
        UnknownObligationError: the pack has no such obligation.
    """
    asked = _Asked(installation, facts, as_of, feed_filter, known_at)
    reader = reader or file_reader(feed_filter.language)
    domain, had = domain_of(session, directory_on(facts.who, as_of)), published_to(session, reader, known_at)
    entries = [
        (content, each)
        for content, each in _published(session, asked, reader, domain, had)
        if asked.first <= content.on <= asked.last and not _over(content, each, had.get(each.uid), as_of)
    ]
    calendar = _calendar(installation, feed_filter)
    for content, each in entries:
        calendar.add_component(
            entry(content, uid=each.uid, sequence=each.sequence, stamped_at=each.stamped_at)
        )
    if not entries:
        calendar.add_component(_note(asked, domain))
    content = calendar.to_ical()
    new = [each for _, each in entries if had.get(each.uid) is not each]
    return Feed(content, f'"{hashlib.sha256(content).hexdigest()[:32]}"', len(entries), new)


def give(
    installation: Installation, as_of: date, feed_filter: FeedFilter, reader: str | None, now: datetime
) -> Feed:
    """Return the calendar of a scope as it is given to a reader `now`, and record what is new in it."""
    with writing(installation.engine) as session:
        given = feed(session, installation, read_facts(session), as_of, feed_filter, reader)
        publish(session, given.new, now, BY)
    return given


def _published(
    session: "Session", asked: _Asked, reader: str, domain: str, had: ByUid
) -> list[tuple[EntryContent, Published]]:
    told = [*_told(session, asked, domain, had)]
    entries = numbered(reader, domain, told, had)
    if all(had.get(each.uid) is each for _, each in entries):
        return entries
    at = _at(session, asked)
    dated = (each if each.at != UNDATED else replace(each, at=at) for each in told)
    return numbered(reader, domain, dated, had)


def _told(session: "Session", asked: _Asked, domain: str, had: ByUid) -> Iterator[Told]:
    """Yield what the reader is told: every date there is, and those it `had` that are none any more."""
    announced, language = announcements(session, asked.known_at), asked.wanted.language
    pack = asked.installation.pack
    seen: set[str] = set()
    cycles = {
        each.id: cycles_told(pack, each, asked.facts, asked.as_of, asked.last, announced, language)
        for each in asked.obligations
    }
    for each in cycles.values():
        for told in each.dates():
            seen.add(uid(told.content.cycle, told.content.which, domain))
            yield replace(told, content=told.content.warning_from(asked.as_of))
        for told in each.withdrawn():
            if uid(told.content.cycle, told.content.which, domain) not in had:
                yield told
    for told in meetings_told(session, asked.kinds, language, asked.known_at):
        seen.add(uid(told.content.cycle, told.content.which, domain))
        yield replace(told, content=told.content.warning_from(asked.as_of))
    for name, last in had.items():
        if name not in seen:
            yield from _gone(EntryContent.from_json(last.content), asked, cycles)


def _gone(had: EntryContent, asked: _Asked, cycles: Mapping[str, CyclesTold]) -> Iterator[Told]:
    """Yield what a reader had and the record does not give any more, as cancelled."""
    if asked.kinds is None or had.category in asked.kinds:
        of_it = cycles.get(had.category or "")
        yield Told(of_it.gone(had) if of_it else withdrawn(had), UNDATED)


def _over(content: EntryContent, each: Published, had: Published | None, as_of: date) -> bool:
    """Whether a cancelled entry was shown long enough; to a reader who never had it, it need not be."""
    cancelled = content.status is Certain.CANCELLED and had in (None, each)
    return cancelled and each.stamped_at.date() + _CANCELLED_FOR < as_of


def _at(session: "Session", asked: _Asked) -> datetime:
    """Return the instant of what a calendar tells: when anything was recorded or announced last."""
    known = (last_recorded_at(session, asked.known_at), last_announced_at(session, asked.known_at))
    return max((at for at in known if at), default=_midnight(asked.first))


def _calendar(installation: Installation, feed_filter: FeedFilter) -> Calendar:
    institution = line(said_in(feed_filter.language, installation.pack.instrument.institution))
    made = Calendar()
    made.add("prodid", "-//Mandate Keeper//EN")
    made.add("version", "2.0")
    made.add("name", institution)
    made.add("x-wr-calname", institution)
    made.add("refresh-interval", _READ_AGAIN, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT6H")
    return made


def _note(asked: _Asked, domain: str) -> Journal:
    """Return what stands in a calendar without entries: with nothing, it would be none (RFC 5545, 3.6)."""
    made = Journal()
    made.add("uid", f"nothing@{domain}")
    made.add("dtstamp", _midnight(asked.first))
    made.add("dtstart", asked.first)
    words = translations(asked.wanted.language).gettext(_NOTHING)
    made.add("summary", line(words), parameters={"LANGUAGE": asked.wanted.language})
    return made


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time(), UTC)
