"""Logging in with a token instead of a password: who gives it, and how it is written (SASL XOAUTH2)."""

from base64 import b64encode
from dataclasses import dataclass
from typing import Protocol


class NoTokenError(OSError):
    """There is no token to log in with. Its message says why and what to do, and never a secret."""


@dataclass(frozen=True, slots=True)
class Account:
    """What a token is for: `smtp` or `imap`, at which host, and whose mailbox."""

    protocol: str
    host: str
    user: str


class TokenSource(Protocol):
    """Gives tokens, a new one when the last has run out."""

    def token_for(self, account: Account) -> str:
        """Return a token that is good now.

        Raises:
            NoTokenError: whoever issues them gave none.
        """

    @property
    def setting(self) -> str:
        """The settings that tokens come from, for people."""


def written(user: str, token: str) -> bytes:
    """Return what a server is told."""
    return f"user={user}\x01auth=Bearer {token}\x01\x01".encode()


def without(secret: str, text: str) -> str:
    """Return what a server answered, in which it may have said the secret back."""
    return text.replace(secret, "…") if secret else text


def without_token(user: str, token: str, text: str) -> str:
    """Return what a server answered, in which it may have said back what it was told to log us in."""
    told = b64encode(written(user, token)).decode("ascii") if token else ""
    return without(token, without(told, text))


@dataclass(frozen=True, slots=True)
class NoTokens:
    """No token can be given: the settings name nobody who does, or do not fit together."""

    setting: str
    why: str

    def token_for(self, account: Account) -> str:
        """Say what has to be set."""
        raise NoTokenError(f"a token is needed for {account.user}: {self.why} (docs/mail.md)")


NO_TOKENS: TokenSource = NoTokens(
    "no setting",
    "set MANDATES_TOKEN_COMMAND, or MANDATES_TOKEN_AUTHORITY with MANDATES_TOKEN_CLIENT and "
    "MANDATES_TOKEN_SECRET",
)
