"""The forecast: the ledger as it is, and as it will be after the coming days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.message import EmailMessage

from records.database import writing
from records.notices import UNSENT, Notice, NoticeState, notices_of
from tasks.dispatching import message_of
from tasks.enforcement import enforce_within
from tasks.workplace import Workplace


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


def forecast(workplace: Workplace, first: date, last: date, now: datetime) -> list[Foreseen]:
    """Rehearse every day from `first` to `last`, and return the whole ledger as it would be then.

    All of it happens in one transaction that is taken back, so nothing is written.
    """
    with writing(workplace.engine, keep=False) as session:
        known = {notice.notice_key for notice in notices_of(session)}
        for day in _days(first, last):
            enforce_within(session, workplace, day, now)
        foreseen = [_foreseen(workplace, notice, known) for notice in notices_of(session)]
        session.expunge_all()
    return foreseen


def preview(
    workplace: Workplace, first: date, last: date, now: datetime
) -> Iterator[tuple[Notice, EmailMessage]]:
    """Yield the exact message of every notice that would leave from `first` to `last`, as on its day."""
    for foreseen in forecast(workplace, first, last, now):
        notice = foreseen.notice
        if notice.state in UNSENT:
            yield notice, message_of(workplace, notice, max(first, notice.send_on), now)


def _foreseen(workplace: Workplace, notice: Notice, known: set[str]) -> Foreseen:
    recipient = workplace.directory.recipient(notice.person)
    planned = notice.notice_key not in known and notice.state in UNSENT
    state = "planned" if planned else NoticeState(notice.state)
    return Foreseen(notice, notice.cycle.partition("/")[0], recipient.language if recipient else "", state)


def _days(first: date, last: date) -> Iterator[date]:
    for count in range((last - first).days + 1):
        yield first + timedelta(days=count)
