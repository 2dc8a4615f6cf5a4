"""The e-mail around a message: a MIME message that is the same, byte for byte, for the same notices.

Headers follow RFC 5322, RFC 3834 (Auto-Submitted), RFC 3282 (Content-Language), RFC 2919 (List-Id) and RFC
2369 (the other List- headers); their addresses RFC 6068, the calendar in it RFC 6047.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address, BaseHeader
from email.message import EmailMessage
from email.policy import EmailPolicy
from functools import lru_cache
from hashlib import sha256
from urllib.parse import quote

from language.catalogues import translations
from notifications.directory import Recipient
from notifications.messages import Message

NOTICE_HEADER = "X-Mandate-Notice"
_CALENDAR_NAME = "due-dates.ics"
_WHOLE = {
    NOTICE_HEADER,
    "Message-ID",
    "In-Reply-To",
    "References",
    "List-Help",
    "List-Unsubscribe",
    "List-Id",
}


class _Mail(EmailPolicy):
    """Headers as RFC 5322 folds them, but ids and addresses whole: to encode a long one would break it.

    So a notice's key stands on one line too, and can be searched for.
    """

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return the header as it stands in the file."""
        if name in _WHOLE and value.isascii():
            words = value.replace("> <", f">{self.linesep} <")
            return f"{name}: {words}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


# 7bit transfer: a relay that knows no 8BITMIME then has nothing to convert. With lines of 76, an encoded
# word keeps to the 75 characters that RFC 2047 allows.
_POLICY = _Mail(linesep="\r\n", cte_type="7bit", max_line_length=76)


class UnusableAddressError(ValueError):
    """An e-mail address cannot stand in a header; the directory has to be mended."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who the messages come from, and the address that answers go to if it is another."""

    name: str
    address: str
    reply_to: str | None = None


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
) -> EmailMessage:
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

    The Message-ID follows from the keys alone, in whatever order, so a second copy of a message can be told
    from a second message.

    Raises:
        UnusableAddressError: an address is not an e-mail address in ASCII.
    """
    origin = _mailbox(sender.name, sender.address)
    roots = tuple(_message_id(f"cycle {cycle}", origin.domain) for cycle in dict.fromkeys(cycles))
    name = "\n".join(sorted(notice_keys))
    enclosed = _filled(message, _digest(name), calendar)
    enclosed["From"] = _addressed("From", sender.name, sender.address)
    enclosed["To"] = _addressed("To", to.name, to.address)
    if copies:
        enclosed["Cc"] = [_mailbox(copy.name, copy.address) for copy in copies]
    if sender.reply_to:
        enclosed["Reply-To"] = _addressed("Reply-To", sender.name, sender.reply_to)
    enclosed["Subject"] = _one_line(message.subject)
    enclosed["Date"] = sent_at
    enclosed["Message-ID"] = _message_id(f"notice {name}", origin.domain)
    for header in (*_of_thread(roots), *_of_list(origin.addr_spec, origin.domain, message.language)):
        enclosed[header.name] = header
    for key in notice_keys:
        enclosed[NOTICE_HEADER] = _one_line(key)
    return enclosed


def _filled(message: Message, name: str, calendar: bytes | None) -> EmailMessage:
    """Return a message with its content. Its headers come after: parts would draw some to themselves."""
    filled = EmailMessage(policy=_POLICY)
    filled.set_content(message.text)
    filled.add_alternative(message.html, subtype="html")
    filled.set_boundary(f"=_{name}")
    if calendar is not None:
        filled.add_attachment(
            calendar,
            maintype="text",
            subtype="calendar",
            filename=_CALENDAR_NAME,
            params={"method": "PUBLISH", "charset": "utf-8"},
        )
        filled.set_boundary(f"=_{name}_")
    return filled


# Headers that many messages share are parsed once: that is most of the work there is on a header.


@lru_cache(maxsize=4096)
def _addressed(header: str, name: str, address: str) -> BaseHeader:
    return _header(header, _mailbox(name, address))


@lru_cache(maxsize=4096)
def _of_thread(roots: tuple[str, ...]) -> tuple[BaseHeader, ...]:
    return _header("In-Reply-To", roots[0]), _header("References", " ".join(roots))


@lru_cache
def _of_list(address: str, domain: str, language: str) -> tuple[BaseHeader, ...]:
    """Return what is the same on every message; nobody is unsubscribed from a duty by a machine."""
    asked = translations(language).gettext("Please pause or correct my entry")
    secretariat = quote(address, safe="@")
    return (
        _header("Auto-Submitted", "auto-generated"),
        _header("Content-Language", language),
        _header("List-Id", f"<mandates.{domain}>"),
        _header("List-Help", f"<mailto:{secretariat}>"),
        _header("List-Unsubscribe", f"<mailto:{secretariat}?subject={quote(asked)}>"),
    )


def _header(name: str, value: object) -> BaseHeader:
    made: BaseHeader = _POLICY.header_factory(name, value)
    return made


@lru_cache(maxsize=4096)
def _mailbox(name: str, address: str) -> Address:
    try:
        mailbox = Address(_one_line(name), addr_spec=address)
        address.encode("ascii")
    except (ValueError, IndexError, AttributeError, MessageError) as error:
        raise UnusableAddressError(
            f"{address!r}, the address of {_one_line(name)}, is not an e-mail address; "
            "expected one such as name@example.org, in ASCII. Mend it in the directory."
        ) from error
    if not (mailbox.username and mailbox.domain):
        raise UnusableAddressError(
            f"{address!r}, the address of {_one_line(name)}, lacks a part; "
            "expected one such as name@example.org. Mend it in the directory."
        )
    return mailbox


def _one_line(text: str) -> str:
    """Return the text without line ends and control characters, which would begin headers of their own."""
    return " ".join("".join(c if c.isprintable() or c in _KEPT else " " for c in text).split())


# Isolates keep a name whole; joiners are letters' own in several scripts.
_KEPT = "\u2068\u2069\u200c\u200d"


def _message_id(name: str, domain: str) -> str:
    return f"<{_digest(name)}@{domain}>"


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]
