"""Mails to send through channels."""

from collections.abc import Sequence
from datetime import UTC, datetime

from notifications.envelope import Mail, Sender, enclose
from notifications.messages import Message
from policies.people.directory import Recipient

SENT_AT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
TEXT = "First line\n.\n..\n.hidden\nÜber\n"


def mail(
    key: str = "annual-meeting/2026/reminder/due-30/anna",
    to: str = "anna@example.org",
    day: int = 23,
    copies: Sequence[str] = (),
    text: str = TEXT,
    others: Sequence[str] = (),
) -> Mail:
    return enclose(
        Message("Reminder", text, "<p>Reminder</p>\n", "en"),
        Recipient("anna", "Anna Keller", to, "en"),
        copies=[Recipient("copy", "In copy", address, "en") for address in copies],
        sender=Sender("Secretariat", "secretariat@example.org"),
        notice_keys=[key, *others],
        cycles=["annual-meeting/2026"],
        sent_at=SENT_AT.replace(day=day),
    )
