"""The message of a notice as text, for reading on a page: the very words its recipient has or will have."""

from datetime import UTC, datetime, time
from email.message import EmailMessage

from records.notices import Notice
from tasks.letters import letter_about
from tasks.workplace import Workplace


def letter_text(workplace: Workplace, notice: Notice) -> tuple[str, str]:
    """Return the subject and the text of a notice, as on the day it leaves.

    Raises:
        UnreachableError: the person has left the directory.
    """
    sent_at = datetime.combine(notice.send_on, time(), UTC)
    message = letter_about(workplace, [notice], notice.send_on, sent_at)
    assert isinstance(message, EmailMessage)  # noqa: S101 (the short text was not asked for)
    return str(message["Subject"]), _text(message)


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    return str(body.get_content()) if body else ""
