"""A connection to the mailbox: opened, asked and closed; whatever goes wrong is said in words for people."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from imaplib import IMAP4

from imap_tools import A, BaseMailBox, MailBox, MailBoxUnencrypted, MailMessageFlags
from imap_tools.errors import MailboxFolderSelectError, UnexpectedCommandStatusError

from notifications.channels.tokens import TokenSource
from policies.problems import visible
from tasks.inputs.mail.account import MailAccount, UnreachableMailboxError, account_from
from tasks.inputs.mail.login import enter, token_for
from tasks.inputs.mail.troubles import NEXT, TROUBLES, in_words, said_by

_AT_ONCE = 500  # messages asked about at once
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_UID = re.compile(rb"\bUID (\d+)")
_LISTED = "(UID RFC822.SIZE BODY.PEEK[HEADER.FIELDS (FROM)]<0.2000>)"  # characters of a header
_MOST_NAMED = 20  # folders


class WithheldMessageError(Exception):
    """The server does not give this one message. Its message is what the server says."""


class OpenMailbox:
    """The folder of a mailbox while it is open. Every method raises `UnreachableMailboxError`."""

    def __init__(self, box: BaseMailBox, account: MailAccount) -> None:
        self._box = box
        self._account = account

    def prefix(self) -> str:
        """Return how the names of its messages begin: they hold as long as the server keeps its numbers."""
        folder = self._account.folder
        with in_words(self._account):
            status = self._box.folder.status(folder, ["UIDVALIDITY"])
        return f"mail {folder} {status['UIDVALIDITY']} {self._account.mark}/"

    def uids_since(self, day: date) -> list[str]:
        """Return the messages that came on a day, in the server's zone, or later."""
        with in_words(self._account):
            return self._box.uids(A(date_gte=day))

    def listed(self, uids: Sequence[str]) -> Iterator[tuple[str, int, bytes]]:
        """Yield each message's UID, its size in bytes, and the beginning of its From header as it stands."""
        for first in range(0, len(uids), _AT_ONCE):
            with in_words(self._account):
                answers = self._asked(",".join(uids[first : first + _AT_ONCE]), _LISTED)
            for said, header in _with_literals(answers):
                if (uid := _UID.search(said)) and (size := _SIZE.search(said)):
                    yield uid[1].decode(), int(size[1]), header

    def content(self, uid: str) -> bytes:
        """Return a message as it lies there, without marking it as read; nothing where it has gone.

        Raises:
            WithheldMessageError: the server refuses it, and goes on.
        """
        with in_words(self._account):
            try:
                answers = self._asked(uid, "(BODY.PEEK[])")
            except IMAP4.abort:
                raise
            except (UnexpectedCommandStatusError, IMAP4.error) as error:
                raise WithheldMessageError(said_by(error)) from error
        return bytes(next((each[1] for each in answers if isinstance(each, tuple)), b""))

    def mark_read(self, uid: str) -> None:
        """Mark a message as read."""
        with in_words(self._account):
            self._box.flag(uid, MailMessageFlags.SEEN, True)  # noqa: FBT003 (the library's own form)

    def _asked(self, uids: str, parts: str) -> Sequence[object]:
        status, answers = self._box.client.uid("FETCH", uids, parts)
        if status != "OK":
            raise UnexpectedCommandStatusError((status, answers), "OK")
        return list(answers)


def _with_literals(answers: Sequence[object]) -> Iterator[tuple[bytes, bytes]]:
    """Yield what a server says of each message, before its header and behind it, and this header."""
    behind = iter((*answers, b""))
    for answer in behind:
        if isinstance(answer, tuple):
            after = next(behind)
            yield answer[0] + b" " + (after if isinstance(after, bytes) else b""), bytes(answer[1])
        elif isinstance(answer, bytes):
            yield answer, b""


@contextmanager
def opened_mailbox(address: str, tokens: TokenSource, *, read_only: bool = False) -> Iterator[OpenMailbox]:
    """Offer the mailbox that an address names, and close it at the end.

    Args:
        address: as `account_from` takes it.
        tokens: gives the tokens for an address with `auth=xoauth2`.
        read_only: nothing can be marked then.

    Raises:
        UnreachableMailboxError: it cannot be opened, or what is done with it fails at the server.
    """
    account = account_from(address)
    token = token_for(account, tokens)
    with in_words(account):
        box = _called(account)
    try:
        enter(box, account, token, tokens)
        _select(box, account, read_only=read_only)
        yield OpenMailbox(box, account)
        with suppress(*TROUBLES):
            box.logout()
    finally:
        with suppress(OSError):  # nothing more can be lost on it
            box.client.shutdown()


def mailbox_trouble(address: str, tokens: TokenSource) -> str | None:
    """Return why the mailbox cannot be read, found by opening it; None where it can."""
    try:
        with opened_mailbox(address, tokens, read_only=True) as box:
            box.prefix()
    except UnreachableMailboxError as error:
        return str(error)
    return None


def _called(account: MailAccount) -> BaseMailBox:
    if account.context is None:
        return MailBoxUnencrypted(account.host, account.port, account.wait_seconds)
    return MailBox(account.host, account.port, account.wait_seconds, ssl_context=account.context)


def _select(box: BaseMailBox, account: MailAccount, *, read_only: bool) -> None:
    with in_words(account):
        try:
            box.folder.set(account.folder, readonly=read_only)
        except MailboxFolderSelectError as error:
            raise UnreachableMailboxError(
                f"the mailbox could not be read: {account.where} has no folder {account.folder!r} that can "
                f"be opened: {said_by(error)}; name one behind the host in MANDATES_MAILBOX, there are "
                f"{_folders(box)}; {NEXT}"
            ) from error


def _folders(box: BaseMailBox) -> str:
    names = [repr(visible(folder.name)) for folder in box.folder.list()]
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return f"{', '.join(names[:_MOST_NAMED])}{more}"
