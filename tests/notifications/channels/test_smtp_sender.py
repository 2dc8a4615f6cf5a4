import time
from pathlib import Path

import pytest

from notifications.channels import Answer, Channel, Outcome, Verdict, open_channel
from notifications.envelope import Mail
from tests.notifications.channels.mails import mail
from tests.notifications.channels.relays import Mood, free_port, relay
from tests.notifications.channels.smtp_script import STEPS, Script, scripted

NO_OUTBOX = Path("never-written")


def opened(port: int, options: str = "") -> Channel:
    return open_channel(f"rmail://127.0.0.1:{port}?{options}", outbox=NO_OUTBOX)


def send(port: int, *mails: Mail, options: str = "") -> list[Verdict]:
    with opened(port, options) as channel:
        return [channel.send(message) for message in mails]


def test_a_message_arrives_whole_dots_and_all():
    mood = Mood()
    with relay(mood) as port:
        (verdict,) = send(port, mail())
    assert (verdict.outcome, verdict.text) == (Outcome.SENT, "250 OK")
    assert mood.kept == [(["anna@example.org"], mail().content)]


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
        (Mood(mail="550 not from you"), Outcome.UNREACHED, "sender refused: 550 not from you"),
        (Mood(mail="530 log in first"), Outcome.UNREACHED, "sender refused: 530 log in first"),
        (Mood(mail="552 too large"), Outcome.REFUSED_FOR_GOOD, "sender refused: 552 too large"),
        (Mood(mail="451 not now"), Outcome.LATER, "sender refused: 451 not now"),
        (Mood(rcpt="530 log in first"), Outcome.UNREACHED, "recipient refused: 530 log in first"),
        (Mood(rcpt="451 4.3.0 full"), Outcome.LATER, "recipient refused: 451 4.3.0 full"),
        (Mood(rcpt="450 4.4.1 no route"), Outcome.LATER, "recipient refused: 450 4.4.1 no route"),
        (Mood(rcpt="452 4.2.2 over quota"), Outcome.REFUSED_NOW, "recipient refused: 452 4.2.2 over quota"),
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


def test_a_relay_that_went_away_between_two_messages_is_one_that_nobody_reaches():
    with relay(Mood()) as port:
        channel = opened(port)
        first = channel.send(mail("one"))
    second = channel.send(mail("two"))
    channel.close()
    assert (first.outcome, second.outcome) == (Outcome.SENT, Outcome.UNREACHED)


def test_nobody_at_the_port_is_no_refusal_of_the_message():
    port = free_port()
    (verdict,) = send(port, mail())
    assert verdict.outcome is Outcome.UNREACHED
    assert verdict.text.startswith(f"no connection to 127.0.0.1:{port}: ")


BOB, CARA = "bob@example.org", "cara@example.org"


def test_copies_go_with_the_message_and_each_has_its_answer():
    mood = Mood(rcpt_of={CARA: "550 moved away"})
    with relay(mood) as port:
        (verdict,) = send(port, mail(copies=[BOB, CARA, BOB, "anna@example.org"]))
    assert [to for to, _ in mood.kept] == [["anna@example.org", BOB]]
    assert mood.asked == ["anna@example.org", BOB, CARA]
    refusal = "recipient refused: 550 moved away"
    assert verdict == Verdict(
        Outcome.SENT,
        f"250 OK; the copy to {CARA}: refused-for-good: {refusal}",
        (
            Answer("anna@example.org", Outcome.SENT, "250 OK"),
            Answer(BOB, Outcome.SENT, "250 OK"),
            Answer(CARA, Outcome.REFUSED_FOR_GOOD, refusal),
        ),
    )


def test_when_the_one_it_is_meant_for_is_refused_no_copy_is_tried():
    mood = Mood(rcpt_of={"anna@example.org": "451 later"})
    with relay(mood) as port:
        (verdict,) = send(port, mail(copies=[BOB]))
    assert (mood.kept, mood.asked) == ([], ["anna@example.org"])
    assert verdict.outcome is Outcome.REFUSED_NOW
    assert verdict.recipients[1] == Answer(
        BOB, Outcome.REFUSED_NOW, "not tried, because the message was refused"
    )


def test_a_copy_of_a_message_lost_on_its_way_is_as_unknown_as_the_message():
    with relay(Mood(hang_up_after_data=True, rcpt_of={CARA: "550 no"})) as port:
        (verdict,) = send(port, mail(copies=[BOB, CARA]))
    assert [answer.outcome for answer in verdict.recipients] == [
        Outcome.UNKNOWN,
        Outcome.UNKNOWN,
        Outcome.REFUSED_FOR_GOOD,
    ]


@pytest.mark.parametrize("step", ["MAIL", "RCPT"])
@pytest.mark.parametrize("how", ["hangs_up", "slow"])
def test_a_relay_that_drops_or_falls_silent_before_the_message_is_tried_later(step, how):
    mood = Mood(**{how: step})
    with relay(mood) as port:
        (verdict,) = send(port, mail(), options="cto=0.3")
    assert (verdict.outcome, mood.kept) == (Outcome.LATER, [])
    assert verdict.text.startswith(f"connection to 127.0.0.1:{port} lost: ")


def test_a_relay_that_falls_silent_after_the_message_leaves_it_unknown_and_the_next_one_leaves():
    mood = Mood(slow="DATA")
    with relay(mood) as port, opened(port, "rto=0.3") as channel:
        silent = channel.send(mail("one"))
        mood.slow = ""
        sent = channel.send(mail("two"))
    assert (silent.outcome, sent.outcome) == (Outcome.UNKNOWN, Outcome.SENT)
    assert "it may have arrived" in silent.text


def test_the_answer_to_a_message_may_take_longer_than_that_to_a_command():
    with relay(Mood(slow="DATA")) as port:
        verdicts = send(port, mail("one"), mail("two"), options="cto=0.5&rto=30")
    assert [verdict.outcome for verdict in verdicts] == [Outcome.SENT, Outcome.SENT]


def test_a_relay_that_greylists_takes_the_message_the_next_time():
    mood = Mood(first_rcpt=["451 greylisted, come back in five minutes"])
    with relay(mood) as port:
        first, second = send(port, mail(), mail())
    assert (first.outcome, second.outcome) == (Outcome.REFUSED_NOW, Outcome.SENT)
    assert (len(mood.kept), len(mood.peers)) == (1, 1)


def test_a_relay_that_closes_for_now_is_another_connection_and_not_a_refusal_of_the_message():
    mood = Mood(mail="421 too many messages, closing")
    with relay(mood) as port, opened(port) as channel:
        closed = channel.send(mail("one"))
        mood.mail = "250 OK"
        sent = channel.send(mail("two"))
    assert closed == Verdict(
        Outcome.LATER,
        f"connection to 127.0.0.1:{port} lost: 421 too many messages, closing",
    )
    assert (sent.outcome, len(mood.peers)) == (Outcome.SENT, 2)


def test_an_idle_connection_that_the_relay_let_go_costs_no_message_a_refusal():
    mood = Mood()
    with relay(mood, timeout=0.3) as port, opened(port) as channel:
        first = channel.send(mail("one"))
        time.sleep(0.8)
        second = channel.send(mail("two"))
    assert (first.outcome, second.outcome) == (Outcome.SENT, Outcome.SENT)
    assert len(mood.peers) == 2


def test_a_relay_that_says_how_much_it_takes_refuses_more_before_it_is_sent():
    mood = Mood()
    with relay(mood, data_size_limit=5000) as port:
        large, small = send(port, mail(text="word " * 2000), mail("small"))
    assert (large.outcome, small.outcome) == (Outcome.REFUSED_FOR_GOOD, Outcome.SENT)
    assert large.text.startswith("sender refused: 552 ")
    assert [to for to, _ in mood.kept] == [["anna@example.org"]]


BEFORE, ANNOUNCED = STEPS[:3], STEPS[3:6]
ENDS = dict.fromkeys(BEFORE, Outcome.UNREACHED) | dict.fromkeys(ANNOUNCED, Outcome.LATER)


@pytest.mark.parametrize("how", ["close", "halfway", "silent", "nonsense"])
@pytest.mark.parametrize("step", STEPS)
def test_a_relay_that_goes_away_at_any_step_has_a_verdict_and_takes_the_next_mail(step, how):
    script = Script(step, how)
    with scripted(script) as port:
        address = f"rmail://keeper:hunter2@127.0.0.1:{port}?cto=0.3&rto=0.3"
        with open_channel(address, outbox=NO_OUTBOX) as channel:
            lost = channel.send(mail("one"))
            script.step = ""
            sent = channel.send(mail("two"))
    assert (lost.outcome, sent.outcome) == (ENDS.get(step, Outcome.UNKNOWN), Outcome.SENT)
    assert f"127.0.0.1:{port}" in lost.text
    assert "hunter2" not in lost.text
