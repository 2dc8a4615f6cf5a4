"""The doctor calls the servers: what keeps mail from leaving and coming in is said, and nothing is sent."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from pydantic import SecretStr

from tasks.installation.settings import Settings
from tasks.operations.reaching import unreachable
from tests.installations import workplace_in
from tests.notifications.channels.relays import LongAnswers, Mood, free_port, relay
from tests.notifications.channels.relays import authority as certificates
from tests.notifications.channels.test_logging_in import EXCLUDED, WantsToken
from tests.tasks.dovecot import dovecot
from tests.tasks.inputs.imap_script import Script, scripted
from tests.token_authority import CLIENT, MAILBOX, running
from tests.token_authority import SECRET as ENTRA

SECRET = "hunter2"  # noqa: S105 (made up)
pytestmark = [
    pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS"),
    pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning"),
]


def found(home: Path, **settings: object) -> list[str]:
    with workplace_in(home, {}) as plain:
        changed = Settings(home=home, **settings)  # type: ignore[arg-type]  # by name
        return list(unreachable(replace(plain, settings=changed)))


def test_servers_that_let_us_in_are_no_finding_and_get_nothing(tmp_path: Path):
    mood, script = Mood(), Script()
    with relay(mood) as smtp, scripted(script) as imap:
        assert not found(
            tmp_path,
            channels_email=SecretStr(f"rmail://127.0.0.1:{smtp}"),
            mailbox=SecretStr(f"imap://replies:{SECRET}@127.0.0.1:{imap}/INBOX"),
        )
    assert (mood.kept, mood.asked) == ([], [])
    assert script.asked == ["CAPABILITY", "LOGIN", "SELECT", "STATUS", "LOGOUT"]


def test_servers_that_do_not_are_each_a_finding_without_a_secret(tmp_path: Path):
    smtp = free_port()
    with scripted(Script("LOGIN", "NO")) as imap:
        out, into = found(
            tmp_path,
            channels_email=SecretStr(f"rmail://keeper:{SECRET}@127.0.0.1:{smtp}"),
            channels={"team-chat": SecretStr(f"json://127.0.0.1:1/{SECRET}")},
            mailbox=SecretStr(f"imap://replies:{SECRET}@127.0.0.1:{imap}/INBOX"),
        )
    assert out.startswith(f"nothing can leave by email now: no connection to 127.0.0.1:{smtp}: ")
    assert into.startswith(f"the mailbox could not be read: 127.0.0.1:{imap} refused the login: NO not today")
    assert SECRET not in out + into


def test_an_address_that_cannot_be_used_stops_no_other(tmp_path: Path):
    smtp = free_port()
    [only] = found(
        tmp_path,
        channels_email=SecretStr(f"rmail://127.0.0.1:{smtp}"),
        channels={"board": SecretStr("nothing://x")},
    )
    assert only.startswith("nothing can leave by email now: ")


def test_a_token_is_tried_at_both_servers_and_one_that_nobody_asks_for_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    trusted = certificates(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(trusted.file))
    context = trusted.for_host("127.0.0.1")
    mood = WantsToken()
    with (
        running(context) as authority,
        dovecot(tls=trusted, tokens=authority.tokeninfo) as box,
        relay(mood, **EXCLUDED, kind=LongAnswers, ssl_context=context) as smtp,
    ):
        ca = f"ca={quote(str(trusted.file))}"
        given = {"token_authority": authority.url, "token_client": CLIENT, "token_secret": SecretStr(ENTRA)}
        out = SecretStr(f"rmails://keeper@127.0.0.1:{smtp}?mode=ssl&auth=xoauth2&{ca}")
        into = SecretStr(f"imaps://{MAILBOX}@127.0.0.1:{box.tls_port}/INBOX?auth=xoauth2&{ca}")
        [refused] = found(tmp_path / "a", channels_email=out, mailbox=into, **given)
        tokens = authority.good[:]
        [unused] = found(tmp_path / "b", **given)
        given["token_secret"] = SecretStr(SECRET)
        no_token = found(tmp_path / "c", channels_email=out, mailbox=into, **given)
    assert "535 5.7.3 Authentication unsuccessful" in refused  # the relay knows another token
    assert "the token of MANDATES_TOKEN_AUTHORITY was refused" in refused
    assert len(tokens) == 2
    assert unused.startswith("MANDATES_TOKEN_AUTHORITY is set, and no address asks for a token; ")
    assert ["invalid_client: AADSTS7000215: " in each for each in no_token] == [True, True]
    assert [each for each in (*tokens, ENTRA, SECRET) if each in " ".join([refused, unused, *no_token])] == []
