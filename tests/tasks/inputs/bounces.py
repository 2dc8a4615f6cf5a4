"""Delivery reports as mail servers write them, for a letter that is given by its Message-ID."""

from email import message_from_bytes
from email.message import EmailMessage

_AROUND = """\
From: {sender}
To: secretariat@example.org
Subject: {subject}
Message-ID: {own}
Auto-Submitted: auto-replied
MIME-Version: 1.0
{more}Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"

--=_b
Content-Type: text/plain; charset=us-ascii

Your message could not be delivered.
--=_b
Content-Type: message/delivery-status

{status}
--=_b
{returned}
--=_b--
"""
_HEADERS = """\
Content-Type: text/rfc822-headers

Message-ID: {letter}
Subject: a letter of ours
"""
_WHOLE = """\
Content-Type: message/rfc822

Message-ID: {letter}
Subject: a letter of ours

Dear colleague
"""
_RECIPIENT = """\
Reporting-MTA: dns; mx.example.org
X-Postfix-Queue-ID: 4ABC

Final-Recipient: rfc822; {to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {said}"""


def report(
    letter: str,
    to: str,
    own: str = "<bounce-1@mx.example.org>",
    *,
    action: str = "failed",
    status: str = "5.1.1",
    said: str = "550 5.1.1 no such user",
    sender: str = "MAILER-DAEMON@mx.example.org",
    returned: str = _HEADERS,
    more: str = "",
) -> EmailMessage:
    """A report as Postfix writes it, or as another does with the parts it is given."""
    fields = _RECIPIENT.format(to=to, action=action, status=status, said=said)
    text = _AROUND.format(
        sender=sender,
        subject="Undelivered Mail Returned to Sender",
        own=own,
        more=more,
        status=fields,
        returned=returned.format(letter=letter),
    )
    return message_from_bytes(text.encode(), _class=EmailMessage)


def of_exchange(letter: str, to: str) -> EmailMessage:
    """Exchange names the letter in the headers of its own message, and may return none of the letter's."""
    empty = "Content-Type: text/plain\n\n"
    return report(letter, to, returned=empty, more=f"In-Reply-To: {letter}\nReferences: {letter}\n")


def of_gmail(letter: str, to: str) -> EmailMessage:
    """Gmail returns the whole letter, and says Final-Recipient with capitals in the address."""
    return report(letter, to.upper(), returned=_WHOLE, more=f"X-Failed-Recipients: {to}\n")


def with_original_id(letter: str, to: str) -> EmailMessage:
    """Some servers put the Message-ID among the fields of the report."""
    made = report(letter, to, returned="Content-Type: text/plain\n\n")
    text = made.as_bytes().replace(b"X-Postfix-Queue-ID: 4ABC", b"Original-Message-ID: " + letter.encode())
    return message_from_bytes(text, _class=EmailMessage)


def of_exim(letter: str, to: str) -> EmailMessage:
    """Old Exims write a letter, with the failed addresses in a header and the letter's own headers quoted."""
    text = (
        "From: Mail Delivery System <Mailer-Daemon@exim.example.org>\n"
        "To: secretariat@example.org\nSubject: Mail delivery failed\nMessage-ID: <exim-1@exim.example.org>\n"
        f"X-Failed-Recipients: {to}\nContent-Type: text/plain; charset=us-ascii\n\n"
        "A message that you sent could not be delivered.\n\n"
        f"------ This is a copy of the message's headers. ------\n\nMessage-ID: {letter}\nSubject: ours\n"
    )
    return message_from_bytes(text.encode(), _class=EmailMessage)
