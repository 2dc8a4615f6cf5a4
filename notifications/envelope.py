"""The e-mail around a message: a MIME message that is the same, byte for byte, for the same notices.

Headers follow RFC 5322, RFC 2047, RFC 3834 (Auto-Submitted), RFC 3282 (Content-Language), RFC 2919 (List-Id)
and RFC 2369 (the other List- headers); their addresses RFC 6068, the calendar in it RFC 6047.
"""

from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage, MIMEPart
from typing import TypeVar

from notifications.header_text import LINE
from notifications.headers import (
    MAIL_POLICY,
    NOTICE_HEADER,
    UnusableAddressError,
    addressed,
    dated,
    digest,
    is_secret,
    mailbox,
    message_id,
    notice,
    of_list,
    one_line,
    plus_address,
    references,
    secret_message_id,
    shared,
    subject,
)
from notifications.messages import Message
from policies.people.directory import Recipient

__all__ = ["Enclosure", "Mail", "Sender", "UnusableAddressError", "enclose"]

Made = TypeVar("Made", bound=MIMEPart)
_CALENDAR_NAME = "due-dates.ics"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who the messages come from, and the address that answers go to if it is another.

    A letter that has a secret is answered at an address of its own, which `reply_to` with a plus makes.
    """

    name: str
    address: str
    reply_to: str | None = None


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that travels with a message: its name in ASCII, its media type and its bytes."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """An e-mail that is ready to leave: its bytes, and what whoever takes it has to know of them.

    `sender`, `to` and `copies` are the addresses, nobody named twice; `message_id` and `notice_keys` are
    those in its headers.
    """

    message_id: str
    sender: str
    to: str
    copies: tuple[str, ...]
    notice_keys: tuple[str, ...]
    sent_at: datetime
    content: bytes


def enclose(
    message: Message,
    to: Recipient,
    *,
    copies: Sequence[Recipient] = (),
    sender: Sender,
    notice_keys: Sequence[str],
    cycles: Sequence[str],
    sent_at: datetime,
    calendar: bytes | None = None,
    enclosures: Sequence[Enclosure] = (),
    secret: bytes | None = None,
) -> Mail:
    """Return the e-mail that carries `message`, which says what one or several notices have to say.

    Args:
        message: the words.
        to: whom the notices are meant for.
        copies: who gets the same message for information.
        sender: the institution's secretariat.
        notice_keys: the notices it carries, at least one.
        cycles: the cycles they are about, the most urgent first. Mail programs show a cycle as one thread.
        sent_at: the aware instant it leaves at.
        calendar: an iCalendar file to attach.
        enclosures: further files to attach.
        secret: the installation's own; without one, anybody can compute the Message-ID.

    The Message-ID follows from secret and keys, in whatever order: a copy can be told from a second message.

    Raises:
        UnusableAddressError: an address is not an e-mail address in ASCII.
    """
    origin = mailbox(sender.name, sender.address)
    roots = [message_id(f"cycle {cycle}", origin.domain) for cycle in dict.fromkeys(cycles)]
    name = "\n".join(sorted(notice_keys))
    enclosed = _filled(message, digest(name), calendar, enclosures)
    _address(enclosed, sender, to, copies)
    enclosed["Subject"] = subject(message.subject)
    enclosed["MIME-Version"] = shared("MIME-Version", "1.0")
    enclosed["Date"] = dated(sent_at.replace(microsecond=0))
    enclosed["Message-ID"] = own_id = _own_id(f"notice {name}", origin.domain, secret)
    _direct_answers(enclosed, sender, own_id)
    enclosed["In-Reply-To"] = roots[0]
    enclosed["References"] = references(roots)
    for header in of_list(origin.addr_spec, origin.domain, message.language):
        enclosed[header.name] = header
    for key in (keys := tuple(one_line(key) for key in notice_keys)):
        enclosed[NOTICE_HEADER] = notice(key)
    first, *others = dict.fromkeys(mailbox(each.name, each.address).addr_spec for each in (to, *copies))
    return Mail(own_id, origin.addr_spec, first, tuple(others), keys, sent_at, enclosed.as_bytes())


def _own_id(name: str, domain: str, secret: bytes | None) -> str:
    return message_id(name, domain) if secret is None else secret_message_id(name, domain, secret)


def _direct_answers(enclosed: EmailMessage, sender: Sender, own_id: str) -> None:
    """Say where answers go, if not to the sender; of a letter with a secret, to an address of its own."""
    if sender.reply_to:
        own = plus_address(sender.reply_to, own_id) if is_secret(own_id) else sender.reply_to
        enclosed["Reply-To"] = addressed("Reply-To", (sender.name, own))


def _address(enclosed: EmailMessage, sender: Sender, to: Recipient, copies: Sequence[Recipient]) -> None:
    enclosed["From"] = addressed("From", (sender.name, sender.address))
    enclosed["To"] = addressed("To", (to.name, to.address))
    if copies:
        enclosed["Cc"] = addressed("Cc", *((copy.name, copy.address) for copy in copies))


def _filled(
    message: Message, name: str, calendar: bytes | None, enclosures: Sequence[Enclosure]
) -> EmailMessage:
    """Return a message with its content."""
    words = (_part("plain", message.text), _part("html", message.html))
    files = [*([_dates(calendar)] if calendar is not None else []), *map(_file, enclosures)]
    if not files:
        return _multipart(EmailMessage(policy=MAIL_POLICY), "alternative", f"=_{name}", words)
    inner = _multipart(MIMEPart(policy=MAIL_POLICY), "alternative", f"=_{name}", words)
    return _multipart(EmailMessage(policy=MAIL_POLICY), "mixed", f"=_{name}_", (inner, *files))


def _file(enclosure: Enclosure) -> MIMEPart:
    part = MIMEPart(policy=MAIL_POLICY)
    maintype, _, subtype = enclosure.media_type.partition("/")
    part.set_content(
        enclosure.content,
        maintype=maintype,
        subtype=subtype,
        disposition="attachment",
        filename=enclosure.name,
    )
    return part


def _dates(calendar: bytes) -> MIMEPart:
    dates = MIMEPart(policy=MAIL_POLICY)
    dates.set_content(
        calendar,
        maintype="text",
        subtype="calendar",
        disposition="attachment",
        filename=_CALENDAR_NAME,
        params={"method": "PUBLISH", "charset": "utf-8"},
    )
    return dates


def _multipart(around: Made, subtype: str, boundary: str, parts: Sequence[MIMEPart]) -> Made:
    around["Content-Type"] = f'multipart/{subtype}; boundary="{boundary}"'
    around.set_payload(list(parts))
    return around


def _part(subtype: str, words: str) -> MIMEPart:
    """Return words as a part, in whichever encoding is the shortest that every relay takes."""
    part = MIMEPart(policy=MAIL_POLICY)
    encoding, payload = _encoded(words)
    part["Content-Type"] = shared("Content-Type", f'text/{subtype}; charset="utf-8"')
    part["Content-Transfer-Encoding"] = shared("Content-Transfer-Encoding", encoding)
    part.set_payload(payload)
    return part


def _encoded(words: str) -> tuple[str, str]:
    if words.isascii() and max(map(len, words.splitlines()), default=0) <= LINE:
        return "7bit", words
    raw = words.encode()
    quoted = b2a_qp(raw, istext=True)
    plain = encodebytes(raw.replace(b"\n", b"\r\n"))
    if len(quoted) <= len(plain):
        return "quoted-printable", quoted.decode("ascii")
    return "base64", plain.decode("ascii")
