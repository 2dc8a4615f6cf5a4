"""Logging in with a token instead of a password: who gives it, and how it is written (SASL XOAUTH2)."""

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


class _NoTokens:
    """No setting gives tokens."""

    setting = "no setting"

    def token_for(self, account: Account) -> str:
        """Say what has to be set."""
        raise NoTokenError(
            f"auth=xoauth2 asks for a token for {account.user}, and no setting gives one; set "
            "MANDATES_TOKEN_COMMAND, or MANDATES_TOKEN_AUTHORITY with the two beside it (docs/mail.md)"
        )


NO_TOKENS: TokenSource = _NoTokens()
