import logging
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from notifications.channels import Channel, Outcome, UnusableChannelError, Verdict, open_channel
from tests.notifications.channels.mails import mail
from tests.notifications.channels.relays import PASSWORD, Mood, authority, only_with_password, relay

WITH_PASSWORD = {"authenticator": only_with_password, "auth_required": True, "auth_require_tls": False}
NO_OUTBOX = Path("never-written")


def opened(port: int, scheme: str = "rmail", login: str = "", options: str = "") -> Channel:
    return open_channel(f"{scheme}://{login}127.0.0.1:{port}?{options}", outbox=NO_OUTBOX)


def send(port: int, scheme: str = "rmail", login: str = "", options: str = "") -> Verdict:
    with opened(port, scheme, login, options) as channel:
        return channel.send(mail())


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_the_right_password_opens_the_relay():
    with relay(Mood(), **WITH_PASSWORD) as port:
        verdict = send(port, login=f"keeper:{quote(PASSWORD, safe='')}@")
    assert verdict.outcome is Outcome.SENT


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_a_wrong_password_is_ours_to_mend_and_is_never_shown(caplog):
    caplog.set_level(logging.DEBUG)
    with relay(Mood(), **WITH_PASSWORD) as port:
        channel = opened(port, login="keeper:hunter2@")
        verdict = channel.send(mail())
        channel.close()
    assert verdict.outcome is Outcome.UNREACHED
    assert "535" in verdict.text
    ours = [record.getMessage() for record in caplog.records if record.name != "mail.log"]
    assert re.findall("hunter2", repr(channel) + repr(verdict) + " ".join(ours)) == []


def test_a_secure_channel_never_falls_back_to_plain_text():
    mood = Mood()
    with relay(mood) as port:
        verdict = send(port, scheme="rmails")
    assert (verdict.outcome, mood.kept) == (Outcome.UNREACHED, [])
    assert "STARTTLS" in verdict.text


@pytest.mark.parametrize("mode", ["ssl", "starttls"])
def test_a_message_arrives_encrypted_from_the_first_byte_or_by_starttls(tmp_path: Path, mode: str):
    mood, trusted = Mood(), authority(tmp_path)
    context = trusted.for_host("127.0.0.1")
    ways: dict[str, dict[str, Any]] = {
        "ssl": {"ssl_context": context},
        "starttls": {"tls_context": context, "require_starttls": True},
    }
    with relay(mood, **ways[mode]) as port:
        verdict = send(port, "rmails", options=f"mode={mode}&ca={quote(str(trusted.file))}")
    assert (verdict.outcome, verdict.text) == (Outcome.SENT, "250 OK")
    assert mood.kept == [(["anna@example.org"], mail().content)]


@pytest.mark.parametrize(
    ("host", "trusting", "words"),
    [
        ("127.0.0.1", False, "unable to get local issuer certificate"),
        ("mail.example.org", True, "IP address mismatch"),
    ],
)
@pytest.mark.parametrize("mode", ["ssl", "starttls"])
def test_a_certificate_that_is_not_to_be_trusted_refuses_for_now(
    tmp_path: Path, mode: str, host: str, trusting: bool, words: str
):
    mood, trusted = Mood(), authority(tmp_path)
    context = trusted.for_host(host)
    ways: dict[str, dict[str, Any]] = {"ssl": {"ssl_context": context}, "starttls": {"tls_context": context}}
    ca = f"&ca={quote(str(trusted.file))}" if trusting else ""
    with relay(mood, **ways[mode]) as port:
        verdict = send(port, "rmails", options=f"mode={mode}{ca}")
    assert (verdict.outcome, mood.kept) == (Outcome.UNREACHED, [])
    assert words in verdict.text


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("rmail://", "it names no host"),
        ("rmail://host?ca=x", "it has an option that is none of cto, rto"),
        ("rmails://host?timeout=3", "it has an option that is none of auth, ca, mode, cto, rto"),
        ("rmails://host?mode=plain", "mode is neither ssl nor starttls"),
        ("rmails://host?ca=not-there.pem", "ca names 'not-there.pem', which is not a readable file"),
        ("rmail://host?cto=0", "cto is not a number of seconds up to 600"),
        ("rmail://host?rto=601", "rto is not a number of seconds up to 600"),
        ("rmail://host?rto=nan", "rto is not a number of seconds up to 600"),
        ("rmail://host?rto=soon", "rto is not a number of seconds up to 600"),
    ],
)
def test_an_address_that_is_miswritten_says_what_is_wrong(url: str, words: str):
    with pytest.raises(UnusableChannelError, match=re.escape(words)):
        open_channel(url, outbox=NO_OUTBOX)
