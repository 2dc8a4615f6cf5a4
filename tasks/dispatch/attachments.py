"""What a mail does to its reader's calendar: the dates it brings, those it moves, those it takes out.

A preview and what leaves are made here in the same way, so they are the same bytes.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from language.catalogues import english, translations
from language.dates import format_date
from notifications.channels import Takes
from notifications.notice_content import NoticeContent, from_json
from notifications.published import Certain, EntryContent, Which, contents_of
from policies.people.directory import Directory
from policies.plans.notices import FOR_INPUTS, INITIAL_NOTICES, NoticeClass, NoticeKind
from records.ledger.notices import Notice
from records.ledger.said import entered_at, mailed_before
from records.published import Published, published_to
from tasks.dispatch.letters import Letter, content_in, delivery_to, letter_about
from tasks.enforcement.publishing import Told, domain_of, numbered, person
from tasks.installation.installation import Installation

if TYPE_CHECKING:
    from records.database import Session

# What states dates for the first time, or new ones, brings all of them for the calendar.
_WITH_DATES = INITIAL_NOTICES | {NoticeKind.CHANGE_OF_DATE}
_COMPLETED = english("It was completed on %(date)s.")
_WITHDRAWN = english("It no longer follows from the recorded facts.")
_NO_DATE = english("There is no such date for now: the date from which it runs is not known.")
Entries = dict[str, EntryContent]  # of one cycle, by which of its dates they are


@dataclass(frozen=True, slots=True)
class Written:
    """A letter, and the entries that its reader has once it has left and had not before."""

    letter: Letter
    entries: Sequence[Published]


def written_about(
    session: "Session",
    installation: Installation,
    directory: Directory,
    notices: Sequence[Notice],
    as_of: date,
    now: datetime,
    takes: Takes,
) -> Written:
    """Return the exact message of what is owed to one person, with its calendar; raises as `letter_about`.

    What it publishes is the caller's to record, once the letter is certain.
    """
    calendar: bytes | None = None
    new: list[Published] = []
    signed = notices[0].notice_class == NoticeClass.SIGNED
    if not signed and (takes is Takes.MAIL or installation.settings.trial):
        language = delivery_to(directory, notices[0].person).to.language
        calendar, new = _calendar(session, installation, directory, notices, language)
    return Written(letter_about(installation, directory, notices, as_of, now, takes, calendar), new)


def _calendar(
    session: "Session",
    installation: Installation,
    directory: Directory,
    notices: Sequence[Notice],
    language: str,
) -> tuple[bytes | None, list[Published]]:
    reader = person(installation, notices[0].person)
    last = published_to(session, reader, cycles=dict.fromkeys(notice.cycle for notice in notices))
    told = _told(session, installation, directory, notices, language, last)
    if not told:
        return None, []
    from notifications.calendar_entries import calendar, entry  # noqa: PLC0415 (icalendar takes a while to load)

    entries = numbered(reader, domain_of(session, directory), told, last)
    made = (
        entry(content, uid=each.uid, sequence=each.sequence, stamped_at=each.stamped_at)
        for content, each in entries
    )
    return calendar(made), [each for _, each in entries if last.get(each.uid) is not each]


def _told(
    session: "Session",
    installation: Installation,
    directory: Directory,
    notices: Sequence[Notice],
    language: str,
    last: Mapping[str, Published],
) -> list[Told]:
    """Return what a letter states of each date: where several notices do, what the last of them says."""
    at, zone = entered_at(session, [n.notice_key for n in notices]), ZoneInfo(installation.zone)
    organizer = directory.sender.address
    told: dict[tuple[str, str], Told] = {}
    for notice in sorted(notices, key=lambda notice: (at[notice.notice_key], notice.notice_key)):
        content, entered = content_in(notice), at[notice.notice_key]
        kept = [*_entries(last, notice.cycle)] or _mailed_before(session, notice, at, language)
        had = {each.which: replace(each, organizer=organizer) for each in kept}
        brought = {each.which: each for each in contents_of(content, language, organizer)}
        entries = _entries_for(content, brought, had, language)
        if content.kind in _WITH_DATES or content.met_on:
            told = {key: each for key, each in told.items() if key[0] != notice.cycle}
        for which, each in entries.items():
            counted = content.times_moved + (each.status is Certain.CANCELLED)
            shown = each.warning_from(entered.astimezone(zone).date())
            told[notice.cycle, which] = Told(shown, entered, counted)
    return list(told.values())


def _entries(last: Mapping[str, Published], cycle: str) -> Iterator[EntryContent]:
    yield from (EntryContent.from_json(each.content) for each in last.values() if each.cycle == cycle)


def _mailed_before(
    session: "Session", notice: Notice, besides: Collection[str], language: str
) -> list[EntryContent]:
    """Return what a mail brought somebody before publications were kept."""
    matter = mailed_before(session, notice.person, notice.cycle, _WITH_DATES, besides)
    return [*contents_of(from_json(matter), language, "")] if matter else []


def _entries_for(content: NoticeContent, brought: Entries, had: Entries, language: str) -> Entries:
    """Return what a notice makes of the dates it brings and of those that its reader `had`."""
    said = translations(language).gettext
    if content.met_on:
        why = said(_COMPLETED) % {"date": format_date(content.met_on, language)}
        return {which: each.cancelled(why, met=True) for which, each in had.items()}
    if content.kind in _WITH_DATES:
        gone = {which: each for which, each in had.items() if which not in brought}
        return brought | {which: each.cancelled(said(_why(content, which))) for which, each in gone.items()}
    moved = content.about in FOR_INPUTS and Which.INPUTS_DUE in had and Which.INPUTS_DUE in brought
    own = {Which.INPUTS_DUE: brought[Which.INPUTS_DUE]} if moved else {}
    return {which: each for which, each in own.items() if each.on != had[which].on}


def _why(content: NoticeContent, which: str) -> str:
    """Return why a change of date takes one of the dates out."""
    of_the_plan = which == Which.INPUTS_DUE and content.plan_on
    return _WITHDRAWN if content.withdrawn or of_the_plan else _NO_DATE
