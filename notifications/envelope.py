"""The e-mail around a message: a MIME message that is the same, byte for byte, for the same notices.

Headers follow RFC 5322, RFC 3834 (Auto-Submitted), RFC 3282 (Content-Language), RFC 2919 (List-Id) and RFC
2369 (the other List- headers); their addresses RFC 6068, the calendar in it RFC 6047.
"""

from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address, BaseHeader, HeaderRegistry
from email.message import EmailMessage, MIMEPart
from email.policy import EmailPolicy
from functools import lru_cache
from hashlib import sha256
from typing import Any, TypeVar
from urllib.parse import quote

from language.lines import one_line
from notifications.directory import Recipient
from notifications.messages import Message

Made = TypeVar("Made", bound=MIMEPart)
NOTICE_HEADER = "X-Mandate-Notice"
_CALENDAR_NAME = "due-dates.ics"
# The secretariat reads it. In other scripts it would be a row of %D8%AA, which spam filters take for a form
# letter that nobody filled in.
_LEAVING = "Please pause or correct my entry"
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

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:  # noqa: ANN401 (as the class above)
        """Return the header as it is kept: what is written whole has no parts to be found in it."""
        whole = name in _WHOLE and isinstance(value, str) and value.isascii() and value.isprintable()
        return (name, value) if whole else super().header_store_parse(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return the header as it stands in the file."""
        if name in _WHOLE and value.isascii():
            words = value.replace("> <", f">{self.linesep} <")
            return f"{name}: {words}{self.linesep}".encode("ascii")
        return _folded(name, value)


class _Headers(HeaderRegistry):
    """Makes the class of each kind of header once, and not once for every header."""

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[str, type] = {}

    def __getitem__(self, name: str) -> type:
        """Return the class for a header of this name."""
        if name not in self._made:
            self._made[name] = super().__getitem__(name)
        return self._made[name]


# 7bit transfer: a relay that knows no 8BITMIME then has nothing to convert. With lines of 76, an encoded
# word keeps to the 75 characters that RFC 2047 allows.
_LINE = 76
_POLICY = _Mail(linesep="\r\n", cte_type="7bit", max_line_length=_LINE, header_factory=_Headers())


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
    roots = [_message_id(f"cycle {cycle}", origin.domain) for cycle in dict.fromkeys(cycles)]
    name = "\n".join(sorted(notice_keys))
    enclosed = _filled(message, _digest(name), calendar)
    enclosed["From"] = _addressed("From", sender.name, sender.address)
    enclosed["To"] = _addressed("To", to.name, to.address)
    if copies:
        enclosed["Cc"] = [_mailbox(copy.name, copy.address) for copy in copies]
    if sender.reply_to:
        enclosed["Reply-To"] = _addressed("Reply-To", sender.name, sender.reply_to)
    enclosed["Subject"] = _one_line(message.subject)
    enclosed["MIME-Version"] = _shared("MIME-Version", "1.0")
    enclosed["Date"] = _dated(sent_at.replace(microsecond=0))
    enclosed["Message-ID"] = _message_id(f"notice {name}", origin.domain)
    enclosed["In-Reply-To"] = roots[0]
    enclosed["References"] = " ".join(roots)
    for header in _of_list(origin.addr_spec, origin.domain, message.language):
        enclosed[header.name] = header
    for key in notice_keys:
        enclosed[NOTICE_HEADER] = _one_line(key)
    return enclosed


def _filled(message: Message, name: str, calendar: bytes | None) -> EmailMessage:
    """Return a message with its content."""
    words = (_part("plain", message.text), _part("html", message.html))
    if calendar is None:
        return _multipart(EmailMessage(policy=_POLICY), "alternative", f"=_{name}", words)
    dates = MIMEPart(policy=_POLICY)
    dates.set_content(
        calendar,
        maintype="text",
        subtype="calendar",
        disposition="attachment",
        filename=_CALENDAR_NAME,
        params={"method": "PUBLISH", "charset": "utf-8"},
    )
    inner = _multipart(MIMEPart(policy=_POLICY), "alternative", f"=_{name}", words)
    return _multipart(EmailMessage(policy=_POLICY), "mixed", f"=_{name}_", (inner, dates))


def _multipart(around: Made, subtype: str, boundary: str, parts: Sequence[MIMEPart]) -> Made:
    around["Content-Type"] = f'multipart/{subtype}; boundary="{boundary}"'
    around.set_payload(list(parts))
    return around


def _part(subtype: str, words: str) -> MIMEPart:
    """Return words as a part, in whichever encoding is the shortest that every relay takes."""
    part = MIMEPart(policy=_POLICY)
    encoding, payload = _encoded(words)
    part["Content-Type"] = _shared("Content-Type", f'text/{subtype}; charset="utf-8"')
    part["Content-Transfer-Encoding"] = _shared("Content-Transfer-Encoding", encoding)
    part.set_payload(payload)
    return part


def _encoded(words: str) -> tuple[str, str]:
    if words.isascii() and max(map(len, words.splitlines()), default=0) <= _LINE:
        return "7bit", words
    raw = words.encode()
    quoted = b2a_qp(raw, istext=True)
    plain = encodebytes(raw.replace(b"\n", b"\r\n"))
    if len(quoted) <= len(plain):
        return "quoted-printable", quoted.decode("ascii")
    return "base64", plain.decode("ascii")


# Headers that many messages share are parsed once: that is most of the work there is on a header.


@lru_cache(maxsize=4096)
def _addressed(header: str, name: str, address: str) -> BaseHeader:
    return _header(header, _mailbox(name, address))


@lru_cache
def _of_list(address: str, domain: str, language: str) -> tuple[BaseHeader, ...]:
    """Return what is the same on every message; nobody is unsubscribed from a duty by a machine."""
    secretariat = quote(address, safe="@")
    return (
        _header("Auto-Submitted", "auto-generated"),
        _header("Content-Language", language),
        _header("List-Id", f"<mandates.{domain}>"),
        _header("List-Help", f"<mailto:{secretariat}>"),
        _header("List-Unsubscribe", f"<mailto:{secretariat}?subject={quote(_LEAVING)}>"),
    )


@lru_cache(maxsize=4096)
def _folded(name: str, value: str) -> bytes:
    return EmailPolicy.fold_binary(_POLICY, name, value)


@lru_cache(maxsize=4096)
def _shared(name: str, value: str) -> BaseHeader:
    return _header(name, value)


@lru_cache(maxsize=16)
def _dated(at: datetime) -> BaseHeader:
    return _header("Date", at)


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
    return one_line("".join(c if c.isprintable() or c in _KEPT else " " for c in text))


# Isolates keep a name whole; joiners are letters' own in several scripts; French has no-break spaces.
_KEPT = "\u2068\u2069\u00a0\u202f\u200c\u200d"


def _message_id(name: str, domain: str) -> str:
    return f"<{_digest(name)}@{domain}>"


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]
