import logging
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from apprise import Apprise

from notifications.channels import Channel, Outcome, Takes, UnusableChannelError, Verdict, open_channel
from notifications.channels.apprise_log import listen
from notifications.channels.channel import _accepted
from notifications.channels.plugins import ReadyMail
from notifications.envelope import Mail
from tests.notifications.channels.mails import mail
from tests.notifications.channels.relays import Mood, authority, free_port, relay
from tests.notifications.channels.services import Service, serving

# Apprise loads all its services when it meets an address; one of them asks for a deprecated module.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


NO_OUTBOX = Path("never-written")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "outbox",
        "nothing://hunter2@example.org",
        "rmail://",
        "rmail://keeper:hunter2@",
        "rmail://keeper:hunter2@example.org:smtp",
        "rmails://keeper:hunter2/x@example.org:587",
        "rmail://keeper:hunter2@example.org:99999",
        "rmail://keeper:hunter2@[example.org",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_its_password(url, tmp_path):
    with pytest.raises(UnusableChannelError, match=r"cannot be used: .* Expected outbox://") as refusal:
        open_channel(url, outbox=tmp_path)
    assert "hunter2" not in str(refusal.value)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("json://127.0.0.1/hook?retry=2", "it names several targets, or retry="),
        ("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#a/#b", "name a channel for each target"),
        ("json://127.0.0.1/hook?optional=yes", "a failure would be called a success"),
        ("json://127.0.0.1/hook?rto=0", "up to 60"),
        ("json://127.0.0.1/hook?cto=4000", "up to 60"),
        ("slack://not/enough", "Apprise knows no such service, or something in the address is missing"),
    ],
)
def test_a_service_of_which_no_verdict_could_be_given_is_refused(url, words, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    with pytest.raises(UnusableChannelError, match=re.escape(words)):
        open_channel(url, outbox=tmp_path)
    assert not any(secret in caplog.text for secret in ("hook", "TIiajkdnlazkcOXrIdevi7FQ", "enough"))


def test_each_channel_says_what_it_takes_and_takes_nothing_else(tmp_path):
    with open_channel("outbox://", outbox=tmp_path) as files, open_channel(HOOK, outbox=tmp_path) as hook:
        assert (files.takes, hook.takes) == (Takes.MAIL, Takes.SHORT)
        wrong = [files.send_short("Title", "<p>Body</p>"), hook.send(mail())]
    assert [verdict.outcome for verdict in wrong] == [Outcome.REFUSED_NOW, Outcome.REFUSED_NOW]
    assert list(tmp_path.iterdir()) == []


HOOK = "json://127.0.0.1/"
TITLE = "تذكير: \u2068Review <1> & 2\u2069"
BODY = "<p>يُرجى: \u2068Review &lt;1&gt; &amp; 2\u2069<br>By 15 September 2026<br><code>a/b</code></p>"


def said(port: int, scheme: str = "json", options: str = "") -> Verdict:
    url = f"{scheme}://127.0.0.1:{port}/hook/t0ken?rto=5&{options}"
    with open_channel(url, outbox=NO_OUTBOX) as channel:
        return channel.send_short(TITLE, BODY)


def test_a_webhook_gets_the_short_text_with_its_isolates():
    service = Service()
    with serving(service) as port:
        verdict = said(port)
    assert (verdict.outcome, verdict.text) == (Outcome.SENT, "taken by the service")
    [(path, sent)] = service.got
    assert path == "/hook/t0ken"
    assert sent["title"] == TITLE
    assert sent["message"] == "يُرجى: \u2068Review <1> & 2\u2069\nBy 15 September 2026\na/b"


@pytest.mark.parametrize(
    ("service", "outcome", "words"),
    [
        (Service(status=500), Outcome.UNKNOWN, "answered 500 Internal Server Error; it may have arrived"),
        (Service(status=502), Outcome.UNKNOWN, "answered 502 Bad Gateway; it may have arrived"),
        (Service(status=503), Outcome.UNREACHED, "answered 503 Service Unavailable"),
        (Service(status=429), Outcome.UNREACHED, "answered 429 Too Many Requests"),
        (Service(status=401), Outcome.UNREACHED, "answered 401 Unauthorized"),
        (Service(status=404), Outcome.UNREACHED, "answered 404 Not Found"),
        (Service(status=400), Outcome.REFUSED_FOR_GOOD, "answered 400 Bad Request"),
        (Service(slow=1), Outcome.UNKNOWN, "did not confirm it; it may have arrived"),
        (Service(hangs_up=True), Outcome.UNKNOWN, "did not confirm it; it may have arrived"),
    ],
    ids=lambda value: str(value) if isinstance(value, str) else "",
)
def test_a_webhook_that_does_not_say_yes_is_tried_once_and_never_shown_in_a_log(
    service, outcome, words, caplog
):
    caplog.set_level(logging.DEBUG)
    with serving(service) as port:
        verdict = said(port, options="rto=0.3")
    assert verdict.outcome is outcome
    assert words in verdict.text
    assert len(service.got) == 1
    assert "t0ken" not in verdict.text + caplog.text


def test_a_service_that_cannot_be_reached_is_ours_to_mend(caplog):
    caplog.set_level(logging.DEBUG)
    verdict = said(free_port())
    assert (verdict.outcome, verdict.text) == (Outcome.UNREACHED, "the service could not be reached")
    assert "t0ken" not in caplog.text


def test_a_service_whose_certificate_nobody_vouches_for_gets_nothing(tmp_path):
    mood = Mood()
    with relay(mood, ssl_context=authority(tmp_path).for_host("127.0.0.1")) as port:
        verdict = said(port, scheme="jsons")
    assert (verdict.outcome, verdict.text) == (Outcome.UNREACHED, "the service could not be reached")


def test_a_room_of_matrix_gets_the_short_text():
    room, answers = (
        "!abc:127.0.0.1",
        {"access_token": "s3cret", "home_server": "127.0.0.1", "user_id": "@k:x"},
    )
    service = Service(answers={**answers, "room_id": room, "joined_rooms": [room], "event_id": "$1"})
    with (
        serving(service) as port,
        open_channel(f"matrix://keeper:hunter2@127.0.0.1:{port}/{quote(room)}", outbox=NO_OUTBOX) as channel,
    ):
        verdict = channel.send_short(TITLE, BODY)
    assert verdict.outcome is Outcome.SENT
    [sent] = [body for path, body in service.got if "/send/m.room.message" in path]
    assert "\u2068Review <1> & 2\u2069\nBy 15 September 2026" in sent["body"]


def test_a_matrix_server_that_does_not_let_us_in_refuses_for_now():
    service = Service(status=403, answers={"errcode": "M_FORBIDDEN"})
    with (
        serving(service) as port,
        open_channel(f"matrix://keeper:hunter2@127.0.0.1:{port}/!abc:127.0.0.1", outbox=NO_OUTBOX) as channel,
    ):
        verdict = channel.send_short(TITLE, BODY)
    assert (verdict.outcome, verdict.text) == (Outcome.UNREACHED, "the service answered 403 Forbidden")


@pytest.mark.parametrize(
    ("result", "accepted"),
    [
        (True, True),
        (False, False),
        (None, False),
        (1, False),
        (SimpleNamespace(status=SimpleNamespace(name="SUCCESS")), True),
        (SimpleNamespace(status=SimpleNamespace(name="PARTIAL")), False),
        (SimpleNamespace(status=SimpleNamespace(name="NOMATCH")), False),
    ],
)
def test_only_a_plain_yes_is_a_yes_before_and_after_version_2(result, accepted):
    assert _accepted(result) is accepted


def test_importing_the_room_does_not_wait_for_apprise():
    program = (
        "import sys, notifications, notifications.messages, notifications.envelope, notifications.channels,"
        "notifications.short, tasks.dispatch.channels;"
        "sys.exit(bool({'apprise', 'icalendar', 'urllib3'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


class BreaksOff:
    """A transport that fails in a way that nobody foresaw."""

    def send(self, mail: Mail) -> Verdict:
        raise ZeroDivisionError(mail.to)

    def trouble(self) -> str | None:
        return None

    def refusal_of(self, sender: str, to: str) -> str | None:  # noqa: ARG002 (never asked)
        """Never asked."""
        return None

    def close(self) -> None:
        """Nothing is kept open."""


def test_a_mail_whose_sending_breaks_off_may_have_arrived_and_is_not_sent_again_by_itself():
    ready = ReadyMail(BreaksOff())
    apprise = Apprise()
    apprise.add(ready)
    with Channel(apprise, ready) as channel, listen():
        verdict = channel.send(mail())
    assert verdict.outcome is Outcome.UNKNOWN
    assert "it may have arrived" in verdict.text
