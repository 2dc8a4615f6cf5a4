"""A mail relay: where it is, and how a connection to it is opened."""

import smtplib
import ssl
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qsl, unquote

if TYPE_CHECKING:
    from collections.abc import Collection

_DEFAULT_PORTS = {"rmail": 25, "rmails": 587}
_TLS_PORT = 465
_SSL, _STARTTLS = "ssl", "starttls"
_WAITS = {"cto": "step_seconds", "rto": "answer_seconds"}
_FOR_TLS = ("ca", "mode", *_WAITS)
_LONGEST_WAIT = 600.0  # what RFC 5321, 4.5.3.2.6 grants a relay; below the lease of a claim


class MiswrittenAddressError(ValueError):
    """The address of a channel is not written as it has to be. Its message holds nothing of the address."""


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
    step_seconds: float = 15.0
    answer_seconds: float = 60.0


def relay_from(parts: SplitResult) -> Relay:
    """Return the relay that `rmail://user:password@host:port?cto=15&rto=60` names.

    `cto` and `rto` are the waits in seconds, called as in Apprise's own addresses. `rmails` takes two more:
    `ca` is a PEM file with the authorities to trust instead of the system's, and `mode` is `ssl` or
    `starttls`, where the port (465 for the first) does not tell.

    Raises:
        MiswrittenAddressError: without a host, with an option nobody knows, or with a value that cannot be.
        ValueError: with an impossible port.
    """
    if not parts.hostname:
        raise MiswrittenAddressError("it names no host")
    secure = parts.scheme == "rmails"
    port = parts.port or _DEFAULT_PORTS[parts.scheme]
    options = _options(parts.query, _FOR_TLS if secure else _WAITS)
    mode = options.pop("mode", _SSL if port == _TLS_PORT else _STARTTLS)
    if mode not in {_SSL, _STARTTLS}:
        raise MiswrittenAddressError(f"mode is neither {_SSL} nor {_STARTTLS}")
    return Relay(
        host=parts.hostname,
        port=port,
        context=_trusting(options.pop("ca", None)) if secure else None,
        from_start=secure and mode == _SSL,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        **{_WAITS[name]: _seconds(name, value) for name, value in options.items()},
    )


def connect(relay: Relay) -> smtplib.SMTP:
    """Open a connection, encrypted where the relay asks for it, and log in.

    Raises:
        OSError: nobody answers, or the certificate is not one we trust.
        smtplib.SMTPException: the relay does not let us in, or cannot encrypt.
    """
    where, wait = (relay.host, relay.port), relay.step_seconds
    if relay.from_start:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=wait, context=relay.context)
    else:
        connection = smtplib.SMTP(*where, timeout=wait)
    try:
        _introduce(connection, relay)
    except BaseException:
        connection.close()
        raise
    return connection


def _introduce(connection: smtplib.SMTP, relay: Relay) -> None:
    if relay.context and not relay.from_start:
        connection.starttls(context=relay.context)
    connection.ehlo_or_helo_if_needed()
    if relay.user:
        connection.login(relay.user, relay.password)


def _options(query: str, known: "Collection[str]") -> dict[str, str]:
    options = dict(parse_qsl(query, keep_blank_values=True))
    if not options.keys() <= set(known):
        raise MiswrittenAddressError(f"it has an option that is none of {', '.join(known)}")
    return options


def _seconds(name: str, value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0
    if not 0 < seconds <= _LONGEST_WAIT:
        raise MiswrittenAddressError(f"{name} is not a number of seconds up to {_LONGEST_WAIT:.0f}")
    return seconds


def _trusting(authorities: str | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=authorities)
    except OSError as error:  # ssl.SSLError is one
        raise MiswrittenAddressError(
            f"ca names {authorities!r}, which is not a readable file of certificates in PEM"
        ) from error
