"""Tokens to log in to mail servers with, as the settings say: from an authority, or from a command.

An authority gives them to an application that shows its secret (OAuth 2, client credentials). A command is
asked as git asks its credential helpers, and answers with the token. No message here shows either secret.
"""

import logging
import os
import re
import shlex
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from notifications.channels.tokens import NO_TOKENS, Account, NoTokenError, NoTokens, TokenSource, without
from policies.problems import visible
from tasks.installation.settings import Settings

if TYPE_CHECKING:
    from msal import ConfidentialClientApplication

_COMMAND, _AUTHORITY = "MANDATES_TOKEN_COMMAND", "MANDATES_TOKEN_AUTHORITY"
_SECONDS = 30.0  # for each answer of an authority, and for a command
_TOKEN = re.compile(r"[!-~]+")
_LONGEST_SAID = 300  # characters of an answer


def tokens_of(settings: Settings) -> TokenSource:
    """Return who gives tokens; where the settings do not fit together, one that says so when it is asked."""
    given = {
        _AUTHORITY: settings.token_authority,
        "MANDATES_TOKEN_CLIENT": settings.token_client,
        "MANDATES_TOKEN_SECRET": settings.token_secret,
    }
    names = [name for name, value in given.items() if value]
    if settings.token_command:
        both = NoTokens(_COMMAND, f"{_COMMAND} and {', '.join(names)} are both set; leave out one of them")
        return both if names else CommandTokens(settings.token_command.get_secret_value())
    if not names:
        return NO_TOKENS
    missing = [name for name in given if name not in names]
    if missing or not (settings.token_authority and settings.token_client and settings.token_secret):
        return NoTokens(_AUTHORITY, f"{' and '.join(missing)} must be set beside {' and '.join(names)}")
    secret = settings.token_secret.get_secret_value()
    return AuthorityTokens(settings.token_authority, settings.token_client, settings.token_scope, secret)


@dataclass(slots=True)
class AuthorityTokens:
    """Tokens from an authority; each is used until it has run out."""

    authority: str
    client: str
    scope: str
    secret: str = field(repr=False)
    setting: str = _AUTHORITY
    _application: "ConfidentialClientApplication | None" = field(default=None, repr=False)

    def token_for(self, account: Account) -> str:  # noqa: ARG002 (one token is good for every mailbox)
        """Return a token.

        Raises:
            NoTokenError: the authority could not be reached, or refused.
        """
        # It would log what an authority answers where that is not JSON, and a token may be in it.
        logging.getLogger("msal").setLevel(logging.CRITICAL + 1)
        try:
            answer = self._asked()
        except Exception as error:  # noqa: BLE001 (whatever a server answers, it is no token)
            said = self._shown(f"{type(error).__name__}: {error}")
            raise NoTokenError(
                f"{_AUTHORITY}: {self.authority} could not be asked for a token: {said}; "
                "see that the address is right and can be reached from here"
            ) from None  # what came before may hold the secret
        token = answer.get("access_token")
        if isinstance(token, str) and _TOKEN.fullmatch(token):
            return token
        said = self._shown(
            f"{answer.get('error', 'no reason')}: {answer.get('error_description', 'no more')}"
        )
        raise NoTokenError(
            f"{_AUTHORITY}: {self.authority} refused to give a token: {said}; see that MANDATES_TOKEN_CLIENT "
            "and MANDATES_TOKEN_SECRET are those of the application, that the secret has not run out, "
            "and that MANDATES_TOKEN_SCOPE is right"
        )

    def _asked(self) -> dict[str, Any]:
        from msal import ConfidentialClientApplication  # noqa: PLC0415 (loads what only this needs)

        if self._application is None:
            self._application = ConfidentialClientApplication(
                self.client,
                client_credential=self.secret,
                authority=self.authority,
                instance_discovery=False,  # the settings name it; nobody else is asked whether it is known
                timeout=_SECONDS,
            )
        answer: dict[str, Any] = self._application.acquire_token_for_client([self.scope])
        return answer

    def _shown(self, said: str) -> str:
        return visible(" ".join(without(self.secret, said).split()))[:_LONGEST_SAID]


@dataclass(frozen=True, slots=True)
class CommandTokens:
    """Tokens from a command, which is asked at each login; it keeps them until they run out, or does not.

    It reads lines such as `protocol=imap`, `host=…` and `username=…`, and writes the token.
    """

    command: str = field(repr=False)
    setting: str = _COMMAND

    def token_for(self, account: Account) -> str:
        """Return a token.

        Raises:
            NoTokenError: the command failed, took too long, or wrote something else.
        """
        asked = f"protocol={account.protocol}\nhost={account.host}\nusername={account.user}\n\n"
        try:
            code, output = _run(shlex.split(self.command), asked.encode())
        except subprocess.TimeoutExpired:
            raise NoTokenError(f"{_COMMAND}: it gave no token within {_SECONDS:g} seconds") from None
        except (OSError, ValueError, IndexError) as error:
            why = error.strerror if isinstance(error, OSError) else "it is empty, or a quote is not closed"
            raise NoTokenError(
                f"{_COMMAND}: the command cannot be run: {why}; "
                "expected a program with its options, and no shell"
            ) from None
        if code:
            raise NoTokenError(
                f"{_COMMAND}: the command ended with {code}; "
                "run it by hand as the user of this service to see why"
            )
        token = output.strip().decode("ascii", "replace")
        if not _TOKEN.fullmatch(token):
            raise NoTokenError(
                f"{_COMMAND}: the command wrote {len(output)} bytes that are no token; "
                "expected the token alone, in ASCII and without blanks"
            )
        return token


def _run(command: list[str], asked: bytes) -> tuple[int, bytes]:
    """Run a command with whatever it starts, and end all of it when its time is over."""
    with subprocess.Popen(  # noqa: S603 (the operator's own command, from the settings)
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # it may say secrets
        start_new_session=True,
    ) as running:
        try:
            output, _ = running.communicate(asked, timeout=_SECONDS)
        except BaseException:
            with suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)
            raise
    return running.returncode, output
