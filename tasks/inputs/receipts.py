"""Receipts: whoever sent something is told at once that it came, and what could not be taken, and why."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from input_packages.reading.refusals import Refusal, sentence_for
from notifications.notice_content import Came
from policies.obligations.instrument import Words
from policies.plans.notices import GivenAnswer, NoticeKind, Rung
from records.ledger.notices import enter_all, entries
from records.submissions import Submission
from tasks.enforcement.answers import receipt, to_the_giver
from tasks.enforcement.notice_contents import Extra
from tasks.enforcement.notices import draft
from tasks.status.open_cycles import Docket

if TYPE_CHECKING:
    from records.database import Session


def enter_receipt(
    session: "Session", docket: Docket, person: str, rows: Sequence[Submission], now: datetime, by: str
) -> None:
    """Enter the receipt for files that came together, if whoever sent them was asked.

    Files that were all refused are no answer: their receipt is named after them and the day, so that the
    same ones once more on one day are not answered twice.
    """
    if person not in docket.inputs:
        return
    rung = _rung(docket, person, rows)
    known = entries(session, [docket.turn.cycle.key])
    extra = Extra(came=tuple(Came(row.title, _why(docket, row)) for row in rows))
    new = (
        draft(docket, each, extra)
        for each in to_the_giver(docket, rung, person)
        if docket.key(rung, person, each.channel) not in known
    )
    enter_all(session, new, now, by)


def _rung(docket: Docket, person: str, rows: Sequence[Submission]) -> Rung:
    on = docket.turn.as_of
    if any(row.accepted for row in rows):
        return receipt(GivenAnswer(person, len(docket.answers_of(person))), on)
    sums = "".join(sorted(row.sha256 or row.title for row in rows))
    name = f"refused-{sha256(sums.encode()).hexdigest()[:12]}-{on}"
    return Rung(NoticeKind.RECEIPT, name, "inputs-due", on, ())


def _why(docket: Docket, row: Submission) -> Words | None:
    """Return the sentences for what a file was refused for, in every language a receipt may be in."""
    if row.accepted:
        return None
    refusals = [Refusal(each) for each in row.refusals]
    return {
        language: " ".join(sentence_for(each, language) for each in refusals)
        for language in docket.pack.instrument.languages
    }
