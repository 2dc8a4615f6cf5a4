"""Letters that come back: a report of one of ours is put on record, and said; no report is an answer.

A report counts only if it names a letter of ours, and only for an address that this letter went to. It ends
no chasing: to forge one wins nobody silence.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import getaddresses
from typing import TYPE_CHECKING

from policies.problems import visible
from records.database import writing
from records.ledger.deliveries import (
    DeliveryReport,
    Fate,
    failing_addresses,
    letters_called,
    record_report,
)
from records.ledger.letters import Letter, bytes_of, is_short
from tasks.inputs.mail.delivery_reports import Report, Reported, report_in
from tasks.installation.installation import Installation

if TYPE_CHECKING:
    from records.database import Session

BY = "mailbox"


def take_report(installation: Installation, message: Message, name: str, now: datetime) -> list[str] | None:
    """Put on record what a delivery report says of a letter of ours, and return what is to be seen.

    Returns:
        None where it is none of a letter of ours: then it says nothing that could be relied upon.
    """
    report = report_in(message)
    if report is None:
        return None
    with writing(installation.engine) as session:
        found = _ours(session, report)
        if found is None:
            return None
        letter, told = found
        for address, copy, each in told:
            row = DeliveryReport(
                recorded_at=now,
                recorded_by=BY,
                letter=letter.letter,
                address=address,
                fate=each.fate,
                status=each.status,
                said=each.said,
                copy=copy,
                message=name,
            )
            record_report(session, row)
        return [_finding(letter, address, each) for address, _, each in told if each.fate in _SAID]


def note_arrival(
    installation: Installation, names: Sequence[str], sender: str, name: str, now: datetime
) -> None:
    """Put on record that a letter arrived, because whoever it went to answers it, if their address failed."""
    with writing(installation.engine) as session:
        if sender not in failing_addresses(session):
            return
        for letter in letters_called(session, names):
            for address, copy in _addresses(letter):
                if address == sender:
                    row = DeliveryReport(
                        recorded_at=now,
                        recorded_by=BY,
                        letter=letter.letter,
                        address=address,
                        fate=Fate.ANSWERED,
                        status="",
                        said="",
                        copy=copy,
                        message=name,
                    )
                    record_report(session, row)


def _ours(session: "Session", report: Report) -> tuple[Letter, list[tuple[str, bool, Reported]]] | None:
    """Return the first letter of ours that a report names, and what it says of each address it went to."""
    kept = {letter.letter: letter for letter in letters_called(session, report.letters)}
    letter = next((kept[name] for name in report.letters if name in kept), None)
    if letter is None:
        return None
    addresses = dict(_addresses(letter))
    told = [found for each in report.recipients if (found := _of_ours(addresses, each))]
    return (letter, told) if told else None


def _of_ours(addresses: dict[str, bool], told: Reported) -> tuple[str, bool, Reported] | None:
    """Return which address a report is about: one of ours, or the only one, whose mail was passed on."""
    named = next((address for address in told.addresses if address in addresses), None)
    address = named or (next(iter(addresses)) if len(addresses) == 1 else None)
    return (address, addresses[address], told) if address else None


def _addresses(letter: Letter) -> Iterator[tuple[str, bool]]:
    """Yield where a letter went, and whether as a copy."""
    if is_short(letter.letter):
        return
    mail = message_from_bytes(bytes_of(letter.content), _class=EmailMessage, policy=policy.default)
    for name, copy in (("To", False), ("Cc", True)):
        for _, address in getaddresses([str(mail.get(name, ""))]):
            if address:
                yield address.casefold(), copy


def _finding(letter: Letter, address: str, told: Reported) -> str:
    why = visible(" ".join(filter(None, (told.status, told.said)))) or "no reason given"
    if told.fate is Fate.DELAYED:
        return f"the letter {letter.letter} to {address} is delayed ({why}); its server still tries"
    return (
        f"the letter {letter.letter} to {address} came back ({why}): they could not be reached; "
        f"reach them otherwise, mend the address, then: mandates notices mended {address}"
    )


_SAID = (Fate.FAILED, Fate.DELAYED)
