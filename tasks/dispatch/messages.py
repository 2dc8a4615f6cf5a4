"""The messages of notices, to read: as they were sent, or as they would leave."""

from dataclasses import dataclass
from datetime import date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import TYPE_CHECKING

from notifications.short import Short
from policies.plans.notices import NoticeKind, NoticeState
from records.database import reading
from records.ledger.deliveries import reports_of
from records.ledger.letters import is_short, letter_of
from records.ledger.notices import UNSENT, Notice, notices_of, transitions
from records.ledger.release import notice_named
from tasks.dispatch.letters import Letter, mail_about
from tasks.enforcement.catch_up import AFTER_UPGRADE
from tasks.installation.installation import Installation
from tasks.installation.who import directory_at

if TYPE_CHECKING:
    from records.database import Session


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """A message as a person reads it."""

    to: str
    subject: str
    text: str


def message_of(
    session: "Session", installation: Installation, key: str, as_of: date, now: datetime
) -> tuple[ReadMessage, list[str]]:
    """Return the message of a notice as it was sent, else as it would leave on `as_of`; and its history.

    Raises:
        UnknownNoticeError: the ledger has no such notice.
        UnreachableError: it was not sent, and nobody is in the place of its recipient.
    """
    notice = notice_named(session, key)
    history = [_line(move.recorded_at, move.state, move.cause) for move in transitions(session, key)]
    for report in reports_of(session, notice.letter) if notice.letter else ():
        said = " ".join(filter(None, (report.status, report.said)))
        history.append(_line(report.recorded_at, f"{report.fate} at {report.address}", said))
    return words_of(session, installation, notice, as_of, now), history


def words_of(
    session: "Session", installation: Installation, notice: Notice, as_of: date, now: datetime
) -> ReadMessage:
    """Return the words of a notice as they were sent, else as they would leave on `as_of`.

    Raises:
        UnreachableError: it was not sent, and nobody is in the place of its recipient.
    """
    raw = letter_of(session, notice.letter) if notice.letter else None
    if raw is None:
        directory = directory_at(session, as_of)
        return shown(mail_about(installation, directory, [notice], as_of, now), notice.person)
    if notice.letter and is_short(notice.letter):
        title, _, body = raw.decode().partition("\n\n")
        return ReadMessage(notice.person, title, body)
    return _read(raw)


def shown(letter: Letter, person: str) -> ReadMessage:
    """Return a letter to a person in the parts that people read."""
    if isinstance(letter, Short):
        return ReadMessage(person, letter.title, letter.body)
    return _read(letter.content)


def html_of(letter: Letter) -> str:
    """Return the HTML of a letter."""
    if isinstance(letter, Short):
        return letter.body
    return _body(parsed(letter.content), "html")


def _read(content: bytes) -> ReadMessage:
    mail = parsed(content)
    return ReadMessage(str(mail["To"]), str(mail["Subject"]), _body(mail, "plain").replace("\r\n", "\n"))


def parsed(content: bytes) -> EmailMessage:
    """Return a mail as a mail program reads it."""
    return message_from_bytes(content, _class=EmailMessage, policy=policy.default)


def _body(mail: EmailMessage, subtype: str) -> str:
    body = mail.get_body((subtype,))
    return str(body.get_content()) if body else ""


def held_keys(installation: Installation, now: datetime) -> list[str]:
    """Return the keys of what is held after a gap, or after an upgrade of the program."""
    with reading(installation.engine) as session:
        return [n.notice_key for n in notices_of(session, states=UNSENT) if _held(n, now)]


def correction_keys(installation: Installation) -> list[str]:
    """Return the keys of the corrections that await release."""
    with reading(installation.engine) as session:
        waiting = notices_of(session, states=[NoticeState.AWAITING_RELEASE])
        return [notice.notice_key for notice in waiting if notice.kind == NoticeKind.CORRECTION]


def _held(notice: Notice, now: datetime) -> bool:
    if notice.state == NoticeState.AWAITING_RELEASE:
        return notice.cause.endswith(AFTER_UPGRADE)
    return bool(notice.not_before_at and notice.not_before_at > now and notice.attempts == 0)


def _line(at: datetime, state: str, cause: str) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC  {state}: {cause}"
