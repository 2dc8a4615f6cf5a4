"""The headers of a mail: written so that nothing in them can be another header, and parsed once.

Folding follows RFC 5322, list headers RFC 2919 and RFC 2369, and the addresses in them RFC 6068.
"""

import hmac
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address, BaseHeader, HeaderRegistry
from email.policy import EmailPolicy
from functools import lru_cache
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from language import lines

NOTICE_HEADER = "X-Mandate-Notice"
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


class _MailPolicy(EmailPolicy):
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
LINE = 76
MAIL_POLICY = _MailPolicy(linesep="\r\n", cte_type="7bit", max_line_length=LINE, header_factory=_Headers())


class UnusableAddressError(ValueError):
    """An e-mail address cannot stand in a header; the directory has to be mended."""


# Headers that many messages share are parsed once: that is most of the work there is on a header.


@lru_cache(maxsize=4096)
def addressed(header: str, name: str, address: str) -> BaseHeader:
    """Return a header that names one person; raises as `mailbox` does."""
    return _header(header, mailbox(name, address))


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
            "expected one such as name@example.org, in ASCII. Mend it in the directory."
        ) from error
    if not (found.username and found.domain):
        raise UnusableAddressError(
            f"{address!r}, the address of {one_line(name)}, lacks a part; "
            "expected one such as name@example.org. Mend it in the directory."
        )
    return found


def one_line(text: str) -> str:
    """Return the text without line ends and control characters, which would begin headers of their own."""
    return lines.one_line("".join(c if c.isprintable() or c in _KEPT else " " for c in text))


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


_UNGUESSED = "s."


def digest(text: str) -> str:
    """Return a short name that follows from the text alone."""
    return sha256(text.encode()).hexdigest()[:32]
