"""What a person signed and sent outside this program, put down as sent."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from policies.problems import Problem, RefusedFileError
from records.ledger import release
from records.ledger.release import notice_named

if TYPE_CHECKING:
    from records.database import Session


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed a note, the day it was sent (at the institution's seat), and the reference it has."""

    by: str
    on: date
    reference: str


def sign(session: "Session", zone: str, key: str, signature: Signature, by: str, at: datetime) -> None:
    """Record that a note that was drafted was signed and sent; `by` is who records it, `at` when.

    Raises:
        UnknownNoticeError: no notice of that key was drafted for signature.
        RefusedFileError: the day lies ahead, or before the draft was there.
    """
    seat = ZoneInfo(zone)
    notice = notice_named(session, key)
    today, drafted_at = at.astimezone(seat).date(), notice.tried_at
    first = drafted_at.astimezone(seat).date() if drafted_at else today
    if not first <= signature.on <= today:
        expected = f"a day from {first}, when it was drafted, to today, {today}"
        raise RefusedFileError([Problem(key, "on", str(signature.on), expected)])
    sent_at = max(drafted_at or at, datetime.combine(signature.on, time(12), seat))
    cause = f"signed by {signature.by}, sent on {signature.on} under {signature.reference}; recorded by {by}"
    release.sign(session, key, min(sent_at, at), cause, by, at)
