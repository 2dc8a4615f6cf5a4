"""Logging in at a mail server (RFC 4954), also with letters that are not ASCII, or with a token."""

import smtplib
from base64 import b64decode, b64encode
from collections.abc import Callable

from notifications.channels.tokens import without_token, written

_IN, _GO_ON = 235, 334
_IN_OTHER_LETTERS: dict[str, Callable[[str, str], list[bytes]]] = {
    "PLAIN": lambda user, password: [f"\0{user}\0{password}".encode()],
    "LOGIN": lambda user, password: [user.encode(), password.encode()],
}


def log_in(connection: smtplib.SMTP, user: str, password: str) -> None:
    """Log in with a password; one that is not ASCII goes in UTF-8 (RFC 4616), which smtplib cannot.

    Raises:
        OSError: the connection is lost.
        smtplib.SMTPException: the relay does not let us in, or has no way that we know.
    """
    if f"{user}{password}".isascii():
        connection.login(user, password)
        return
    offered = connection.esmtp_features.get("auth", "").upper().split()
    known = [name for name in _IN_OTHER_LETTERS if name in offered]
    if not known:
        raise smtplib.SMTPNotSupportedError(
            "a password that is not ASCII needs AUTH PLAIN or AUTH LOGIN, and the server offers neither"
        )
    mechanism = known[0]
    code, text = _answered(connection, mechanism, _IN_OTHER_LETTERS[mechanism](user, password))
    if code != _IN:
        raise smtplib.SMTPAuthenticationError(code, text)


def log_in_by_token(connection: smtplib.SMTP, user: str, token: str) -> None:
    """Log in with a token (XOAUTH2); raises as `log_in` does."""
    if "XOAUTH2" not in connection.esmtp_features.get("auth", "").upper().split():
        raise smtplib.SMTPNotSupportedError("the server offers no AUTH XOAUTH2")
    # Not with the command itself: a token is longer than a command may be (RFC 4954, 4).
    code, text = _answered(connection, "XOAUTH2", [written(user, token)])
    if code == _GO_ON:  # why it is refused; only then comes the refusal
        why = _decoded(text)
        code, text = connection.docmd("")
        text = text + b" " + why
    if code != _IN:
        raise smtplib.SMTPAuthenticationError(
            code, without_token(user, token, text.decode("utf-8", "replace"))
        )


def _answered(connection: smtplib.SMTP, mechanism: str, answers: list[bytes]) -> tuple[int, bytes]:
    code, text = connection.docmd("AUTH", mechanism)
    for answer in answers:
        if code != _GO_ON:
            break
        code, text = connection.docmd(_encoded(answer))
    return code, text


def _encoded(answer: bytes) -> str:
    return b64encode(answer).decode("ascii")


def _decoded(text: bytes) -> bytes:
    try:
        return b64decode(text, validate=True)
    except ValueError:
        return text
