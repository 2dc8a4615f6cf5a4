"""A mail relay: ready messages over one kept SMTP connection, with an answer per recipient (RFC 5321)."""

import re
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote

from notifications.channels.verdict import Outcome, Verdict

_SECONDS = 15.0  # long enough for a relay that greylists, short enough not to hold up the other messages
_DEFAULT_PORTS = {"rmail": 25, "rmails": 587}
_TLS_PORT = 465
_OK = 250
_SEND_DATA = 354
_PERMANENT = 500


@dataclass(frozen=True, slots=True)
class Relay:
    """Where the relay is. `secure` means TLS from the first byte on port 465, STARTTLS elsewhere."""

    host: str
    port: int
    secure: bool
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = _SECONDS


class _RefusedError(Exception):
    """The relay answered no to a step of one message."""

    def __init__(self, step: str, code: int, text: bytes) -> None:
        self.permanent = code >= _PERMANENT
        super().__init__(f"{step}: {code} {text.decode('utf-8', 'replace')}")


class Postman:
    """Hands messages to a relay, one recipient each, over a connection that lives as long as it answers."""

    def __init__(self, relay: Relay) -> None:
        self._relay = relay
        self._connection: smtplib.SMTP | None = None

    def send(self, message: EmailMessage) -> Verdict:
        """Hand the message over.

        Refused for good is only what the relay says of the message or its recipient; what it says of us (no
        connection, no TLS, wrong password) is refused for now, because it is mended on our side. A
        connection lost once the message is on its way leaves the outcome unknown.
        """
        try:
            connection = self._connected()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Verdict(Outcome.REFUSED_NOW, f"no connection to {self._where}: {_said(error)}")
        return self._handed_over(connection, message)

    def close(self) -> None:
        """Say goodbye to the relay, if it is still there."""
        if self._connection:
            try:
                self._connection.quit()
            except (OSError, smtplib.SMTPException):
                self._drop()
        self._connection = None

    @property
    def _where(self) -> str:
        return f"{self._relay.host}:{self._relay.port}"

    def _handed_over(self, connection: smtplib.SMTP, message: EmailMessage) -> Verdict:
        on_its_way = False
        try:
            _announce(connection, message)
            on_its_way = True
            answer = _deliver(connection, message)
        except _RefusedError as error:
            return self._refused(error)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            if on_its_way:
                text = f"connection to {self._where} lost before it answered; it may have arrived"
                return Verdict(Outcome.UNKNOWN, f"{text}: {_said(error)}")
            return Verdict(Outcome.REFUSED_NOW, f"connection to {self._where} lost: {_said(error)}")
        return Verdict(Outcome.SENT, answer)

    def _refused(self, error: _RefusedError) -> Verdict:
        self._reset()
        return Verdict(Outcome.REFUSED_FOR_GOOD if error.permanent else Outcome.REFUSED_NOW, str(error))

    def _connected(self) -> smtplib.SMTP:
        if self._connection and not _answers(self._connection):
            self._drop()
        if not self._connection:
            self._connection = _connect(self._relay)
        return self._connection

    def _reset(self) -> None:
        """Forget the half-told message, so that the next one starts anew."""
        try:
            if self._connection:
                self._connection.rset()
        except (OSError, smtplib.SMTPException):
            self._drop()

    def _drop(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None


def relay_from(parts: SplitResult) -> Relay:
    """Return the relay that `rmail://user:password@host:port` names.

    Raises:
        ValueError: without a host, or with an impossible port.
    """
    if not parts.hostname:
        raise ValueError("it names no host")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    port = parts.port or _DEFAULT_PORTS[parts.scheme]
    return Relay(parts.hostname, port, parts.scheme == "rmails", user, password)


def _connect(relay: Relay) -> smtplib.SMTP:
    context = ssl.create_default_context() if relay.secure else None
    if context and relay.port == _TLS_PORT:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            relay.host, relay.port, timeout=relay.timeout, context=context
        )
    else:
        connection = smtplib.SMTP(relay.host, relay.port, timeout=relay.timeout)
    try:
        _introduce(connection, relay, context)
    except BaseException:
        connection.close()
        raise
    return connection


def _introduce(connection: smtplib.SMTP, relay: Relay, context: ssl.SSLContext | None) -> None:
    if context and not isinstance(connection, smtplib.SMTP_SSL):
        connection.starttls(context=context)
    if relay.user:
        connection.login(relay.user, relay.password)
    else:
        connection.ehlo_or_helo_if_needed()


def _answers(connection: smtplib.SMTP) -> bool:
    try:
        return connection.noop()[0] == _OK
    except (OSError, smtplib.SMTPException):
        return False


def _announce(connection: smtplib.SMTP, message: EmailMessage) -> None:
    sender, recipient = (message[header].addresses[0].addr_spec for header in ("From", "To"))
    _expect(_OK, "sender refused", connection.mail(sender))
    _expect(_OK, "recipient refused", connection.rcpt(recipient))
    _expect(_SEND_DATA, "message refused", connection.docmd("DATA"))


def _deliver(connection: smtplib.SMTP, message: EmailMessage) -> str:
    # A line that begins with a dot would end the message: it gets a second one (RFC 5321, 4.5.2).
    connection.send(re.sub(rb"(?m)^\.", b"..", message.as_bytes()) + b".\r\n")
    code, text = connection.getreply()
    _expect(_OK, "message refused", (code, text))
    return f"{code} {text.decode('utf-8', 'replace')}"


def _expect(code: int, step: str, answer: tuple[int, bytes]) -> None:
    if answer[0] // 10 != code // 10:
        raise _RefusedError(step, *answer)


def _said(error: Exception) -> str:
    """Return what went wrong in words; the server's own answer, where there is one."""
    if isinstance(error, smtplib.SMTPResponseException):
        raw = error.smtp_error
        return f"{error.smtp_code} {raw.decode('utf-8', 'replace') if isinstance(raw, bytes) else raw}"
    return str(error) or type(error).__name__
