"""The e-mail around a message: a MIME message that is the same, byte for byte, for the same notice.

Headers follow RFC 5322, RFC 3834 (Auto-Submitted) and RFC 3282 (Content-Language).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from hashlib import sha256

from notifications.directory import Recipient
from notifications.messages import Message

NOTICE_HEADER = "X-Mandate-Notice"


class _Mail(EmailPolicy):
    """Headers as RFC 5322 folds them, but a notice's key on one line, so that it can be searched for."""

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return the header as it stands in the file."""
        if name == NOTICE_HEADER and value.isascii():
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


# 7bit transfer: a relay that knows no 8BITMIME then has nothing to convert. With lines of 76, an encoded
# word keeps to the 75 characters that RFC 2047 allows.
_POLICY = _Mail(linesep="\r\n", cte_type="7bit", max_line_length=76)


class UnusableAddressError(ValueError):
    """An e-mail address cannot stand in a header; the directory has to be mended."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who the messages come from."""

    name: str
    address: str


def enclose(
    message: Message,
    to: Recipient,
    *,
    copies: Sequence[Recipient] = (),
    sender: Sender,
    notice_keys: Sequence[str],
    cycles: Sequence[str],
    sent_at: datetime,
) -> EmailMessage:
    """Return the e-mail that carries `message`.

    The Message-ID follows from the notices' keys alone, so a second copy of a notice can be told from a
    second notice; all notices of a cycle are shown as one thread. `sent_at` is an aware instant.

    Raises:
        UnusableAddressError: an address is not an e-mail address in ASCII.
    """
    origin = _mailbox(sender.name, sender.address)
    threads = [_message_id(f"cycle {cycle}", origin.domain) for cycle in cycles]
    keys = sorted(notice_keys)
    enclosed = EmailMessage(policy=_POLICY)
    enclosed["From"] = origin
    enclosed["To"] = _mailbox(to.name, to.address)
    if copies:
        enclosed["Cc"] = [_mailbox(copy.name, copy.address) for copy in copies]
    enclosed["Subject"] = _one_line(message.subject)
    enclosed["Date"] = sent_at
    enclosed["Message-ID"] = _message_id(f"notice {' '.join(keys)}", origin.domain)
    enclosed["In-Reply-To"] = threads[0]
    enclosed["References"] = " ".join(threads)
    enclosed["Auto-Submitted"] = "auto-generated"
    for key in keys:
        enclosed[NOTICE_HEADER] = _one_line(key)
    _fill(enclosed, message, f"=_{_digest(' '.join(keys))}")
    return enclosed


def _fill(enclosed: EmailMessage, message: Message, boundary: str) -> None:
    enclosed.set_content(message.text)
    enclosed.add_alternative(message.html, subtype="html")
    enclosed.set_boundary(boundary)
    # Only now: turning the message into a multipart moves every Content- header into its first part.
    enclosed["Content-Language"] = message.language


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
    return " ".join("".join(c if c.isprintable() or c in _ISOLATES else " " for c in text).split())


_ISOLATES = "\u2068\u2069"


def _message_id(name: str, domain: str) -> str:
    return f"<{_digest(name)}@{domain}>"


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]
