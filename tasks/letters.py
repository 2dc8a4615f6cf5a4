"""The message of a notice as text, for reading on a page: the very words its recipient has or will have."""

from datetime import UTC, datetime, time
from email.message import EmailMessage

from records.notices import Notice
from tasks.dispatching import UnreachableError, message_of
from tasks.workplace import Workplace


class UnwrittenError(LookupError):
    """The message of a notice cannot be written any more: its reader has left the directory."""


def letter_of(workplace: Workplace, notice: Notice) -> tuple[str, str]:
    """Return the subject and the text of a notice, as on the day it leaves.

    Raises:
        UnwrittenError: the person has left the directory.
    """
    try:
        message = message_of(workplace, notice, notice.send_on, datetime.combine(notice.send_on, time(), UTC))
    except UnreachableError as error:
        raise UnwrittenError(str(error)) from error
    return str(message["Subject"]), _text(message)


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    return str(body.get_content()) if body else ""
