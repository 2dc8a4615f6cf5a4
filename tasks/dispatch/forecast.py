"""The forecast: the ledger as it is, and as it will be after the coming days."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from policies.people.directory import Directory
from policies.plans.notices import NoticeState
from policies.recurrence.cycle_key import CycleKey
from records.database import writing
from records.ledger.claims import answer, claim, to_leave
from records.ledger.notices import UNSENT, Notice, move_all, notices_of
from records.published import publish
from tasks.dispatch.attachments import written_about
from tasks.dispatch.channels import takes_of
from tasks.dispatch.dispatching import BY, FAULTS
from tasks.dispatch.letters import Letter
from tasks.enforcement.enforcement import enforce_within
from tasks.installation.installation import Installation
from tasks.installation.who import directory_at

if TYPE_CHECKING:
    from records.database import Session


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A notice in the ledger, or one that will be; those to come are `planned`."""

    notice: Notice
    obligation: str
    language: str
    state: str

    def as_json(self) -> dict[str, str]:
        """Return the row of `mandates notices --json`; the shape is a contract (docs/command-line.md)."""
        notice = self.notice
        return {
            "notice_key": notice.notice_key,
            "obligation": self.obligation,
            "cycle": notice.cycle,
            "kind": notice.kind,
            "class": notice.notice_class,
            "to": notice.person,
            "language": self.language,
            "send_on": notice.send_on.isoformat(),
            "state": self.state,
        }


@dataclass(frozen=True, slots=True)
class Planned:
    """A message that would leave on a day; `awaits` says that a person has to release it first."""

    on: date
    person: str
    letter: Letter
    awaits: bool


def forecast(installation: Installation, first: date, last: date, now: datetime) -> list[Foreseen]:
    """Live through every day from `first` to `last`, and return the ledger with what would have come to it.

    What leaves on its day counts as sent from then on, since later reminders depend on that. All of it
    happens in one transaction that is taken back, so nothing is written.
    """
    with writing(installation.engine, keep=False) as session:
        known = {notice.notice_key: notice.state for notice in notices_of(session)}
        for day in _days(first, last):
            at = now + (day - first)
            enforce_within(session, installation, day, at)
            _formal_released(session, at)
            for keys in to_leave(session, at):
                claim(session, keys, at, BY)
                answer(session, keys, NoticeState.SENT, "supposed", at)
        directory = directory_at(session, last)
        foreseen = [_foreseen(directory, notice, known) for notice in notices_of(session)]
        session.expunge_all()
    return foreseen


def preview(installation: Installation, first: date, last: date, now: datetime) -> list[Planned]:
    """Return the exact message of everything that would leave from `first` to `last`, as on its day.

    Each day is lived through as it will be, if nothing more is recorded and formal notices are released on
    the day they are owed; all of it is taken back.
    """
    planned: list[Planned] = []
    with writing(installation.engine, keep=False) as session:
        for day in _days(first, last):
            at = now + (day - first)
            enforce_within(session, installation, day, at)
            planned += _leaving(session, installation, day, at)
        session.expunge_all()
    return planned


def _leaving(session: "Session", installation: Installation, day: date, at: datetime) -> Iterator[Planned]:
    """Yield the letters of a day, and put them down as sent in this rehearsal."""
    formal = _formal_released(session, at)
    directory = directory_at(session, day)
    for keys in to_leave(session, at):
        notices = claim(session, keys, at, BY)
        with suppress(*FAULTS):
            takes = takes_of(installation.settings, notices[0].channel)
            written = written_about(session, installation, directory, notices, day, at, takes)
            publish(session, written.entries, at, BY)
            awaits = notices[0].notice_key in formal
            yield Planned(day, notices[0].person, written.letter, awaits)
        answer(session, keys, NoticeState.SENT, "supposed", at)


def _formal_released(session: "Session", at: datetime) -> list[str]:
    """Suppose that a person releases what is formal on the day it is owed; return its keys."""
    formal = [n.notice_key for n in notices_of(session, states=[NoticeState.AWAITING_RELEASE])]
    move_all(session, formal, UNSENT, {"state": NoticeState.RELEASED}, "supposed", at, BY)
    return formal


def _foreseen(directory: Directory, notice: Notice, known: Mapping[str, str]) -> Foreseen:
    recipient = directory.recipient(notice.person)
    planned = notice.state in UNSENT | {NoticeState.SENT}
    state = known.get(notice.notice_key) or ("planned" if planned else NoticeState(notice.state))
    return Foreseen(
        notice, CycleKey.parse(notice.cycle).obligation, recipient.language if recipient else "", state
    )


def _days(first: date, last: date) -> Iterator[date]:
    for count in range((last - first).days + 1):
        yield first + timedelta(days=count)
