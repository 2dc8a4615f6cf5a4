"""The address of the mailbox as the settings write it, read into what a connection needs."""

import ssl
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import SplitResult, unquote, urlsplit

from notifications.channels.address import MiswrittenAddressError, by_token, options_of, seconds, trusting

_PORTS = {"imap": 143, "imaps": 993}
_WAIT = 60.0
_PLAIN = ("cto",)
_FOR_TLS = ("auth", "ca", *_PLAIN)
_EXPECTED = (
    "expected imaps://user:password@host/INBOX, with / in a password written as %2F, @ as %40, # as %23 and "
    "? as %3F, and a blank in a folder as %20"
)


class UnreachableMailboxError(Exception):
    """The mailbox could not be opened or read. Its message is a finding: what happened and what to do."""


@dataclass(frozen=True, slots=True)
class MailAccount:
    """Where the mailbox is. With a `context`, TLS; `wait_seconds` is the wait for each answer."""

    host: str
    port: int
    user: str
    folder: str
    password: str = field(default="", repr=False)
    by_token: bool = False
    context: ssl.SSLContext | None = None
    wait_seconds: float = _WAIT

    @property
    def mark(self) -> str:
        """A short name for whose mailbox on which server it is: two of them may number alike."""
        return sha256(f"{self.user}@{self.host}".casefold().encode()).hexdigest()[:8]

    @property
    def where(self) -> str:
        """The server, for people."""
        return f"{self.host}:{self.port}"


def account_from(address: str) -> MailAccount:
    """Return the account that `imaps://user:password@host:port/folder?ca=…&cto=…` names.

    `cto` is the wait for each answer in seconds; `ca`, with TLS alone, a PEM file with the authorities to
    trust instead of the system's; `auth=xoauth2`, with TLS alone, logs in with a token.

    Raises:
        UnreachableMailboxError: it is not written as it has to be. Nothing of it is shown.
    """
    try:
        return _account(urlsplit(address))
    except MiswrittenAddressError as error:
        raise UnreachableMailboxError(
            f"MANDATES_MAILBOX: found an address that is not shown here: {error}; {_EXPECTED}"
        ) from None
    except ValueError:  # what it says would show a part of the password
        raise UnreachableMailboxError(
            f"MANDATES_MAILBOX: found an address that is not shown here; {_EXPECTED}"
        ) from None


def _account(where: SplitResult) -> MailAccount:
    if where.scheme not in _PORTS:
        raise MiswrittenAddressError("it begins neither with imaps:// nor with imap://")
    if not where.hostname:
        raise MiswrittenAddressError("it names no host")
    secure = where.scheme == "imaps"
    options = options_of(where, _FOR_TLS if secure else _PLAIN)
    user, password = unquote(where.username or ""), unquote(where.password or "")
    return MailAccount(
        host=where.hostname,
        port=_port(where),
        user=user,
        folder=_folder(where),
        password=password,
        by_token=by_token(options, user, password),
        context=trusting(options.get("ca")) if secure else None,
        wait_seconds=seconds("cto", options["cto"]) if "cto" in options else _WAIT,
    )


def mailbox_in_words(address: str) -> str:
    """Return which mailbox an address names, for people: no user and no password."""
    try:
        where = urlsplit(address)
        port = _port(where)
    except ValueError:
        return "an address that cannot be used"
    secure = "with" if where.scheme == "imaps" else "without"
    return f"{_folder(where)} at {where.hostname or 'no host'}:{port}, {secure} TLS"


def _folder(where: SplitResult) -> str:
    return unquote(where.path.strip("/")) or "INBOX"


def _port(where: SplitResult) -> int:
    return where.port or _PORTS.get(where.scheme, _PORTS["imap"])
