"""Logging in at a real SMTP server with letters of every script, and what is said where that fails."""

import json
import logging
from base64 import b64encode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from notifications.channels import Channel, Outcome, UnusableChannelError, open_channel
from notifications.channels.tokens import Account, NoTokens, TokenSource
from tests.notifications.channels.mails import mail
from tests.notifications.channels.relays import LongAnswers, Mood, authority, free_port, relay

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


TOKEN = "eyJ0eXAiOiJKV1QifQ." + "x1y2" * 400  # made up, as long as those of Exchange Online
DENIED = json.dumps({"status": "401", "schemes": "bearer"})


@dataclass
class WantsToken(Mood):
    """A relay that is logged in to with a token alone; it says back what it was told where that is wrong."""

    logins: list[str] = field(default_factory=list)
    explains: bool = True
    repeats: bool = True

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802 (aiosmtpd's name)
        assert args == ["XOAUTH2"]
        answered = await server.challenge_auth("")
        told = answered.decode() if isinstance(answered, bytes) else ""
        self.logins.append(told)
        if told == f"user=keeper@example.org\x01auth=Bearer {TOKEN}\x01\x01":
            return AuthResult(success=True)
        if self.explains:
            await server.challenge_auth(DENIED)
        given = told.partition("Bearer ")[2].strip("\x01")
        said = f"{given} {b64encode(told.encode()).decode()}" if self.repeats else ""
        await server.push(f"535 5.7.3 Authentication unsuccessful {said}")
        return AuthResult(success=False, handled=True)


@dataclass
class Gives:
    """Gives tokens, one after the other."""

    tokens: list[str]
    asked: list[Account] = field(default_factory=list)
    setting: str = "MANDATES_TOKEN_COMMAND"

    def token_for(self, account: Account) -> str:
        self.asked.append(account)
        return self.tokens.pop(0)


def by_token(port: int, ca: Path, tokens: TokenSource) -> Channel:
    address = f"rmails://keeper%40example.org@127.0.0.1:{port}?mode=ssl&auth=xoauth2&ca={quote(str(ca))}"
    return open_channel(address, outbox=Path("never-written"), tokens=tokens)


EXCLUDED = {"auth_require_tls": False, "auth_exclude_mechanism": ["PLAIN", "LOGIN"], "auth_required": True}


@pytest.fixture
def trusted(tmp_path: Path):
    return authority(tmp_path)


def secured(trusted: Any) -> dict[str, Any]:
    return {**EXCLUDED, "kind": LongAnswers, "ssl_context": trusted.for_host("127.0.0.1")}


def test_a_token_opens_the_relay_and_another_is_asked_for_at_the_next_login(trusted, caplog):
    caplog.set_level(logging.DEBUG)
    mood, tokens = WantsToken(), Gives([TOKEN, TOKEN])
    with relay(mood, **secured(trusted)) as port:
        for _ in range(2):
            with by_token(port, trusted.file, tokens) as channel:
                assert channel.send(mail("one")).outcome is Outcome.SENT
                assert channel.send(mail("two")).outcome is Outcome.SENT
    assert (len(mood.kept), len(mood.logins)) == (4, 2)
    assert tokens.asked == [Account("smtp", "127.0.0.1", "keeper@example.org")] * 2
    ours = [record.getMessage() for record in caplog.records if record.name != "mail.log"]
    assert TOKEN not in " ".join(ours)


@pytest.mark.parametrize(("explains", "why"), [(True, f" {DENIED}"), (False, "")])
def test_a_refused_token_is_told_with_its_setting_and_never_shown(explains, why, trusted):
    old = f"old.{TOKEN}"
    mood, tokens = WantsToken(explains=explains), Gives([old, TOKEN])
    with relay(mood, **secured(trusted)) as port, by_token(port, trusted.file, tokens) as channel:
        refused, sent = channel.send(mail("one")), channel.send(mail("two"))
    assert refused.outcome is Outcome.UNREACHED
    assert refused.text == (
        f"no login at 127.0.0.1:{port}: 535 5.7.3 Authentication unsuccessful … …{why}: the token of "
        "MANDATES_TOKEN_COMMAND was refused; see that it is for this mailbox"
    )
    assert sent.outcome is Outcome.SENT


def test_without_a_token_nothing_leaves_and_the_reason_is_told(trusted):
    nobody = NoTokens("no setting", "set one")
    with relay(WantsToken(), **secured(trusted)) as port, by_token(port, trusted.file, nobody) as channel:
        verdict = channel.send(mail())
    assert verdict.outcome is Outcome.UNREACHED
    told = "a token is needed for keeper@example.org: set one (docs/mail.md)"
    assert verdict.text == f"no login at 127.0.0.1:{port}: {told}"


def test_a_relay_that_takes_no_tokens_gets_none(trusted):
    options = {"ssl_context": trusted.for_host("127.0.0.1")}
    with relay(Mood(), **options) as port, by_token(port, trusted.file, Gives([TOKEN])) as channel:
        assert "the server offers no AUTH XOAUTH2" in channel.send(mail()).text


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("rmail://keeper@host?auth=xoauth2", "it has an option that is none of cto, rto"),
        ("rmails://keeper:hunter2@host?auth=xoauth2", "goes with a user and without a password"),
        ("rmails://host?auth=xoauth2", "goes with a user and without a password"),
        ("rmails://keeper@host?auth=oauth", "auth is not xoauth2"),
    ],
)
def test_an_address_whose_way_to_log_in_cannot_be_is_refused(address, words, tmp_path: Path):
    with pytest.raises(UnusableChannelError, match=words) as refused:
        open_channel(address, outbox=tmp_path)
    assert "hunter2" not in str(refused.value)
