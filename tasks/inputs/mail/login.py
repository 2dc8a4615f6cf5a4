"""Logging in to a mailbox: by a password in whatever script, or by a token."""

from imaplib import IMAP4

from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError

from notifications.channels.tokens import Account, NoTokenError, TokenSource, without, without_token, written
from tasks.inputs.mail.account import MailAccount, UnreachableMailboxError
from tasks.inputs.mail.troubles import NEXT, said_by, unreachable


def token_for(account: MailAccount, tokens: TokenSource) -> str:
    """Return the token to log in with; nothing where a password is used.

    Raises:
        UnreachableMailboxError: there is none.
    """
    if not account.by_token:
        return ""
    try:
        return tokens.token_for(Account("imap", account.host, account.user))
    except NoTokenError as error:
        raise UnreachableMailboxError(f"the mailbox could not be read: {error}; {NEXT}") from error


def enter(box: BaseMailBox, account: MailAccount, token: str, tokens: TokenSource) -> None:
    """Log in, by a token, by the plain command, or by one that takes letters of every script.

    Raises:
        UnreachableMailboxError: the server does not let us in, or goes away.
    """
    user, password = account.user, account.password
    try:
        if account.by_token:
            _enter_by_token(box, user, token)
        elif f"{user}{password}".isascii() and password.isprintable():
            box.login(user, password, None)
        else:
            box.login_utf8(user, password, None)
    except (IMAP4.abort, OSError) as error:
        raise unreachable(account, error) from error
    except (ImapToolsError, IMAP4.error) as error:
        said = without_token(user, token, without(password, said_by(error)))
        mend = (
            f"the token of {tokens.setting} was refused; see that it is for this mailbox"
            if account.by_token
            else "see that MANDATES_MAILBOX has the right user and password"
        )
        raise UnreachableMailboxError(
            f"the mailbox could not be read: {account.where} refused the login: {said}; {mend}; {NEXT}"
        ) from error


def _enter_by_token(box: BaseMailBox, user: str, token: str) -> None:
    answers = iter([written(user, token)])
    refusals: list[bytes] = []

    def answer(asked: bytes) -> bytes:
        refusals.append(asked)  # empty the first time; then why the token is refused
        return next(answers, b"")

    try:
        box.client.authenticate("XOAUTH2", answer)
    except IMAP4.abort:
        raise
    except IMAP4.error as error:
        raise IMAP4.error(f"{error} {b' '.join(refusals).decode('utf-8', 'replace')}") from error
