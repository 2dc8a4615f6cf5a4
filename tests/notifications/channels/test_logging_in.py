"""Logging in at a real SMTP server with letters of every script, and what is said where that fails."""

import logging
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from notifications.channels import Channel, Outcome, open_channel
from tests.notifications.channels.mails import mail
from tests.notifications.channels.relays import Mood, free_port, relay

USER, PASSWORD = "kèeper", "pässwörd 密码/@:"
pytestmark = [
    pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS"),
    pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning"),
]


def only_with_password(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, login: Any
) -> AuthResult:
    right = login == LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


WITH_PASSWORD = {"authenticator": only_with_password, "auth_required": True, "auth_require_tls": False}


def opened(port: int, password: str = PASSWORD, user: str = USER) -> Channel:
    login = f"{quote(user)}:{quote(password, safe='')}@"
    return open_channel(f"rmail://{login}127.0.0.1:{port}?cto=0.5", outbox=Path("never-written"))


@pytest.mark.parametrize("excluded", [[], ["PLAIN"], ["LOGIN"]])
def test_a_password_that_is_not_ascii_opens_the_relay(excluded: list[str]):
    mood = Mood()
    with relay(mood, **WITH_PASSWORD, auth_exclude_mechanism=excluded) as port, opened(port) as channel:
        assert channel.trouble() is None
        assert channel.send(mail()).outcome is Outcome.SENT
    assert len(mood.kept) == 1


@pytest.mark.parametrize("password", ["hunter2", "hünter2"])
@pytest.mark.parametrize("excluded", [[], ["PLAIN"]])
def test_a_wrong_password_is_told_with_what_to_do_and_never_shown(password, excluded, caplog):
    caplog.set_level(logging.DEBUG)
    options = {**WITH_PASSWORD, "auth_exclude_mechanism": excluded}
    with relay(Mood(), **options) as port, opened(port, password) as channel:
        verdict = channel.send(mail())
        trouble = channel.trouble()
    assert verdict.outcome is Outcome.UNREACHED
    assert trouble == verdict.text
    assert verdict.text == (
        f"no login at 127.0.0.1:{port}: 535 5.7.8 Authentication credentials invalid: "
        "the user or the password was refused; mend them in the channel's setting"
    )
    ours = [record.getMessage() for record in caplog.records if record.name != "mail.log"]
    assert password not in verdict.text + " ".join(ours)


def test_a_relay_without_a_way_for_other_letters_says_so():
    options = {**WITH_PASSWORD, "auth_exclude_mechanism": ["PLAIN", "LOGIN"]}
    with relay(Mood(), **options) as port, opened(port) as channel:
        verdict = channel.send(mail())
    assert verdict.outcome is Outcome.UNREACHED
    assert "needs AUTH PLAIN or AUTH LOGIN, and the server offers neither" in verdict.text


def test_a_relay_that_nobody_reaches_is_a_trouble_and_files_are_none(tmp_path: Path):
    port = free_port()
    with opened(port) as channel:
        assert str(channel.trouble()).startswith(f"no connection to 127.0.0.1:{port}: ")
    with open_channel("outbox://", outbox=tmp_path) as files:
        assert files.trouble() is None
    (tmp_path / "link").symlink_to(tmp_path)
    with open_channel("outbox://", outbox=tmp_path / "link") as files:
        assert "it is a symbolic link" in str(files.trouble())
    with open_channel("json://127.0.0.1/x", outbox=tmp_path) as hook:
        assert hook.trouble() is None
