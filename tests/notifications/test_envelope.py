import email
import re
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest

from notifications.envelope import Mail, Sender, UnusableAddressError, enclose
from notifications.headers import letter_names
from notifications.messages import Message
from policies.people.directory import Recipient

ANNA = Recipient("anna", "Anna Keller", "anna@example.org", "ar")
SENDER = Sender("أمانة الشبكة", "secretariat@network.example.org")
MESSAGE = Message("تذكير: استعراض ترتيبات العمل", "نص\n.\n", "<p>نص</p>\n", "ar")
KEY = "working-arrangements-review/since-2025-11-10/last-reminder/inputs-due-3/network-members.anna/mail"
CYCLE = "working-arrangements-review/since-2025-11-10"
SENT_AT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def enclosed(
    message: Message = MESSAGE,
    recipient: Recipient = ANNA,
    sender: Sender = SENDER,
    key: str = KEY,
    cycle: str = CYCLE,
    **more: Any,
) -> Mail:
    keys: dict[str, Any] = {"notice_keys": [key], "cycles": [cycle], "sent_at": SENT_AT} | more
    return enclose(message, recipient, sender=sender, **keys)


def as_received(**changes: Any) -> EmailMessage:
    return email.message_from_bytes(enclosed(**changes).content, EmailMessage, policy=default)


def test_the_message_arrives_as_text_and_html_in_its_language():
    received = as_received()
    text, html = received.iter_parts()
    assert received.get_content_type() == "multipart/alternative"
    assert (text.get_content_type(), text.get_content()) == ("text/plain", "نص\r\n.\r\n")
    assert (html.get_content_type(), html.get_content()) == ("text/html", "<p>نص</p>\r\n")
    assert received["Content-Language"] == "ar"
    assert (text["Content-Language"], html["Content-Language"]) == (None, None)


def test_the_headers_say_who_what_and_that_no_person_sent_it():
    received = as_received()
    assert received["From"] == "أمانة الشبكة <secretariat@network.example.org>"
    assert received["To"] == "Anna Keller <anna@example.org>"
    assert received["Subject"] == MESSAGE.subject
    assert received["Date"].datetime == SENT_AT
    assert received["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("key", [KEY, KEY * 5], ids=["short", "long"])
def test_the_notice_can_be_searched_for_by_its_key(key):
    assert f"\r\nX-Mandate-Notice: {key}\r\n".encode() in enclosed(key=key).content


def test_the_same_notice_makes_the_same_bytes():
    assert enclosed().content == enclosed().content


def test_every_line_is_short_ascii_with_a_full_line_end():
    content = enclosed(replace(MESSAGE, text="كلمة " * 500, subject="كلمة " * 60)).content
    assert content.isascii()
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(len(word) for word in re.findall(rb"=\?[^ ]*\?=", content)) <= 75  # RFC 2047, section 2
    whole = (b"X-Mandate", b"List-Unsubscribe")
    assert max(len(line) for line in content.splitlines() if not line.startswith(whole)) <= 80


def test_the_message_id_follows_from_the_key_alone():
    one, other = as_received(), as_received(key="other")
    again = as_received(message=replace(MESSAGE, subject="x"))
    assert one["Message-ID"] == again["Message-ID"] == enclosed().message_id
    assert one["Message-ID"] != other["Message-ID"]
    assert one["Message-ID"].endswith("@network.example.org>")


def test_notices_of_one_cycle_are_one_thread():
    one, other = as_received(), as_received(key="other")
    elsewhere = as_received(cycle="annual-meeting/2026")
    assert one["References"] == other["References"] == one["In-Reply-To"]
    assert one["References"] != elsewhere["References"]
    assert one["References"] != one["Message-ID"]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\x00"])
def test_a_line_end_in_a_name_or_title_begins_no_header(end):
    evil = f"Anna{end}Bcc: everybody@example.org"
    received = as_received(
        message=replace(MESSAGE, subject=evil),
        recipient=replace(ANNA, name=evil),
        sender=replace(SENDER, name=evil),
        key=evil,
    )
    assert received["Bcc"] is None
    assert received["Subject"] == "Anna Bcc: everybody@example.org"
    assert [to.addr_spec for to in received["To"].addresses] == ["anna@example.org"]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "anna",
        "anna@",
        "@example.org",
        "anna@example.org, bob@example.org",
        "anna@example.org\r\nBcc: bob@example.org",
        "anna@exämple.org",
        "änna@example.org",
        "Anna <anna@example.org>",
    ],
)
def test_an_address_that_is_none_is_refused_in_words(address):
    with pytest.raises(UnusableAddressError, match=r"Anna Keller, .*expected one such as name@example.org"):
        enclosed(recipient=replace(ANNA, address=address))


BOB = Recipient("bob", "Bob, Dr. Büttner", "bob@example.org", "en")


def test_several_notices_are_one_message_and_one_id_in_whatever_order():
    one, other = enclosed(notice_keys=["b/2", "a/1"]), enclosed(notice_keys=["a/1", "b/2"])
    assert one.message_id == other.message_id != enclosed(notice_keys=["a/1"]).message_id
    assert as_received(notice_keys=["b/2", "a/1"]).get_all("X-Mandate-Notice") == ["b/2", "a/1"]


def test_a_message_about_several_cycles_hangs_in_the_thread_of_each():
    first, second = (as_received(cycle=cycle)["References"] for cycle in ("a/1", "b/2"))
    both = as_received(cycles=["a/1", "b/2", "a/1"])
    assert (both["In-Reply-To"], both["References"]) == (first, f"{first} {second}")


def test_those_in_copy_are_named_beside_the_one_it_is_meant_for():
    received = as_received(copies=[BOB, replace(BOB, address="c@example.org")])
    assert [to.addr_spec for to in received["To"].addresses] == ["anna@example.org"]
    assert [str(copy) for copy in received["Cc"].addresses] == [
        '"Bob, Dr. Büttner" <bob@example.org>',
        '"Bob, Dr. Büttner" <c@example.org>',
    ]
    assert as_received()["Cc"] is None


def test_the_list_headers_lead_to_the_secretariat_and_stay_whole():
    domain = "a-very-long-name-of-a-secretariat.of-an-even-longer-institution.example.org"
    sender = Sender("Secretariat", f"keeper+mandates@{domain}", f"office@{domain}")
    raw = enclosed(sender=sender).content.decode()
    assert f"\r\nList-Id: <mandates.{domain}>\r\n" in raw
    assert f"\r\nList-Help: <mailto:keeper%2Bmandates@{domain}>\r\n" in raw
    assert f"\r\nList-Unsubscribe: <mailto:keeper%2Bmandates@{domain}?subject=Please%20pause%20or" in raw
    assert re.search(rf"\r\nReferences: <\w{{32}}@{domain}>\r\n", raw)
    assert as_received(sender=sender)["Reply-To"] == f"Secretariat <office@{domain}>"
    assert as_received()["Reply-To"] is None


@pytest.mark.parametrize("name", ["Secretariat", "أمانة شبكة الأمم المتحدة المعنية بالهجرة", "A" * 70])
def test_a_letter_with_a_secret_is_answered_at_an_address_of_its_own(name: str):
    domain = "a-very-long-name-of-a-secretariat.of-an-even-longer-institution.example.org"
    sender = Sender(name, f"keeper@{domain}", f"answers@{domain}")
    made = enclosed(sender=sender, secret=b"secret")
    local = made.message_id.strip("<>").partition("@")[0]
    received = email.message_from_bytes(made.content, policy=default)
    assert [each.addr_spec for each in received["Reply-To"].addresses] == [f"answers+{local}@{domain}"]
    assert f"answers+{local}@{domain}>\r\n" in made.content.decode()
    assert letter_names([received["Reply-To"]]) == [local]


def test_a_calendar_is_attached_to_the_byte():
    dates = "BEGIN:VCALENDAR\r\nSUMMARY:الموعد\r\nEND:VCALENDAR\r\n".encode()
    message = enclosed(calendar=dates)
    received = email.message_from_bytes(message.content, policy=default)
    [attached] = received.iter_attachments()
    assert attached.get_filename() == "due-dates.ics"
    assert attached["Content-Type"] == 'text/calendar; method="PUBLISH"; charset="utf-8"'
    assert attached.get_payload(decode=True) == dates
    text, html = received.get_body(("plain",)), received.get_body(("html",))
    assert text is not None
    assert html is not None
    assert received["Content-Language"] == "ar"
    assert message.content == enclosed(calendar=dates).content


@pytest.mark.parametrize("mark", "\u202a\u202b\u202d\u202e\u2066\u2067\u200e\u200f\u061c")
def test_a_name_cannot_turn_around_what_stands_beside_it(mark):
    evil = f"Anna{mark}gro.elpmaxe@live"
    received = as_received(
        message=replace(MESSAGE, subject=evil),
        recipient=replace(ANNA, name=evil),
        copies=[replace(BOB, name=evil)],
    )
    assert mark not in received["Subject"] + received["To"] + received["Cc"]


def test_a_joiner_that_letters_need_stays_in_a_name():
    assert (
        as_received(recipient=replace(ANNA, name="می\u200cخواهم"))["To"].addresses[0].display_name
        == "می\u200cخواهم"
    )


def test_a_copy_to_an_address_that_is_none_is_refused_too():
    with pytest.raises(UnusableAddressError, match=r"Büttner, .*expected one such as name@example.org"):
        enclosed(copies=[replace(BOB, address="bob")])
