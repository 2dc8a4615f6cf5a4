import logging
import re
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote

import pytest

from notifications.channels import Channel, Outcome, Verdict, open_channel
from tests.notifications.channels.mails import mail
from tests.notifications.channels.relays import PASSWORD, Mood, free_port, only_with_password, relay

WITH_PASSWORD = {
    "authenticator": only_with_password,
    "auth_required": True,
    "auth_require_tls": False,
}


NO_OUTBOX = Path("never-written")


def opened(port: int, scheme: str = "rmail", login: str = "") -> Channel:
    return open_channel(f"{scheme}://{login}127.0.0.1:{port}", outbox=NO_OUTBOX)


def send(port: int, *mails: EmailMessage, scheme: str = "rmail", login: str = "") -> list[Verdict]:
    with opened(port, scheme, login) as channel:
        return [channel.send(message) for message in mails]


def test_a_message_arrives_whole_dots_and_all():
    mood = Mood()
    with relay(mood) as port:
        (verdict,) = send(port, mail())
    assert (verdict.outcome, verdict.text) == (Outcome.SENT, "250 OK")
    assert mood.kept == [(["anna@example.org"], mail().as_bytes())]


def test_many_messages_share_one_connection():
    mood = Mood()
    mails = [mail(key=str(number), to=f"p{number}@example.org") for number in range(20)]
    with relay(mood) as port:
        verdicts = send(port, *mails)
    assert {verdict.outcome for verdict in verdicts} == {Outcome.SENT}
    assert [to for (to,), _ in mood.kept] == [f"p{number}@example.org" for number in range(20)]
    assert len(mood.peers) == 1


@pytest.mark.parametrize(
    ("mood", "outcome", "text"),
    [
        (Mood(mail="550 not from you"), Outcome.REFUSED_FOR_GOOD, "sender refused: 550 not from you"),
        (Mood(rcpt="550 no such person"), Outcome.REFUSED_FOR_GOOD, "recipient refused: 550 no such person"),
        (Mood(rcpt="451 come back later"), Outcome.REFUSED_NOW, "recipient refused: 451 come back later"),
        (Mood(data="554 looks bad"), Outcome.REFUSED_FOR_GOOD, "message refused: 554 looks bad"),
        (Mood(data="452 disk full"), Outcome.REFUSED_NOW, "message refused: 452 disk full"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_the_relay_refuses_has_its_own_words(mood, outcome, text):
    with relay(mood) as port:
        (verdict,) = send(port, mail())
    assert (verdict.outcome, verdict.text, mood.kept) == (outcome, text, [])


def test_one_refusal_does_not_spoil_the_next_message():
    mood = Mood(rcpt="550 no such person")
    with relay(mood) as port, opened(port) as channel:
        refused = channel.send(mail("one"))
        mood.rcpt = "250 OK"
        sent = channel.send(mail("two"))
    assert (refused.outcome, sent.outcome) == (Outcome.REFUSED_FOR_GOOD, Outcome.SENT)
    assert len(mood.peers) == 1


def test_a_connection_lost_after_the_message_leaves_it_unknown():
    mood = Mood(hang_up_after_data=True)
    with relay(mood) as port:
        (verdict,) = send(port, mail())
    assert verdict.outcome is Outcome.UNKNOWN
    assert "lost before it answered; it may have arrived" in verdict.text
    assert len(mood.kept) == 1


def test_a_lost_connection_is_made_anew_for_the_next_message():
    mood = Mood(hang_up_after_data=True)
    with relay(mood) as port, opened(port) as channel:
        lost = channel.send(mail("one"))
        mood.hang_up_after_data = False
        sent = channel.send(mail("two"))
    assert (lost.outcome, sent.outcome) == (Outcome.UNKNOWN, Outcome.SENT)


def test_a_relay_that_went_away_between_two_messages_refuses_for_now():
    with relay(Mood()) as port:
        channel = opened(port)
        first = channel.send(mail("one"))
    second = channel.send(mail("two"))
    channel.close()
    assert (first.outcome, second.outcome) == (Outcome.SENT, Outcome.REFUSED_NOW)


def test_nobody_at_the_port_refuses_for_now():
    port = free_port()
    (verdict,) = send(port, mail())
    assert verdict.outcome is Outcome.REFUSED_NOW
    assert verdict.text.startswith(f"no connection to 127.0.0.1:{port}: ")


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_the_right_password_opens_the_relay():
    mood = Mood()
    with relay(mood, **WITH_PASSWORD) as port:
        (verdict,) = send(port, mail(), login=f"keeper:{quote(PASSWORD, safe='')}@")
    assert verdict.outcome is Outcome.SENT


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_a_wrong_password_is_ours_to_mend_and_is_never_shown(caplog):
    caplog.set_level(logging.DEBUG)
    with relay(Mood(), **WITH_PASSWORD) as port:
        (verdict,) = send(port, mail(), login="keeper:hunter2@")
    assert verdict.outcome is Outcome.REFUSED_NOW
    assert "535" in verdict.text
    ours = [record.getMessage() for record in caplog.records if record.name != "mail.log"]
    assert re.findall("hunter2", verdict.text + " ".join(ours)) == []


def test_a_secure_channel_never_falls_back_to_plain_text():
    mood = Mood()
    with relay(mood) as port:
        (verdict,) = send(port, mail(), scheme="rmails")
    assert (verdict.outcome, mood.kept) == (Outcome.REFUSED_NOW, [])
    assert "STARTTLS" in verdict.text
