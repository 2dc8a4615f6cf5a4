"""The headers of a mail: written so that nothing in them can be another header, and parsed once.

Names and subjects are written in `header_text`. Folding follows RFC 5322, list headers RFC 2919 and RFC
2369, and the addresses in them RFC 6068.
"""

import hmac
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address, BaseHeader, HeaderRegistry
from email.policy import EmailPolicy
from functools import lru_cache
from hashlib import sha256
from typing import Any
from unicodedata import category
from urllib.parse import quote

from language import lines
from notifications.header_text import LINE, people_value, text_value

NOTICE_HEADER = "X-Mandate-Notice"
# The secretariat reads it. In other scripts it would be a row of %D8%AA, which spam filters take for a form
# letter that nobody filled in.
_LEAVING = "Please pause or correct my entry"
_WRITTEN = {
    NOTICE_HEADER,
    "Subject",
    "From",
    "To",
    "Cc",
    "Reply-To",
    "Message-ID",
    "In-Reply-To",
    "References",
    "List-Help",
    "List-Unsubscribe",
    "List-Id",
}
# Printable ASCII, every further line begun with a blank: nothing in it is a header of its own.
_FOLDED = re.compile(r"[ -~]*(\r\n [ -~]+)*")
_LONGEST_KEY = 900  # on one line, of which RFC 5322 allows 998 characters
_LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3


class _MailPolicy(EmailPolicy):
    """Headers as RFC 5322 folds them, but names, subjects, ids and addresses as they were written here.

    Python would break long ids and addresses by encoding them, and names and subjects by dropping blanks. A
    notice's key stands on one line too, and can be searched for.
    """

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:  # noqa: ANN401 (as the class above)
        """Return the header as it is kept: what is written already has no parts to be found in it.

        Raises:
            ValueError: a line of it could be another header.
        """
        written = name in _WRITTEN and isinstance(value, str)
        if written and not _FOLDED.fullmatch(value):
            raise ValueError(f"the header {name} is not written as it has to be: {value!r}")
        return (name, value) if written else super().header_store_parse(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return the header as it stands in the file."""
        if name in _WRITTEN:
            return f"{name}: {value}{self.linesep}".encode("ascii")
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


# 7bit transfer: a relay that knows no 8BITMIME then has nothing to convert.
MAIL_POLICY = _MailPolicy(linesep="\r\n", cte_type="7bit", max_line_length=LINE, header_factory=_Headers())


class UnusableAddressError(ValueError):
    """An e-mail address cannot stand in a header; the directory has to be mended."""


# Headers that many messages share are parsed once: that is most of the work there is on a header.


@lru_cache(maxsize=4096)
def addressed(header: str, *people: tuple[str, str]) -> str:
    """Return what stands in a header that names people, by name and address; raises as `mailbox` does."""
    return people_value(header, [mailbox(*person) for person in people])


def subject(text: str) -> str:
    """Return what stands in the header of a subject."""
    return text_value("Subject", one_line(text))


def references(ids: Sequence[str]) -> str:
    """Return what stands in the header that names other messages, each on a line."""
    return "\r\n ".join(ids)


def notice(key: str) -> str:
    """Return what stands in the header of a notice: its key, on one line wherever that can be."""
    whole = key.isascii() and len(key) <= _LONGEST_KEY
    return key if whole else text_value(NOTICE_HEADER, key)


@lru_cache
def of_list(address: str, domain: str, language: str) -> tuple[BaseHeader, ...]:
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
    return EmailPolicy.fold_binary(MAIL_POLICY, name, value)


@lru_cache(maxsize=4096)
def shared(name: str, value: str) -> BaseHeader:
    """Return a header that many messages have."""
    return _header(name, value)


@lru_cache(maxsize=16)
def dated(at: datetime) -> BaseHeader:
    """Return the header that says when, an aware instant."""
    return _header("Date", at)


def _header(name: str, value: object) -> BaseHeader:
    made: BaseHeader = MAIL_POLICY.header_factory(name, value)
    return made


@lru_cache(maxsize=4096)
def mailbox(name: str, address: str) -> Address:
    """Return who is reached where.

    Raises:
        UnusableAddressError: it is not an e-mail address in ASCII.
    """
    try:
        found = Address(one_line(name), addr_spec=address)
        address.encode("ascii")
    except (ValueError, IndexError, AttributeError, MessageError) as error:
        raise UnusableAddressError(
            f"{address!r}, the address of {one_line(name)}, is not an e-mail address; "
            "expected one such as name@example.org, in ASCII. Please correct it in the directory."
        ) from error
    if not (found.username and found.domain):
        raise UnusableAddressError(
            f"{address!r}, the address of {one_line(name)}, lacks a part; "
            "expected one such as name@example.org. Please correct it in the directory."
        )
    if len(found.addr_spec) > _LONGEST_ADDRESS:
        raise UnusableAddressError(
            f"The address of {one_line(name)} has {len(found.addr_spec)} characters; "
            f"expected at most {_LONGEST_ADDRESS}. Please correct it in the directory."
        )
    return found


def one_line(text: str) -> str:
    """Return the text without line ends and control characters, which would begin headers of their own."""
    return lines.one_line("".join(c if c.isprintable() or c in _KEPT or _newer(c) else " " for c in text))


def _newer(character: str) -> bool:
    """Whether this Python's tables have no such character: new pictures, which mail programs may know."""
    return category(character) == "Cn"


# Isolates keep a name whole; joiners are letters' own in several scripts; French has no-break spaces.
_KEPT = "\u2068\u2069\u00a0\u202f\u200c\u200d"


def message_id(name: str, domain: str) -> str:
    """Return the Message-ID that follows from a name alone."""
    return f"<{digest(name)}@{domain}>"


def secret_message_id(name: str, domain: str, secret: bytes) -> str:
    """Return the Message-ID that follows from a name and a secret: who has not seen it cannot guess it."""
    return f"<{_UNGUESSED}{hmac.digest(secret, name.encode(), 'sha256').hex()[:32]}@{domain}>"


def is_secret(name: str) -> bool:
    """Return whether a Message-ID of ours was made with a secret."""
    return name.startswith(f"<{_UNGUESSED}")


def plus_address(address: str, message_id: str) -> str:
    """Return the address of a letter's own: `answers@example.org` becomes `answers+s.4f1c…@example.org`."""
    local, _, domain = address.rpartition("@")
    return f"{local}+{message_id.strip('<>').rpartition('@')[0]}@{domain}"


def letter_names(headers: Iterable[str]) -> list[str]:
    """Return how the Message-IDs of the letters begin whose own addresses stand in these headers."""
    return list(dict.fromkeys(name.lower() for header in headers for name in _OWN_ADDRESS.findall(header)))


_UNGUESSED = "s."
_OWN_ADDRESS = re.compile(rf"\+({re.escape(_UNGUESSED)}[0-9a-f]{{32}})@", re.IGNORECASE)


def digest(text: str) -> str:
    """Return a short name that follows from the text alone."""
    return sha256(text.encode()).hexdigest()[:32]
