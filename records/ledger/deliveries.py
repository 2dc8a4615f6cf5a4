"""What became of letters after they left: that one came back, is delayed or arrived; addresses that fail.

A letter that left is `sent` and stays so. What a mail server reports of it afterwards is recorded beside it,
and whether a letter came back, or an address fails, follows from the reports.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from policies.plans.notices import DeliveryState
from records.ledger.letters import Letter
from records.ledger.notices import SPOKEN, Notice
from records.personal.columns import OWN, WITHIN, Personal
from records.schema import Base, Recorded


class Fate(StrEnum):
    """What is known of a letter after it left."""

    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    ANSWERED = "answered"


_ARRIVED = frozenset({Fate.DELIVERED, Fate.ANSWERED})
_FINAL = [str(fate) for fate in (Fate.FAILED, *_ARRIVED)]


class DeliveryReport(Recorded, Base):
    """What a mail server reported of one letter to one address, or that an answer shows that it arrived.

    `letter` is the letter's Message-ID, `status` the code of RFC 3463 such as 5.1.1, `said` what the server
    said, `message` the message the report came in. `copy` is whether the address only got a copy.
    """

    __tablename__ = "delivery_reports"

    letter: Mapped[str] = mapped_column(index=True)
    address: Mapped[str] = mapped_column(Personal(OWN), index=True)
    fate: Mapped[str]
    status: Mapped[str]
    said: Mapped[str] = mapped_column(Personal(WITHIN))
    copy: Mapped[bool]
    message: Mapped[str] = mapped_column(Personal(OWN))


class MendedAddress(Recorded, Base):
    """That a person says that mail to an address arrives again, and why they know."""

    __tablename__ = "mended_addresses"

    address: Mapped[str] = mapped_column(Personal(OWN), index=True)
    reason: Mapped[str]


@dataclass(frozen=True, slots=True)
class Failing:
    """An address that letters come back from: since when that is known, for which letter, and why."""

    address: str
    person: str
    letter: str
    since_at: datetime
    status: str
    said: str


def record_report(session: Session, report: DeliveryReport) -> None:
    """Record what became of a letter."""
    session.add(report)
    session.flush()


def mend_address(session: Session, address: str, reason: str, at: datetime, by: str) -> None:
    """Record that mail to an address arrives again."""
    row = MendedAddress(recorded_at=at, recorded_by=by, address=address.casefold(), reason=reason)
    session.add(row)
    session.flush()


def reports_read(session: Session, before: datetime | None = None) -> set[str]:
    """Return the names of the messages that reports came in: of all, or until an instant."""
    asked = select(DeliveryReport.message).distinct()
    return set(session.scalars(asked.where(DeliveryReport.recorded_at < before) if before else asked))


def reports_of(session: Session, letter: str) -> Sequence[DeliveryReport]:
    """Return what is known of a letter after it left, in the order in which it came to be known."""
    asked = select(DeliveryReport).where(DeliveryReport.letter == letter)
    return session.scalars(asked.order_by(DeliveryReport.id)).all()


def letters_called(session: Session, names: Collection[str]) -> list[Letter]:
    """Return the letters with these Message-IDs, as they were kept last."""
    last = select(func.max(Letter.id)).where(Letter.letter.in_(names)).group_by(Letter.letter)
    return list(session.scalars(select(Letter).where(Letter.id.in_(last)).order_by(Letter.id)))


def returned_letters(session: Session, letters: Iterable[str]) -> frozenset[str]:
    """Return those of some letters that came back from whom they were meant for."""
    asked = select(DeliveryReport.letter, DeliveryReport.fate)
    asked = asked.where(DeliveryReport.fate.in_(_FINAL), DeliveryReport.copy.is_(False))
    asked = asked.where(DeliveryReport.letter.in_(list(letters))).order_by(DeliveryReport.id)
    last = dict(session.execute(asked).all())
    return frozenset(letter for letter, fate in last.items() if fate == Fate.FAILED)


def state_seen(notice: Notice, returned: Collection[str]) -> str:
    """Return the state of a notice as people are to see it: what came back reached nobody."""
    return DeliveryState.RETURNED if notice.state in SPOKEN and notice.letter in returned else notice.state


def unreached(session: Session, cycle: str, kinds: Collection[str]) -> dict[str, datetime]:
    """Return whom no notice of `kinds` about a cycle reached, with when the last one is known to be back.

    Who was sent one that did not come back, by whichever channel, was reached as far as anybody knows.
    """
    spoken = [str(state) for state in SPOKEN]
    asked = select(Notice.person, Notice.letter).where(
        Notice.cycle == cycle, Notice.kind.in_(kinds), Notice.state.in_(spoken)
    )
    sent: defaultdict[str, set[str | None]] = defaultdict(set)
    for person, letter in session.execute(asked):
        sent[person].add(letter)
    named = {letter for letters in sent.values() for letter in letters if letter}
    if not named or not (back := returned_letters(session, named)):
        return {}
    at = _reported_at(session, back)
    return {
        person: max(at[letter] for letter in letters if letter)
        for person, letters in sent.items()
        if letters <= back
    }


def failing_addresses(session: Session) -> dict[str, Failing]:
    """Return the addresses that fail: until a later letter is known to have arrived, or a person says so."""
    reports = session.scalars(
        select(DeliveryReport).where(DeliveryReport.fate.in_(_FINAL)).order_by(DeliveryReport.id)
    ).all()
    if not reports:
        return {}
    kept = {letter.letter: letter for letter in letters_called(session, {r.letter for r in reports})}
    mended = select(MendedAddress.address, func.max(MendedAddress.recorded_at))
    mended_at = dict(session.execute(mended.group_by(MendedAddress.address)).all())
    of_one: defaultdict[str, list[DeliveryReport]] = defaultdict(list)
    for report in reports:
        of_one[report.address].append(report)
    found = {}
    for address, of_address in of_one.items():
        failed = _in_force(of_address, kept, mended_at.get(address))
        if failed is not None:
            person, since_at = kept[failed.letter].person, failed.recorded_at
            found[address] = Failing(address, person, failed.letter, since_at, failed.status, failed.said)
    return found


def _in_force(
    reports: Sequence[DeliveryReport], kept: dict[str, Letter], mended_at: datetime | None
) -> DeliveryReport | None:
    """Return the failure of an address that nothing after it has ended, the first of a row of them."""
    failure: DeliveryReport | None = None
    newest = 0
    for report in reports:
        sent = kept[report.letter].id
        if report.fate in _ARRIVED and sent >= newest:
            failure = None
        elif report.fate == Fate.FAILED and (mended_at is None or report.recorded_at > mended_at):
            failure, newest = failure or report, max(newest, sent)
    return failure


def _reported_at(session: Session, letters: Collection[str]) -> dict[str, datetime]:
    asked = select(DeliveryReport.letter, func.max(DeliveryReport.recorded_at))
    asked = asked.where(DeliveryReport.letter.in_(list(letters)), DeliveryReport.fate == Fate.FAILED)
    return dict(session.execute(asked.group_by(DeliveryReport.letter)).all())
