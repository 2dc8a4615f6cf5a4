"""Every name and subject arrives whole, read by the letter of RFC 2047 and not by a parser that mends it."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from notifications.headers import MAIL_POLICY, UnusableAddressError, mailbox, one_line, subject
from policies.people.directory import Recipient
from tests.notifications import strict_headers
from tests.notifications.test_envelope import ANNA, MESSAGE, SENDER, enclosed

SENTENCES = {
    "en": "Reminder: inputs to the annual meeting, due on 15 September 2027 (third call)",
    "ar": "تذكير: المساهمات في الاجتماع السنوي، المستحقة في 15 أيلول/سبتمبر 2027 (النداء الثالث)",
    "fr": "Rappel\u202f: contributions à la réunion annuelle, attendues le 15\u00a0septembre 2027",
    "es": "Recordatorio: aportaciones para la reunión anual, previstas para el 15 de septiembre de 2027",
    "ru": "Напоминание: материалы к ежегодному совещанию, срок — 15\u00a0сентября 2027\u00a0года",
    "zh": "提醒：年度会议的意见，截止日期为2027年9月15日（第三次通知）",
}
NAMES = [
    "Anna Keller",
    "Keller, Anna",
    'Anna "Nan" Keller',
    "Back\\slash",
    "Keller (Geneva)",
    "Dr. A. Keller",
    "O'Neill",
    "Le Secrétaire général adjoint, chef du Bureau de la coordination des affaires (Genève)",
    "Under-Secretary-General for Everything, Head of the Office of the Coordinator, and Chair (acting)",
    "Заместитель Генерального секретаря, глава Канцелярии",
    "وكيل الأمين العام، رئيس المكتب",
    "副秘书长（代理）",
    "=?utf-8?q?not_what_it_seems?=",
    "a=?b?=",
    "🌍 Network 👩‍👩‍👧‍👦",
    "1\u00a0000\u202f: «\u00a0ici\u00a0»",
    "x" * 300,
    "word " * 60,
    "@home; <none>: [x]",
    "\U0001fae8 shaking",
]
LETTERS = st.one_of(
    st.text(min_size=1, max_size=400),
    st.text('abc ,."\\()<>@;:=?_éß\u00a0\u202f\u200dاЖ中🌍', min_size=1, max_size=400),
)


def arrives(text: str) -> None:
    """Check that a text arrives as subject, as sender, as recipient and in copy."""
    people = [
        Recipient("a", text, "a@example.org", "en"),
        Recipient("b", f"{text}, B", "b@example.org", "en"),
    ]
    mail = enclosed(
        message=replace(MESSAGE, subject=text),
        recipient=replace(ANNA, name=text),
        sender=replace(SENDER, name=text, reply_to="office@example.org"),
        copies=people,
    )
    headers, meant = strict_headers.fields(mail.content), one_line(text)
    assert strict_headers.text(headers["Subject"]) == meant
    assert strict_headers.people(headers["From"]) == [(meant, SENDER.address)]
    assert strict_headers.people(headers["To"]) == [(meant, ANNA.address)]
    assert strict_headers.people(headers["Reply-To"]) == [(meant, "office@example.org")]
    assert strict_headers.people(headers["Cc"]) == [
        (meant, "a@example.org"),
        (one_line(f"{text}, B"), "b@example.org"),
    ]


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_of_any_length_arrives_in_every_language(language):
    sentence = SENTENCES[language]
    for length in range(1, 401, 7):
        arrives(((sentence + " ") * 10)[:length])


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name[:20])
def test_a_name_with_anything_in_it_arrives(name):
    arrives(name)


@settings(max_examples=300, deadline=None)
@given(LETTERS)
@example("Напоминание 15\u00a0сентября")
@example("a\r\nBcc: everybody@example.org")
def test_whatever_is_written_arrives_and_begins_no_header(text):
    arrives(text)
    mail = enclosed(message=replace(MESSAGE, subject=text), recipient=replace(ANNA, name=text), key=text)
    assert strict_headers.fields(mail.content).keys() == strict_headers.fields(enclosed().content).keys()


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Anna Keller", "Anna Keller <a@example.org>"),
        ("Keller, Anna", '"Keller, Anna" <a@example.org>'),
        ('Anna "Nan" K\\', '"Anna \\"Nan\\" K\\\\" <a@example.org>'),
        ("Jürg", "=?utf-8?b?SsO8cmc=?= <a@example.org>"),
        ("", "a@example.org"),
    ],
)
def test_what_is_plain_stays_plain_for_people_who_read_the_source(name, written):
    mail = enclosed(recipient=replace(ANNA, name=name, address="a@example.org"))
    assert f"\r\nTo: {written}\r\n".encode() in mail.content


def test_a_plain_subject_is_folded_between_words():
    written = subject("Reminder of the input to the annual meeting that is due on Friday and of a second")
    assert written == (
        "Reminder of the input to the annual meeting that is due on Friday\r\n and of a second"
    )


@pytest.mark.parametrize(
    "name", ["Subject", "From", "To", "Cc", "Reply-To", "References", "X-Mandate-Notice"]
)
@pytest.mark.parametrize("value", ["a\r\nBcc: x", "a\nBcc: x", "a\rb", "a\r\n", "a\r\n\r\nb", "é"])
def test_a_value_that_could_be_another_header_is_refused(name, value):
    with pytest.raises(ValueError, match="is not written as it has to be"):
        MAIL_POLICY.header_store_parse(name, value)


def test_an_address_longer_than_any_server_takes_is_refused_in_words():
    address = f"{'a' * 60}@{'b.' * 110}example.org"
    with pytest.raises(UnusableAddressError, match=r"Anna has 292 characters; expected at most 254"):
        mailbox("Anna", address)


def test_a_key_that_is_too_long_for_a_line_or_not_plain_is_written_like_a_subject():
    for key in ("k/" * 600, "réunion/2027"):
        headers = strict_headers.fields(enclosed(key=key).content)
        assert strict_headers.text(headers["X-Mandate-Notice"]) == key
