import os
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from language.dates import format_date
from language.lines import columns, flowing
from notifications.envelope import Sender, enclose
from notifications.layouts import layouts
from notifications.messages import Message, render
from policies.obligations.obligations import Part
from policies.people.directory import Recipient
from policies.plans.notices import NoticeKind
from tests.notifications.calls import CALLED, MEETING_CALL, REVIEW_CALL
from tests.notifications.contents import (
    ASKED,
    ASKS_FOR_TIME,
    GROUPS,
    NOTICES,
    REVIEW,
    day,
)

GOLDEN = Path(__file__).parents[1] / "golden" / "messages"
RECIPIENTS = {
    language: Recipient("coordinator", "Anna Keller", "anna@example.org", language)
    for language in ("en", "ar", "fr", "es", "ru", "zh")
}
COMMANDS = (
    *(f"mandates record {fact}" for fact in ("reply", "answer", "completion")),
    "mandates owed --json",
)
ASKING_FOR_TIME = (ASKS_FOR_TIME.name, ASKS_FOR_TIME.reason or "")
EVERY = [(kind, language) for kind in NOTICES for language in RECIPIENTS]
MONDAY = day("Mon 2026-11-23")
SENT_AT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def said(kind, language) -> Message:
    content, written = NOTICES[kind]
    return render([content], RECIPIENTS[language], day(written))


def assert_as_read(name, message: Message):
    parts = {"subject.txt": message.subject + "\n", "txt": message.text, "html": message.html}
    files = {GOLDEN / f"{name}.{suffix}": words for suffix, words in parts.items()}
    if os.environ.get("UPDATE_GOLDEN"):
        for file, words in files.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(words, encoding="utf-8")
    assert {file: file.read_text(encoding="utf-8") for file in files} == files


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_the_words_are_those_that_people_have_read(kind, language):
    assert_as_read(f"{kind}.{language}", said(kind, language))


@pytest.mark.parametrize("language", RECIPIENTS)
def test_a_letter_with_several_calls_says_that_one_paper_may_serve_them_all(language):
    message = render([MEETING_CALL, REVIEW_CALL], RECIPIENTS[language], day(CALLED))
    assert_as_read(f"several-calls.{language}", message)
    assert message.html.count("<h2") == len([MEETING_CALL, REVIEW_CALL])


def test_a_letter_with_one_call_among_other_matters_does_not():
    message = render([REVIEW, MEETING_CALL], RECIPIENTS["en"], day(CALLED))
    assert "One document may serve several" not in message.text + message.html


def test_every_kind_of_notice_has_its_words():
    assert set(NOTICES) == set(NoticeKind)


def counted(text: str) -> int:
    """Return how many words a letter has: bullets and rules are none."""
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


# What a reader takes in within ten seconds: a request, and a receipt.
MOST_WORDS = dict.fromkeys(NOTICES, 150) | {"receipt": 60, "way-forward": 180, "referral": 220}


@pytest.mark.parametrize("kind", NOTICES)
def test_a_letter_is_read_in_ten_seconds(kind):
    assert counted(said(kind, "en").text) <= MOST_WORDS[kind]


@pytest.mark.parametrize("language", RECIPIENTS)
@pytest.mark.parametrize("kind", NOTICES)
def test_a_letter_is_hardly_longer_in_another_language(kind, language):
    lines, of_english = (len(said(kind, each).text.splitlines()) for each in (language, "en"))
    assert lines <= max(1.3 * of_english, of_english + 4)


ASKING = ("call-for-inputs", "last-reminder", "reminder", "overdue", "opening")


@pytest.mark.parametrize("language", RECIPIENTS)
@pytest.mark.parametrize("kind", ASKING)
def test_a_request_says_by_when_why_and_in_its_subject_of_what(kind, language):
    content, _ = NOTICES[kind]
    message = said(kind, language)
    text = flowing(message.text.replace("\u200f", ""))
    by_on = content.inputs_due_on if content.about_inputs else content.due_on or content.target_on
    assert by_on is not None
    assert content.title[language] in message.subject
    assert format_date(by_on, language) in message.subject
    assert text.count(format_date(by_on, language)) == 1
    assert content.provision in text


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_keys_stand_in_no_letter(kind, language):
    content, _ = NOTICES[kind]
    message = said(kind, language)
    for key in (content.notice_key, content.cycle):
        assert key not in message.subject + message.text + message.html


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_the_html_says_what_the_text_says(kind, language):
    message = said(kind, language)
    words = re.findall(r"\w+", re.sub(r"[\u2066-\u2069]", "", message.text))
    shown = re.sub(r"</?span[^>]*>", "", message.html.partition("<body")[2])
    shown = re.sub(r"<[^>]*>", " ", shown)
    shown = shown.replace("&#39;", "'")
    # A line of Chinese ends in the middle of what has no spaces: there a piece is looked for, not a word.
    found = shown if language == "zh" else set(re.findall(r"\w+", shown))
    assert [word for word in words if word not in found] == []


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_the_html_runs_its_own_way_and_stays_light(kind, language):
    html = said(kind, language).html
    way = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{way}">' in html
    assert f'<body lang="{language}" dir="{way}"' in html
    assert set(re.findall(r"<t(?:able|d)[^>]* dir=\"(\w+)\"", html)) == {way}
    assert re.findall(r"inline-(?:start|end)|[\u2066-\u2069]|<script|<img|https?:", html) == []
    assert f'<table role="presentation" lang="{language}" dir="{way}"' in html
    assert ("<span" in html) == (way == "rtl")
    assert html.count("<span dir=") == html.count("</span>")
    assert len(html.encode()) < 20_000


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_a_message_weighs_little_and_its_lines_are_short(kind, language):
    message = said(kind, language)
    recipient, sender = RECIPIENTS[language], Sender("Network Secretariat", "secretariat@example.org")
    sent = enclose(message, recipient, sender=sender, notice_keys=["key"], cycles=["cycle"], sent_at=SENT_AT)
    assert len(sent.content) < 100_000
    long = [line for line in message.text.splitlines() if columns(line) > 76]
    assert [line for line in long if " " in line.strip("- ")] == []


@pytest.mark.parametrize(
    ("as_of", "sentence", "distance"),
    [
        ("Fri 2026-11-06", "No completion has been recorded yet.", "(in 4 days)"),
        ("Tue 2026-11-10", "No completion has been recorded yet.", "(today)"),
        ("Wed 2026-11-11", "The due date has passed, and no completion has been recorded.", "(one day ago)"),
        ("Mon 2026-11-23", "The due date has passed, and no completion has been recorded.", "(13 days ago)"),
    ],
)
def test_a_reminder_says_the_truth_on_the_day_it_leaves(as_of, sentence, distance):
    text = " ".join(render([REVIEW], RECIPIENTS["en"], day(as_of)).text.split())
    assert sentence in text
    assert f"Due date: Tuesday, 10 November 2026, 23:59, Geneva time {distance}" in text


@pytest.mark.parametrize("kind", NoticeKind)
@pytest.mark.parametrize("language", RECIPIENTS)
def test_a_missing_due_date_leaves_no_gap(kind, language):
    content = replace(GROUPS, kind=kind, target_on=None, steps=(), answer=ASKS_FOR_TIME)
    message = render([content], RECIPIENTS[language], MONDAY)
    assert "None" not in message.subject + message.text + message.html


def test_a_missing_due_date_is_said_in_words():
    content = replace(GROUPS, kind=NoticeKind.REMINDER, about="due", target_on=None, steps=())
    message = render([content], RECIPIENTS["en"], MONDAY)
    assert message.subject == "Reminder: Review of the working groups"
    assert (
        "No due date can be calculated yet, because the date from which it runs has not been recorded."
        in " ".join(message.text.split())
    )


FIRST = [
    (replace(NOTICES["last-reminder"][0], first=True), "Input requested by 15 September 2026: {}"),
    (
        replace(NOTICES["last-reminder"][0], first=False),
        "Final reminder – input requested by 15 September 2026: {}",
    ),
    (replace(REVIEW, first=True), "For action by 10 November 2026: {}"),
    (replace(REVIEW, first=False), "Reminder – for action by 10 November 2026: {}"),
]


@pytest.mark.parametrize(("content", "subject"), FIRST)
def test_nobody_is_reminded_of_what_they_were_never_asked(content, subject):
    message = render([content], RECIPIENTS["en"], day("Fri 2026-09-11"))
    assert message.subject == subject.format("Review of the working arrangements")
    assert ("reminder" in message.text) == (content.kind is NoticeKind.LAST_REMINDER and not content.first)


@pytest.mark.parametrize("kind", NoticeKind)
@pytest.mark.parametrize("about", ["begins", "target", "due", "met", "inputs-due", "review-held"])
@pytest.mark.parametrize("asked", [None, ASKED])
@pytest.mark.parametrize("language", ["ar", "ru", "zh"])
def test_every_kind_can_be_about_anything_and_no_english_is_left(kind, about, asked, language):
    for as_of in (date(2026, 1, 1), date(2032, 1, 1)):
        content = replace(
            GROUPS,
            kind=kind,
            about=about,
            asked=asked,
            due_on=date(2031, 6, 30),
            external=True,
            answer=ASKS_FOR_TIME,
        )
        text = " ".join(render([content], RECIPIENTS[language], as_of).text.replace("\u200f", "").split())
        known = ("Anna Keller", "Word", "PowerPoint", "Excel", "OpenDocument", "--until", *COMMANDS)
        for name in (*known, *ASKING_FOR_TIME):
            text = text.replace(name, "")
        assert re.findall(r"[a-z]{4,}", text) == []


def test_a_passed_target_is_called_internal_and_not_a_due_date():
    content = replace(GROUPS, kind=NoticeKind.OVERDUE, about="target")
    text = " ".join(render([content], RECIPIENTS["en"], date(2031, 6, 2)).text.split())
    assert "The internal target date has passed, and no completion has been recorded." in text
    assert "Internal target date: Saturday, 10 May 2031 (23 days ago)" in text
    assert "due date has passed" not in text


def test_a_language_without_words_is_written_in_english():
    message = render([REVIEW], replace(RECIPIENTS["en"], language="tlh"), MONDAY)
    assert message == render([REVIEW], RECIPIENTS["en"], MONDAY)


def test_a_title_without_a_translation_stands_isolated_in_arabic():
    content = replace(REVIEW, title={"en": "Review"}, names={})
    message = render([content], RECIPIENTS["ar"], MONDAY)
    assert "«\u2068Review\u2069»" in message.text
    assert '«<span dir="ltr">Review</span>»' in message.html
    subject = "تذكير – إجراء مطلوب في موعد أقصاه 10\u00a0تشرين الثاني/نوفمبر\u00a02026: Review"
    assert f"<title>{subject}</title>" in message.html


def test_markup_in_names_is_shown_and_never_obeyed():
    hostile = "<script>alert(1)</script>{{ 7*7 }}"
    message = render(
        [replace(REVIEW, title={"en": hostile}, names={})], replace(RECIPIENTS["en"], name=hostile), MONDAY
    )
    assert "<script" not in message.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in message.html
    assert "For the attention of <script>alert(1)</script>{{ 7*7 }}\n" in message.text


def test_a_word_nobody_gave_is_an_error_and_not_a_gap():
    template = layouts("en", escaped=False).get_template("reminder.j2")
    with pytest.raises(UndefinedError, match="is undefined"):
        template.render(layout="part.txt", title="Annual meeting")


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (Part.HOLDER, "Please complete the “Review of the working arrangements”, and send the secretariat"),
        (Part.SUPPORTS, "Your support for the “Review of the working arrangements” is requested."),
        (Part.SECRETARIAT, "Please follow up with the responsible party (Network Coordinator) until"),
    ],
)
def test_everybody_is_asked_for_their_own_part(part, words):
    message = render([replace(REVIEW, part=part)], RECIPIENTS["en"], MONDAY)
    assert words in " ".join(message.text.split())


def test_only_who_can_record_is_asked_to_record():
    asked = {part: render([replace(REVIEW, part=part)], RECIPIENTS["en"], MONDAY).text for part in Part}
    assert {part for part, text in asked.items() if "and record" in " ".join(text.split())} == {
        Part.SECRETARIAT
    }


def test_what_is_overdue_when_it_is_opened_is_said_to_be():
    late = replace(REVIEW, kind=NoticeKind.OPENING, about="begins")
    message = render([late], RECIPIENTS["en"], MONDAY)
    assert message.subject == "Overdue since 10 November 2026: Review of the working arrangements"
