"""Mails to a relay over one kept SMTP connection, with an answer per recipient (RFC 5321)."""

import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from notifications.channels.relay import Relay, connect
from notifications.channels.tokens import NO_TOKENS, NoTokenError, TokenSource
from notifications.channels.verdict import Answer, Outcome, Verdict, verdict_of
from notifications.envelope import Mail

_OK = 250
_SEND_DATA = 354
_CLOSING = 421
_REFUSALS = range(400, 600)
_ANSWERS = range(200, 600)
_PERMANENT = 500
_LOGIN = frozenset({530, 534, 535, 538})  # RFC 4954: we have to log in first, or otherwise
_TOO_LARGE = 552
_SYSTEM_OR_NETWORK = re.compile(rb"4\.[34]\.")  # RFC 3463: what fails is not the recipient's
_FROM, _TO, _WHOLE = "sender refused", "recipient refused", "message refused"


class _RefusedError(Exception):
    """The relay answered no to a step of one message."""

    def __init__(self, step: str, code: int, text: bytes) -> None:
        self.outcome = _outcome(step, code, text)
        super().__init__(f"{step}: {_worded(code, text)}")


class _LostError(Exception):
    """There is no connection, or there is none any more; nothing of the message was handed over."""

    def __init__(self, outcome: Outcome, text: str) -> None:
        self.outcome = outcome
        super().__init__(text)


class SmtpSender:
    """Hands messages to a relay over a connection that lives as long as it answers."""

    def __init__(self, relay: Relay, tokens: TokenSource = NO_TOKENS) -> None:
        self._relay = relay
        self._tokens = tokens
        self._connection: smtplib.SMTP | None = None

    def send(self, mail: Mail) -> Verdict:
        """Hand the mail over, to its recipient and those it is copied to.

        Refused is only what the relay says of the message or its recipient. What concerns every message (no
        connection, no TLS, wrong password) reached nobody, because it is mended on our side. A connection
        lost once the message is on its way leaves the outcome unknown.
        """
        if self._connection:
            # A relay lets an idle connection go; that is seen only when the next message is announced.
            with suppress(_LostError):
                return self._handed_over(self._connection, mail)
        try:
            return self._handed_over(self._connected(), mail)
        except _LostError as error:
            return Verdict(error.outcome, str(error))

    def trouble(self) -> str | None:
        """Return why nothing can leave now: the relay is called and logged in to, and nothing is sent."""
        try:
            self._connection = self._connection or self._connected()
        except _LostError as error:
            return str(error)
        return None

    def refusal_of(self, sender: str, to: str) -> str | None:
        """Return why the relay takes no mail to an address, found without sending one; None where it does."""
        try:
            connection = self._connection or self._connected()
            _expect(_OK, _FROM, connection.mail(sender))
            _expect(_OK, _TO, connection.rcpt(to))
        except (_RefusedError, _LostError, OSError, smtplib.SMTPException) as error:
            return str(error) or type(error).__name__
        finally:
            self._reset()
        return None

    def close(self) -> None:
        """Say goodbye to the relay, if it is still there."""
        if self._connection:
            with suppress(OSError, smtplib.SMTPException):
                self._connection.quit()
        self._drop()

    def _handed_over(self, connection: smtplib.SMTP, mail: Mail) -> Verdict:
        try:
            refused = self._announced(connection, mail)
            return self._delivered(connection, mail, refused)
        except _RefusedError as error:
            self._reset()
            to = Answer(mail.to, error.outcome, str(error))
            untried = "not tried, because the message was refused"
            return verdict_of([to, *(Answer(copy, error.outcome, untried) for copy in mail.copies)])

    def _announced(self, connection: smtplib.SMTP, mail: Mail) -> dict[str, _RefusedError]:
        """Announce the message up to its content, and return which copies the relay refuses to take."""
        try:
            return _announce(connection, mail)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise _LostError(Outcome.LATER, f"connection to {self._where} lost: {_said(error)}") from error

    def _delivered(self, connection: smtplib.SMTP, mail: Mail, refused: dict[str, _RefusedError]) -> Verdict:
        try:
            with _waiting(connection, self._relay.answer_seconds):
                outcome, text = Outcome.SENT, _deliver(connection, mail.content)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            text = f"connection to {self._where} lost before it answered; it may have arrived: {_said(error)}"
            outcome = Outcome.UNKNOWN
        answers = [Answer(mail.to, outcome, text)]
        for copy in mail.copies:
            no = refused.get(copy)
            answers.append(Answer(copy, no.outcome, str(no)) if no else Answer(copy, outcome, text))
        return verdict_of(answers)

    def _connected(self) -> smtplib.SMTP:
        try:
            self._connection = connect(self._relay, self._tokens)
        except (OSError, smtplib.SMTPException) as error:
            raise _LostError(Outcome.UNREACHED, self._why_not(error)) from error
        return self._connection

    def _why_not(self, error: Exception) -> str:
        """Return why there is no connection, and what to do about it where that is ours."""
        if isinstance(error, NoTokenError):
            return f"no login at {self._where}: {error}"
        if not isinstance(error, smtplib.SMTPAuthenticationError):
            return f"no connection to {self._where}: {_said(error)}"
        if self._relay.by_token:
            mend = f"the token of {self._tokens.setting} was refused; see that it is for this mailbox"
        else:
            mend = "the user or the password was refused; mend them in the channel's setting"
        return f"no login at {self._where}: {_said(error)}: {mend}"

    @property
    def _where(self) -> str:
        return f"{self._relay.host}:{self._relay.port}"

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


def _announce(connection: smtplib.SMTP, mail: Mail) -> dict[str, _RefusedError]:
    # RFC 1870: a relay that is told the size says at once that it is too much.
    size = [f"SIZE={len(mail.content)}"] if connection.has_extn("size") else []
    _expect(_OK, _FROM, connection.mail(mail.sender, size))
    _expect(_OK, _TO, connection.rcpt(mail.to))
    refused: dict[str, _RefusedError] = {}
    for copy in mail.copies:
        try:
            _expect(_OK, _TO, connection.rcpt(copy))
        except _RefusedError as error:
            refused[copy] = error
    _expect(_SEND_DATA, _WHOLE, connection.docmd("DATA"))
    return refused


def _outcome(step: str, code: int, text: bytes) -> Outcome:
    """Return whom a refusal is about: us and every message, the relay itself, or this message.

    Of a message, the sender is told and its size, so what is refused there and is no matter of size is ours.
    """
    if code in _LOGIN or (step == _FROM and code >= _PERMANENT and code != _TOO_LARGE):
        return Outcome.UNREACHED
    if code >= _PERMANENT:
        return Outcome.REFUSED_FOR_GOOD
    theirs = step != _FROM and not _SYSTEM_OR_NETWORK.match(text)
    return Outcome.REFUSED_NOW if theirs else Outcome.LATER


def _deliver(connection: smtplib.SMTP, content: bytes) -> str:
    # A line that begins with a dot would end the message: it gets a second one (RFC 5321, 4.5.2).
    connection.send(content.replace(b"\n.", b"\n..") + b".\r\n")
    code, text = connection.getreply()
    if code in _REFUSALS:
        raise _RefusedError(_WHOLE, code, text)
    if code // 10 != _OK // 10:  # half an answer, or none: the message may have been taken
        raise smtplib.SMTPServerDisconnected(_worded(code, text))
    return _worded(code, text)


def _expect(code: int, step: str, answer: tuple[int, bytes]) -> None:
    found, text = answer
    if found == _CLOSING or found not in _ANSWERS:
        raise smtplib.SMTPServerDisconnected(_worded(found, text))
    if found // 10 != code // 10:
        raise _RefusedError(step, found, text)


@contextmanager
def _waiting(connection: smtplib.SMTP, seconds: float) -> Iterator[None]:
    """Let the connection wait this long for an answer, and then as long as before."""
    socket = connection.sock
    if socket is None:
        raise smtplib.SMTPServerDisconnected("the connection is closed")
    before = socket.gettimeout()
    socket.settimeout(seconds)
    try:
        yield
    finally:
        with suppress(OSError):  # the relay may have closed it
            socket.settimeout(before)


def _worded(code: int, text: bytes | str) -> str:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return " ".join(f"{code} {words}".split())


def _said(error: Exception) -> str:
    """Return what went wrong in words; the server's own answer, where there is one."""
    if isinstance(error, smtplib.SMTPResponseException):
        return _worded(error.smtp_code, error.smtp_error)
    return str(error) or type(error).__name__
