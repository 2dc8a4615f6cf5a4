"""A mail relay: where it is, and how a connection to it is opened."""

import smtplib
import ssl
from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote

from notifications.channels.address import MiswrittenAddressError, by_token, options_of, seconds, trusting
from notifications.channels.logging_in import log_in, log_in_by_token
from notifications.channels.tokens import NO_TOKENS, Account, TokenSource

_DEFAULT_PORTS = {"rmail": 25, "rmails": 587}
_TLS_PORT = 465
_SSL, _STARTTLS = "ssl", "starttls"
_WAITS = {"cto": "step_seconds", "rto": "answer_seconds"}
_FOR_TLS = ("auth", "ca", "mode", *_WAITS)


@dataclass(frozen=True, slots=True)
class Relay:
    """Where the relay is, and how long to wait for it, in seconds.

    With a `context`, TLS: from the first byte or by STARTTLS, as `from_start` says. `step_seconds` is the
    wait for a connection and for the answer to each command, `answer_seconds` that for the answer to a
    message handed over: a relay that looks for spam first takes its time, and to leave early is not to know.
    """

    host: str
    port: int
    context: ssl.SSLContext | None = None
    from_start: bool = False
    user: str = ""
    password: str = field(default="", repr=False)
    by_token: bool = False
    step_seconds: float = 15.0
    answer_seconds: float = 60.0


def relay_from(parts: SplitResult) -> Relay:
    """Return the relay that `rmail://user:password@host:port?cto=15&rto=60` names.

    `cto` and `rto` are the waits in seconds, called as in Apprise's own addresses. `rmails` takes three more:
    `ca` is a PEM file with the authorities to trust instead of the system's, `mode` is `ssl` or `starttls`,
    where the port (465 for the first) does not tell, and `auth=xoauth2` logs in with a token.

    Raises:
        MiswrittenAddressError: without a host, with an option nobody knows, or with a value that cannot be.
        ValueError: with an impossible port.
    """
    if not parts.hostname:
        raise MiswrittenAddressError("it names no host")
    secure = parts.scheme == "rmails"
    port = parts.port or _DEFAULT_PORTS[parts.scheme]
    options = options_of(parts, _FOR_TLS if secure else tuple(_WAITS))
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    token = by_token(options, user, password)
    options.pop("auth", None)
    mode = options.pop("mode", _SSL if port == _TLS_PORT else _STARTTLS)
    if mode not in {_SSL, _STARTTLS}:
        raise MiswrittenAddressError(f"mode is neither {_SSL} nor {_STARTTLS}")
    return Relay(
        host=parts.hostname,
        port=port,
        context=trusting(options.pop("ca", None)) if secure else None,
        from_start=secure and mode == _SSL,
        user=user,
        password=password,
        by_token=token,
        **{_WAITS[name]: seconds(name, value) for name, value in options.items()},
    )


def connect(relay: Relay, tokens: TokenSource = NO_TOKENS) -> smtplib.SMTP:
    """Open a connection, encrypted where the relay asks for it, and log in.

    Raises:
        NoTokenError: there is no token to log in with.
        OSError: nobody answers, or the certificate is not one we trust.
        smtplib.SMTPException: the relay does not let us in, or cannot encrypt.
    """
    token = tokens.token_for(Account("smtp", relay.host, relay.user)) if relay.by_token else ""
    where, wait = (relay.host, relay.port), relay.step_seconds
    if relay.from_start:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=wait, context=relay.context)
    else:
        connection = smtplib.SMTP(*where, timeout=wait)
    try:
        _introduce(connection, relay, token)
    except BaseException:
        connection.close()
        raise
    return connection


def _introduce(connection: smtplib.SMTP, relay: Relay, token: str) -> None:
    if relay.context and not relay.from_start:
        connection.starttls(context=relay.context)
    connection.ehlo_or_helo_if_needed()
    if relay.by_token:
        log_in_by_token(connection, relay.user, token)
    elif relay.user:
        log_in(connection, relay.user, relay.password)
