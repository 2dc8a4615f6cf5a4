"""Receipts: whoever sent something is told at once that it came, and what could not be taken, and why."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from input_packages.reading.refusals import Refusal, sentence_for
from notifications.notice_content import Came
from policies.obligations.instrument import Words
from policies.plans.notices import GivenAnswer, NoticeKind, ScheduledNotice
from records.ledger.notices import enter_all, keys_taken
from records.submissions import Submission
from tasks.enforcement.answers import receipt, to_the_giver
from tasks.enforcement.notice_contents import Extra
from tasks.enforcement.notices import draft
from tasks.status.open_cycles import OpenCycle

if TYPE_CHECKING:
    from records.database import Session


def enter_receipt(
    session: "Session", open_cycle: OpenCycle, person: str, rows: Sequence[Submission], now: datetime, by: str
) -> None:
    """Enter the receipt for files that came together, if whoever sent them was asked.

    Files that were all refused are no answer: their receipt is named after them and the day, so that the
    same ones once more on one day are not answered twice.
    """
    if person not in open_cycle.inputs:
        return
    scheduled = _scheduled(open_cycle, person, rows)
    meant = [*to_the_giver(open_cycle, scheduled, person)]
    known = keys_taken(session, [open_cycle.key(scheduled, person, each.channel) for each in meant])
    extra = Extra(came=tuple(Came(row.title, _why(open_cycle, row), row.person) for row in rows))
    new = (
        draft(open_cycle, each, extra)
        for each in meant
        if open_cycle.key(scheduled, person, each.channel) not in known
    )
    enter_all(session, new, now, by)


def _scheduled(open_cycle: OpenCycle, person: str, rows: Sequence[Submission]) -> ScheduledNotice:
    on = open_cycle.turn.as_of
    if any(row.accepted for row in rows):
        return receipt(GivenAnswer(person, len(open_cycle.answers_of(person))), on)
    sums = "".join(sorted(row.sha256 or row.title for row in rows))
    name = f"refused-{sha256(sums.encode()).hexdigest()[:12]}-{on}"
    return ScheduledNotice(NoticeKind.RECEIPT, name, "inputs-due", on, ())


def _why(open_cycle: OpenCycle, row: Submission) -> Words | None:
    """Return the sentences for what a file was refused for, in every language a receipt may be in."""
    if row.accepted:
        return None
    refusals = [Refusal(each) for each in row.refusals]
    return {
        language: " ".join(sentence_for(each, language) for each in refusals)
        for language in open_cycle.pack.instrument.languages
    }
