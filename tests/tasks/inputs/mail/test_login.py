"""Logging in to a real IMAP server with a token that an authority gave for it."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

import pytest
from pydantic import SecretStr

from records.database import reading
from records.inbox import inbox
from tasks.inputs.collected import Collected
from tasks.inputs.collecting import collect
from tasks.installation.installation import Installation
from tests.installations import TODAY, at
from tests.notifications.channels.relays import authority as certificates
from tests.tasks.dovecot import Mailbox, dovecot
from tests.tasks.inputs.imap_script import MESSAGE
from tests.token_authority import CLIENT, MAILBOX, SECRET, Authority, running


@dataclass
class Exchange:
    """A mailbox that takes tokens of an authority alone, and the authority."""

    mailbox: Mailbox
    authority: Authority
    file: Path

    def address(self, user: str = MAILBOX) -> str:
        where = f"127.0.0.1:{self.mailbox.tls_port}/INBOX"
        return f"imaps://{user}@{where}?auth=xoauth2&ca={quote(str(self.file))}"


@pytest.fixture(scope="module")
def exchange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exchange]:
    trusted = certificates(tmp_path_factory.mktemp("authority"))
    with (
        running(trusted.for_host("127.0.0.1")) as authority,
        dovecot(tls=trusted, tokens=authority.tokeninfo) as mailbox,
    ):
        yield Exchange(mailbox, authority, trusted.file)


@pytest.fixture(autouse=True)
def trusting(exchange: Exchange, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(exchange.file))


def read(
    installation: Installation, exchange: Exchange, user: str = MAILBOX, secret: str = SECRET
) -> Collected:
    changed = {
        "mailbox": SecretStr(exchange.address(user)),
        "token_authority": exchange.authority.url,
        "token_client": CLIENT,
        "token_secret": SecretStr(secret),
    }
    settings = installation.settings.model_copy(update=changed)
    return collect(replace(installation, settings=settings), TODAY, at(TODAY, 8))


def test_a_token_of_the_authority_opens_the_mailbox(exchange: Exchange, installation, caplog):
    caplog.set_level(logging.DEBUG)
    (exchange.mailbox.new / "1.test").write_bytes(MESSAGE)
    (exchange.mailbox.new / "1.test").chmod(0o666)
    assert read(installation, exchange).findings == []
    with reading(installation.engine) as session:
        [kept] = inbox(session)
    assert kept.item.place.startswith("mail INBOX ")
    assert [each for each in (SECRET, exchange.authority.good[-1]) if each in caplog.text] == []


def test_a_token_that_is_for_another_mailbox_is_told_with_its_setting(exchange: Exchange, installation):
    [finding] = read(installation, exchange, "somebody-else").findings
    assert " refused the login: " in finding
    assert "the token of MANDATES_TOKEN_AUTHORITY was refused; see that it is for this mailbox" in finding
    assert '"status":"401"' in finding
    assert finding.endswith("; it is tried again in the next run")
    assert exchange.authority.good[-1] not in finding


def test_without_a_token_the_mailbox_waits_and_the_reason_is_told(exchange: Exchange, installation):
    [finding] = read(installation, exchange, secret="hunter2").findings  # noqa: S106 (made up)
    assert finding.startswith(
        f"the mailbox could not be read: MANDATES_TOKEN_AUTHORITY: {exchange.authority.url} refused to give "
        "a token: invalid_client: AADSTS7000215: "
    )
    assert "hunter2" not in finding
