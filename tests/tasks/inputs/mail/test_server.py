"""Folders of every name, and passwords of every script, at a real IMAP server."""

from collections.abc import Iterator
from dataclasses import replace
from imaplib import IMAP4
from urllib.parse import quote

import pytest
from pydantic import SecretStr

from notifications.channels.tokens import NO_TOKENS
from records.database import reading
from records.inbox import inbox
from tasks.inputs.collected import Collected
from tasks.inputs.collecting import collect
from tasks.inputs.mail.server import mailbox_trouble
from tasks.installation.installation import Installation
from tests.installations import TODAY, at
from tests.tasks.dovecot import Mailbox, dovecot
from tests.tasks.inputs.imap_script import MESSAGE

PASSWORD = 'pässwörd "quoted" \\ 密码/@:#?%'  # noqa: S105 (made up)
FOLDERS = [
    ("Sent Items", '"Sent Items"'),
    ("[Gmail]/All Mail", '"[Gmail]/All Mail"'),
    ("Rückläufer", '"R&APw-ckl&AOQ-ufer"'),
    ("Réponses/année 2027", '"R&AOk-ponses/ann&AOk-e 2027"'),
    ("回复", '"&Vt5ZDQ-"'),
    ("Ответы & вопросы", '"&BB4EQgQyBDUEQgRL- &- &BDIEPgQ,BEAEPgRBBEs-"'),
    ("الردود", '"&BicGRAYxBi8GSAYv-"'),
    ('He said "yes"', '"He said \\"yes\\""'),
    ("100%_sure", '"100%_sure"'),
]


@pytest.fixture(scope="module")
def mailbox() -> Iterator[Mailbox]:
    with dovecot(password=PASSWORD) as running:
        yield running


def address(mailbox: Mailbox, folder: str, password: str = PASSWORD) -> str:
    return f"imap://replies:{quote(password, safe='')}@127.0.0.1:{mailbox.port}/{quote(folder)}"


def read(installation: Installation, mailbox: str) -> Collected:
    settings = installation.settings.model_copy(update={"mailbox": SecretStr(mailbox)})
    return collect(replace(installation, settings=settings), TODAY, at(TODAY, 8))


def put(mailbox: Mailbox, folder: str) -> None:
    """Make a folder by the name that the protocol has for it, and put a message into it."""
    client = IMAP4("127.0.0.1", mailbox.port)
    secret = b"\0replies\0" + PASSWORD.encode()
    client.authenticate("PLAIN", lambda _: secret)
    client.create(folder)
    assert client.append(folder, "", "", MESSAGE)[0] == "OK"
    client.logout()


@pytest.mark.parametrize(("folder", "written"), FOLDERS, ids=[folder for folder, _ in FOLDERS])
def test_a_folder_of_any_name_is_read(folder, written, mailbox: Mailbox, installation):
    put(mailbox, written)
    assert read(installation, address(mailbox, folder)).findings == []
    with reading(installation.engine) as session:
        [kept] = inbox(session)
    assert kept.item.place.startswith(f"mail {folder} ")
    assert mailbox_trouble(address(mailbox, folder), NO_TOKENS) is None


def test_a_folder_that_is_not_there_is_told_with_those_that_are(mailbox: Mailbox, installation):
    put(mailbox, '"Gel&APY-schte Objekte"')
    [finding] = read(installation, address(mailbox, "Ruecklaeufer")).findings
    assert "has no folder 'Ruecklaeufer' that can be opened: NO " in finding
    assert "name one behind the host in MANDATES_MAILBOX, there are " in finding
    assert "'Gelöschte Objekte'" in finding


@pytest.mark.parametrize("password", ["wrong", "fälsch"])
def test_a_wrong_password_is_told_and_not_shown(password, mailbox: Mailbox, installation):
    [finding] = read(installation, address(mailbox, "INBOX", password)).findings
    assert " refused the login: " in finding
    assert "see that MANDATES_MAILBOX has the right user and password" in finding
    assert password not in finding
    assert mailbox_trouble(address(mailbox, "INBOX", password), NO_TOKENS) == finding
