"""Replies to our letters, read from a real IMAP server."""

from collections import Counter
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path

import pytest
from pydantic import SecretStr

from records.database import reading
from records.inbox import Fate, inbox
from records.ledger.deliveries import failing_addresses
from records.ledger.notices import notices_of
from records.submissions import submissions_for
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.inputs.collected import Collected
from tasks.inputs.collecting import collect
from tasks.inputs.intake import Intake
from tasks.inputs.mail.fair_shares import Budget
from tasks.inputs.mail.mailbox import read_mailbox
from tasks.inputs.submitting import reader_of
from tasks.installation.installation import Installation, open_installation
from tasks.installation.settings import Settings
from tests.days import day
from tests.input_packages.files import OLE, repacked, word
from tests.installations import FACTS, TODAY, Listed, at, record
from tests.tasks.dovecot import Mailbox, dovecot
from tests.tasks.inputs import bounces

CALLED, LEFT = day("Fri 2027-10-08"), day("Mon 2027-10-11")  # after a gap, letters wait a day
MEETING, WORKPLAN = "annual-meeting/2027", "annual-workplan/2027"


@pytest.fixture(scope="module")
def mailbox():
    with dovecot() as running:
        yield running


@pytest.fixture(scope="module")
def installation(mailbox, tmp_path_factory):
    home: Path = tmp_path_factory.mktemp("home")
    with open_installation(Settings(home=home, mailbox=SecretStr(mailbox.address))) as opened:
        record(opened, FACTS, TODAY)
        for on in (TODAY, CALLED, LEFT):
            enforce(opened, on, at(on))
            dispatch(opened, on, at(on), Listed().open_channels)
        yield opened


def letter_to(installation: Installation, person: str) -> str:
    with reading(installation.engine) as session:
        called = [n for n in notices_of(session) if n.kind == "call-for-inputs" and n.person == person]
    return str(called[0].letter)


def reply(person: str, name: str, answers: str, about: str = MEETING) -> EmailMessage:
    message = EmailMessage()
    message["From"] = f"Focal point <{person}@example.org>"
    message["Subject"] = f"Re: {about.upper()}"
    message["Message-ID"] = f"<{name}@example.org>"
    message["In-Reply-To"] = answers
    message.set_content("Please find attached.")
    return message


def read(installation: Installation, hour: int) -> Collected:
    return collect(installation, LEFT, at(LEFT, hour))


def came(installation: Installation) -> list[tuple[str, str, list[str]]]:
    with reading(installation.engine) as session:
        sent = [s for s in submissions_for(session, MEETING) if s.person != "unicef"]  # of another test
        return [(s.person, s.title, s.refusals) for s in sent]


def test_what_is_attached_to_a_reply_is_taken_once_and_the_rest_is_said(installation, mailbox: Mailbox):
    good = reply("ilo", "good", letter_to(installation, "ilo"))
    good.add_attachment(word(), "application", "octet-stream", filename="إسهام.docx")
    good.add_attachment(
        repacked(word(), {"word/vbaProject.bin": OLE}), "application", "pdf", filename="m.pdf"
    )
    strange = reply("stranger", "strange", letter_to(installation, "ilo"))
    forged = reply("who", "forged", letter_to(installation, "ilo"))
    bare = reply("undp", "bare", letter_to(installation, "undp"))
    vague = reply("who", "vague", letter_to(installation, "who"), about="inputs")
    for message in (strange, forged, vague):
        message.add_attachment(b"text", "text", "plain", filename="a.txt")
    for message in (good, strange, forged, bare, vague):
        mailbox.deliver(message, LEFT)

    first = read(installation, 9)

    assert sorted(row["person"] for row in first.rows) == ["ilo", "ilo"]
    assert came(installation) == [("ilo", "إسهام.docx", []), ("ilo", "m.pdf", ["macros"])]
    said = (finding.partition(" from ")[2].partition("; to decide")[0] for finding in first.findings)
    several = "annual-meeting/2027, annual-workplan/2027, executive-committee-membership-update/2027"
    assert sorted(said) == [
        f"stranger@example.org, of {LEFT}: it answers a letter of ours from another address",
        f"undp@example.org, of {LEFT}: it has no document",
        f"who@example.org, of {LEFT}: it answers no request that was sent to this address",
        f"who@example.org, of {LEFT}: the letter it answers asks for several inputs: {several}",
    ]
    again = read(installation, 10)
    assert (again.rows, again.findings) == ([], first.findings)
    assert len(came(installation)) == 2


def test_a_reply_that_names_several_cycles_is_taken_for_all_of_them(installation, mailbox: Mailbox):
    both = reply("unicef", "both", letter_to(installation, "unicef"), about=f"{MEETING} and {WORKPLAN}")
    both.add_attachment(b"our views", "text", "plain", filename="views.txt")
    mailbox.deliver(both, LEFT)
    [row] = read(installation, 11).rows
    assert (row["cycle"], row["person"]) == (f"{MEETING}, {WORKPLAN}", "unicef")
    with reading(installation.engine) as session:
        [one], [other] = (
            [s for s in submissions_for(session, c) if s.person == "unicef"] for c in (MEETING, WORKPLAN)
        )
    assert (one.sha256, one.message) == (other.sha256, other.message)


def test_one_who_sends_much_keeps_nobody_waiting_and_is_read_on_the_next_time(installation, mailbox: Mailbox):
    first = [f"away-{number}" for number in range(4)]
    for name, person in [*((name, "ilo") for name in first), ("away-other", "who")]:
        away = reply(person, name, "")
        away["Auto-Submitted"] = "auto-replied"
        mailbox.deliver(away, LEFT)
    read_until = [read_some(installation, hour) for hour in (14, 15)]
    assert [found[0] for _, found in read_until] == [said(3), said(2)]
    assert [fates for fates, _ in read_until] == [
        {"ilo@example.org": 1, "who@example.org": 1},
        {"ilo@example.org": 2, "who@example.org": 1},
    ]


def read_some(installation: Installation, hour: int) -> tuple[dict[str, int], list[str]]:
    """Take one mail of each sender; how many out-of-office replies have come by then, and what is said."""
    done = Collected()
    with reader_of(installation) as reader:
        read_mailbox(
            Intake(installation, LEFT), reader, at(LEFT, hour), done, Budget(messages=1), lambda: 0.0
        )
    with reading(installation.engine) as session:
        found = inbox(session, [Fate.AUTOMATIC])
        automatic = [kept.sender for kept in found if kept.fate and "auto-replied" in kept.fate.why]
    return dict(Counter(automatic)), done.findings


def said(number: int) -> str:
    more = "more than one run takes; they wait for the next"
    return f"mail from ilo@example.org: {number} messages, 0.0 megabytes, {more}"


def test_a_report_that_a_letter_came_back_is_put_on_record_once_and_hostile_ones_stop_nothing(
    installation, mailbox: Mailbox
):
    letter = letter_to(installation, "undp")
    mailbox.deliver(
        bounces.report("<not-ours@example.org>", "undp@example.org", "<stray@mx.example.org>"), LEFT
    )
    torn = bounces.report(letter, "undp@example.org", "<torn@mx.example.org>").as_bytes()
    torn = torn.replace(b"From: MAILER", b"From: =?utf-99?q?=FF?= \xff\x00 <MAILER").replace(b"--=_b--", b"")
    mailbox.deliver(message_from_bytes(torn[: len(torn) // 2], _class=EmailMessage), LEFT)
    mailbox.deliver(bounces.report(letter, "undp@example.org"), LEFT)

    found = [finding for finding in read(installation, 12).findings if "report" in finding or "<" in finding]

    assert [text for text in found if text.startswith(f"the letter {letter} to undp@example.org came back")]
    assert [text for text in found if "a report of a letter that is not one of ours" in text]
    with reading(installation.engine) as session:
        assert list(failing_addresses(session)) == ["undp@example.org"]
    again = read(installation, 13).findings
    assert [text for text in again if "came back" in text] == []


def test_a_mailbox_that_cannot_be_reached_is_a_finding_and_the_folder_is_read_all_the_same(tmp_path: Path):
    with open_installation(
        Settings(home=tmp_path, mailbox=SecretStr("imap://x:y@127.0.0.1:1/INBOX"))
    ) as installation:
        done = collect(installation, TODAY, at(TODAY, 9))
    [finding] = done.findings
    assert finding.startswith("the mailbox could not be read: ")
