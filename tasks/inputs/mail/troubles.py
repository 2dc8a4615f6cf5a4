"""What goes wrong with a mail server, in words for people: what happened, and what to do."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from imaplib import IMAP4

from imap_tools.errors import ImapToolsError, UnexpectedCommandStatusError

from notifications.channels.tokens import without
from policies.problems import visible
from tasks.inputs.mail.account import MailAccount, UnreachableMailboxError

TROUBLES = (ImapToolsError, IMAP4.error, OSError, UnicodeError)
NEXT = "it is tried again in the next run"
_LONGEST_SAID = 300  # characters of an answer


@contextmanager
def in_words(account: MailAccount) -> Iterator[None]:
    """Turn whatever the server or the way to it raises into an `UnreachableMailboxError`."""
    try:
        yield
    except TROUBLES as error:
        raise unreachable(account, error) from error


def unreachable(account: MailAccount, error: Exception) -> UnreachableMailboxError:
    """Return what to raise instead of an error of the connection."""
    what = next((words for kind, words in _WHAT if isinstance(error, kind)), "{where}: {said}")
    said = without(account.password, said_by(error))
    text = what.format(where=account.where, said=said, wait=f"{account.wait_seconds:g}")
    return UnreachableMailboxError(f"the mailbox could not be read: {text}; {NEXT}")


_WHAT: tuple[tuple[type[Exception], str], ...] = (
    (
        ssl.SSLCertVerificationError,
        "the certificate of {where} is not trusted: {said}; name its authority with ?ca=FILE, or mend it",
    ),
    (ssl.SSLError, "{where} does not speak TLS with us: {said}; see the host and the port"),
    (socket.gaierror, "there is no host of the name in {where}: {said}; mend MANDATES_MAILBOX"),
    (
        TimeoutError,
        "{where} did not answer within {wait} seconds; see whether it is overloaded, or raise ?cto=",
    ),
    (ConnectionRefusedError, "nothing listens at {where}: {said}; see the host and the port"),
    (IMAP4.abort, "{where} ended the connection: {said}; see its log"),
    (ConnectionError, "{where} ended the connection: {said}; see its log"),
    (UnexpectedCommandStatusError, "{where} refused what was asked: {said}; see its log"),
)


def said_by(error: Exception) -> str:
    """Return what a server answered, or the system said, on one line."""
    if isinstance(error, UnexpectedCommandStatusError):
        status, answers = error.command_result[:2]
        words = [each.decode("utf-8", "replace") for each in answers if isinstance(each, bytes)]
        said = " ".join([str(status), *words])
    else:
        said = (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
    return visible(said)[:_LONGEST_SAID]
