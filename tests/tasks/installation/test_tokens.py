"""Tokens for mail: from an authority that is asked over https, and from a command."""

import json
import logging
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from notifications.channels.tokens import Account, NoTokenError
from policies.problems import RefusedFileError
from tasks.installation.settings import Settings, read_settings
from tasks.installation.tokens import tokens_of
from tests.notifications.channels.relays import authority as certificates
from tests.notifications.channels.relays import free_port
from tests.token_authority import CLIENT, SECRET, Authority, running

ACCOUNT = Account("imap", "outlook.office365.com", "mandates@example.org")
AGAIN = json.dumps({"error": "temporarily_unavailable", "error_description": "AADSTS90033: later\nTrace: 1"})


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Authority]:
    trusted = certificates(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(trusted.file))
    with running(trusted.for_host("127.0.0.1")) as found:
        yield found


def settings(url: str, secret: str = SECRET) -> Settings:
    return Settings(token_authority=url, token_client=CLIENT, token_secret=SecretStr(secret))


def why(with_settings: Settings) -> str:
    with pytest.raises(NoTokenError) as refused:
        tokens_of(with_settings).token_for(ACCOUNT)
    return str(refused.value)


@pytest.mark.parametrize(("lasts", "asked"), [(3600, 1), (1, 3)])
def test_a_token_is_used_until_it_has_run_out_and_then_fetched_anew(
    lasts, asked, authority: Authority, caplog
):
    caplog.set_level(logging.DEBUG)
    authority.lasts = lasts
    tokens = tokens_of(settings(authority.url))
    got = [tokens.token_for(ACCOUNT) for _ in range(3)]
    assert len(set(got)) == len(authority.forms) == asked
    assert got[-1] == authority.good[-1]
    shown = caplog.text + repr(tokens) + repr(settings(authority.url))
    assert [each for each in (SECRET, *got) if each in shown] == []


def test_a_secret_that_is_wrong_is_told_with_what_was_answered_and_what_to_do(authority: Authority, caplog):
    caplog.set_level(logging.DEBUG)
    said = why(settings(authority.url, "hunter2"))
    assert said == (
        f"MANDATES_TOKEN_AUTHORITY: {authority.url} refused to give a token: invalid_client: AADSTS7000215: "
        "Invalid client secret … provided; see that MANDATES_TOKEN_CLIENT and MANDATES_TOKEN_SECRET are "
        "those of the application, that the secret has not run out, and that MANDATES_TOKEN_SCOPE is right"
    )
    assert "hunter2" not in caplog.text


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (400, AGAIN, "refused to give a token: temporarily_unavailable: AADSTS90033: later Trace: 1; "),
        (500, "", "could not be asked for a token: MsalServiceError: HTTP Error: 500; see"),
        (200, "hunter2 is no JSON", "could not be asked for a token: JSONDecodeError: "),
        (200, "[]", "could not be asked for a token: "),
        (200, "{}", "refused to give a token: no reason: no more; "),
        (200, '{"access_token": "with a blank", "expires_in": 1}', "refused to give a token: "),
    ],
)
def test_whatever_an_authority_answers_instead_is_told(status, body, words, authority: Authority, caplog):
    caplog.set_level(logging.DEBUG)
    authority.status, authority.body = status, body
    said = why(settings(authority.url))
    assert words in said
    assert said.startswith(f"MANDATES_TOKEN_AUTHORITY: {authority.url} ")
    assert "hunter2" not in said + caplog.text


def test_an_authority_that_is_not_there_or_not_trusted_is_told(authority: Authority, monkeypatch):
    assert "could not be asked for a token: ConnectionError: " in why(
        settings(f"https://127.0.0.1:{free_port()}/tenant")
    )
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    assert "certificate verify failed" in why(settings(authority.url))


def by_command(code: str) -> Settings:
    return Settings(token_command=SecretStr(shlex.join([sys.executable, "-c", code])))


def test_a_command_is_asked_as_git_asks_its_helpers_and_each_time():
    asks = "import sys; print('.'.join(line.strip().replace('=', '_') for line in sys.stdin if line.strip()))"
    tokens = tokens_of(by_command(asks))
    assert (
        tokens.token_for(ACCOUNT) == "protocol_imap.host_outlook.office365.com.username_mandates@example.org"
    )
    assert tokens.token_for(Account("smtp", "h", "u")) == "protocol_smtp.host_h.username_u"
    assert tokens_of(by_command("print('deaf')")).token_for(ACCOUNT) == "deaf"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import sys; print('hunter2'); sys.exit('hunter2')", "the command ended with 1; run it by hand"),
        ("", "the command wrote 0 bytes that are no token; expected the token alone"),
        ("print('hunter2 and more')", "the command wrote 17 bytes that are no token"),
        ("print('hunter2\\nhunter2')", "the command wrote 16 bytes that are no token"),
        ("print('hünter2')", "bytes that are no token"),
    ],
)
def test_a_command_that_gives_none_is_told_and_not_what_it_wrote(code, words, capfd):
    said = why(by_command(code))
    assert said.startswith("MANDATES_TOKEN_COMMAND: ")
    assert words in said
    assert "hunter2" not in said + "".join(capfd.readouterr())


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("no-such-program --now", "cannot be run: No such file or directory; expected a program"),
        ("'unclosed", "cannot be run: it is empty, or a quote is not closed"),
        (" ", "cannot be run: it is empty"),
    ],
)
def test_a_command_that_cannot_be_run_is_told(command, words):
    assert words in why(Settings(token_command=SecretStr(command)))


def test_settings_that_do_not_fit_together_are_told():
    assert "set MANDATES_TOKEN_COMMAND, or MANDATES_TOKEN_AUTHORITY with" in why(Settings())
    lacking = Settings(token_client=CLIENT)
    needed = "MANDATES_TOKEN_AUTHORITY and MANDATES_TOKEN_SECRET must be set beside MANDATES_TOKEN_CLIENT"
    assert needed in why(lacking)
    both = Settings(token_client=CLIENT, token_command=SecretStr("x"))
    assert "MANDATES_TOKEN_COMMAND and MANDATES_TOKEN_CLIENT are both set" in why(both)


@pytest.mark.parametrize(
    "url", ["http://login.example.org/t", "https://login.example.org", "https://u:p@h/t"]
)
def test_an_authority_without_https_or_a_tenant_is_refused(url, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MANDATES_TOKEN_AUTHORITY", url)
    with pytest.raises(RefusedFileError, match="MANDATES_TOKEN_AUTHORITY: found something that is not shown"):
        read_settings()
