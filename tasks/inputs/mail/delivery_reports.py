"""Delivery reports read: which message came back, from which address, and why (RFC 3464, and its like).

What is read was written by strangers. Nothing here decides whether it is true, nor records it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.message import Message

from records.ledger.deliveries import Fate

_ID = re.compile(r"<[^<>\s]{1,900}>")
_STATUS = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")
_MOST_PARTS, _MOST_RECIPIENTS, _LONGEST = 50, 100, 300
_BY_ACTION = {"failed": Fate.FAILED, "delayed": Fate.DELAYED, "delivered": Fate.DELIVERED}
_BY_CLASS = {"5": Fate.FAILED, "4": Fate.DELAYED, "2": Fate.DELIVERED}
_REPORT = "message/delivery-status"
_ORIGINALS = ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global")
_FAILED_TO = "x-failed-recipients"  # of mail servers that write their report as a letter


@dataclass(frozen=True, slots=True)
class Reported:
    """What is said of one recipient: under which addresses, what became of the message, and why."""

    addresses: tuple[str, ...]
    fate: Fate
    status: str
    said: str


@dataclass(frozen=True, slots=True)
class Report:
    """A delivery report: the Message-IDs that the message may have had, the likeliest first, and to whom."""

    letters: tuple[str, ...]
    recipients: tuple[Reported, ...]


def is_report(headers: Mapping[str, Sequence[str]]) -> bool:
    """Return whether the headers of a message, by their names in small letters, are those of a report."""
    kind = " ".join(headers.get("content-type", ())).casefold()
    return "delivery-status" in kind or _FAILED_TO in headers


def report_in(message: Message) -> Report | None:
    """Return what a delivery report says; None for a message that says nothing of any recipient."""
    parts = [part for part, _ in zip(message.walk(), range(_MOST_PARTS), strict=False)]
    fields = [fields for part in parts if part.get_content_type() == _REPORT for fields in _fields(part)]
    recipients = [found for each in fields if (found := _recipient(each))] or list(_told(message))
    if not recipients:
        return None
    letters = [*_named(fields, "original-message-id"), *_originals(parts)]
    letters += [*_named([message], "in-reply-to"), *_named([message], "references"), *_quoted(parts)]
    return Report(tuple(dict.fromkeys(letters)), tuple(recipients[:_MOST_RECIPIENTS]))


def _fields(part: Message) -> Iterator[Message]:
    """Yield the groups of fields of a report: one about the message, one about each recipient."""
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from (each for each in payload if isinstance(each, Message))


def _recipient(fields: Message) -> Reported | None:
    addresses = tuple(
        dict.fromkeys(
            _address(value)
            for name in ("original-recipient", "final-recipient")
            if (value := _text(fields, name))
        )
    )
    if not addresses:
        return None
    diagnostic = _text(fields, "diagnostic-code")
    status = _STATUS.search(_text(fields, "status")) or _STATUS.search(diagnostic)
    fate = _BY_ACTION.get(_text(fields, "action").casefold()) or (_BY_CLASS[status[1]] if status else None)
    if fate is None:
        return None
    said = diagnostic.partition(";")[2].strip() or diagnostic
    return Reported(addresses, fate, status[0] if status else "", said[:_LONGEST])


def _told(message: Message) -> Iterator[Reported]:
    """Yield whom a report names that is written as a letter; such a letter is sent when all is given up."""
    for address in _text(message, _FAILED_TO).split(","):
        if address.strip():
            yield Reported((_address(address),), Fate.FAILED, "", "")


def _originals(parts: Sequence[Message]) -> Iterator[str]:
    """Yield the Message-IDs of the messages that were returned, or of which the headers were."""
    for part in parts:
        if part.get_content_type() in _ORIGINALS:
            payload = part.get_payload()
            inner = (
                [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []
            )
            yield from _named(inner, "message-id")
            yield from _in_text(part)


def _quoted(parts: Sequence[Message]) -> Iterator[str]:
    """Yield the Message-IDs in headers that a report quotes in its text."""
    for part in parts:
        if part.get_content_type() == "text/plain":
            yield from _in_text(part)


def _in_text(part: Message) -> Iterator[str]:
    payload = part.get_payload(decode=True)
    text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    for line in re.findall(r"(?im)^[>\s]*message-id:\s*(\S{1,900})", text)[:_MOST_RECIPIENTS]:
        yield from _ID.findall(line)


def _named(messages: Sequence[Message], name: str) -> Iterator[str]:
    for message in messages:
        yield from _ID.findall(_text(message, name))


def _address(value: str) -> str:
    """Return the address in a field such as `rfc822; Somebody@Example.org`, in small letters."""
    return value.rpartition(";")[2].strip().strip("<>").casefold()


def _text(message: Message, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())
