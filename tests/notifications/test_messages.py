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
from notifications.notice_content import most_urgent_first
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
    for call in (MEETING_CALL, REVIEW_CALL):
        assert call.cycle in message.text.partition("=" * 72)[2].partition("=" * 72)[0]


def test_a_letter_with_one_call_among_other_matters_does_not():
    message = render([REVIEW, MEETING_CALL], RECIPIENTS["en"], day(CALLED))
    assert "several inputs" not in message.text + message.html


def test_every_kind_of_notice_has_its_words():
    assert set(NOTICES) == set(NoticeKind)


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_every_message_names_provision_dates_reasons_and_who_is_asked(kind, language):
    content, _ = NOTICES[kind]
    message = said(kind, language)
    text = flowing(message.text)
    expected = [content.provision, content.notice_key, content.holder[language], "Anna Keller"]
    expected += [format_date(on, language) for on in (content.due_on, content.target_on) if on]
    expected += [format_date(step.result, language) for step in content.steps]
    assert [words for words in expected if words not in text] == []


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
    ("as_of", "sentence"),
    [
        ("Fri 2026-11-06", "is due on 10 November 2026, in 4 days, and no completion is recorded yet."),
        ("Tue 2026-11-10", "is due on 10 November 2026, today, and no completion is recorded yet."),
        ("Wed 2026-11-11", "was due on 10 November 2026, one day ago, and no completion is recorded."),
        ("Mon 2026-11-23", "was due on 10 November 2026, 13 days ago, and no completion is recorded."),
    ],
)
def test_a_reminder_says_the_truth_on_the_day_it_leaves(as_of, sentence):
    text = " ".join(render([REVIEW], RECIPIENTS["en"], day(as_of)).text.split())
    assert f"“Review of the working arrangements” {sentence}" in text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Due date: the text gives no date to count from yet"),
        ("ar", "الموعد النهائي: لا يتيح النص بعد تاريخاً يُحتسب منه"),
    ],
)
def test_a_missing_due_date_is_said_in_words(language, words):
    content = replace(GROUPS, target_on=None, steps=(), answer=ASKS_FOR_TIME)
    for kind in NoticeKind:
        message = render([replace(content, kind=kind)], RECIPIENTS[language], MONDAY)
        assert words in " ".join(message.text.split())
        assert "None" not in message.text + message.html


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
        text = " ".join(render([content], RECIPIENTS[language], as_of).text.split())
        known = (
            "Mandate Keeper",
            "Anna Keller",
            "Word (.docx)",
            "Word（.docx）",
            "Excel (.xlsx)",
            "Excel（.xlsx）",
        )
        for name in (content.notice_key, content.cycle, *known, *ASKING_FOR_TIME):
            text = text.replace(name, "")
        assert re.findall(r"[a-z]{4,}", text) == []


def test_a_passed_target_is_called_house_practice_and_not_a_breach():
    content = replace(GROUPS, kind=NoticeKind.OVERDUE, about="target")
    text = render([content], RECIPIENTS["en"], date(2031, 6, 2)).text
    assert "That date is house practice, not a demand of the text." in " ".join(text.split())
    assert "breach" not in text


def test_a_language_without_words_is_written_in_english():
    message = render([REVIEW], replace(RECIPIENTS["en"], language="tlh"), MONDAY)
    assert message == render([REVIEW], RECIPIENTS["en"], MONDAY)


def test_a_title_without_a_translation_stands_isolated_in_arabic():
    content = replace(REVIEW, title={"en": "Review"}, names={})
    message = render([content], RECIPIENTS["ar"], MONDAY)
    assert "«\u2068Review\u2069»" in message.text
    assert '«<span dir="ltr">Review</span>»' in message.html
    assert "<title>تذكير: Review، 10 تشرين الثاني/نوفمبر 2026</title>" in message.html


def test_markup_in_names_is_shown_and_never_obeyed():
    hostile = "<script>alert(1)</script>{{ 7*7 }}"
    message = render(
        [replace(REVIEW, title={"en": hostile}, names={})], replace(RECIPIENTS["en"], name=hostile), MONDAY
    )
    assert "<script" not in message.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in message.html
    assert "Dear <script>alert(1)</script>{{ 7*7 }}," in message.text


def test_a_word_nobody_gave_is_an_error_and_not_a_gap():
    template = layouts("en", escaped=False).get_template("reminder.j2")
    with pytest.raises(UndefinedError, match="is undefined"):
        template.render(layout="part.txt", title="Annual meeting")


@pytest.mark.parametrize(
    ("part", "language", "words"),
    [
        (Part.HOLDER, "en", "Please complete “Review of the working arrangements”"),
        (Part.SUPPORTS, "en", "Please support the holder (Network Coordinator) in completing"),
        (Part.SECRETARIAT, "en", "Please follow up with the holder (Network Coordinator) until"),
        (Part.SUPPORTS, "ar", "يُرجى تقديم الدعم إلى الجهة المكلفة (منسق الشبكة)"),
        (
            Part.SECRETARIAT,
            "ar",
            "يُرجى متابعة إنجاز بند «استعراض ترتيبات العمل» مع الجهة المكلفة (منسق الشبكة)",
        ),
    ],
)
def test_everybody_is_asked_for_their_own_part(part, language, words):
    message = render([replace(REVIEW, part=part)], RECIPIENTS[language], MONDAY)
    assert words in " ".join(message.text.split())


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("en", "Open and overdue: Review of the working arrangements, due on 10 November 2026"),
        ("ar", "عمل جارٍ انقضى موعده: استعراض ترتيبات العمل، والموعد النهائي 10 تشرين الثاني/نوفمبر 2026"),
    ],
)
def test_what_is_overdue_when_it_is_opened_is_said_to_be(language, subject):
    late = replace(REVIEW, kind=NoticeKind.OPENING, about="begins")
    assert render([late], RECIPIENTS[language], MONDAY).subject == subject


@pytest.mark.parametrize("language", RECIPIENTS)
def test_several_matters_are_one_message_the_most_urgent_first(language):
    contents = [NOTICES[kind][0] for kind in ("opening", "overdue", "call-for-inputs")]
    message = render(contents, RECIPIENTS[language], MONDAY)
    alone = [render([content], RECIPIENTS[language], MONDAY) for content in contents]
    text = message.text
    assert message.subject.endswith(alone[1].subject)
    assert "3" in message.subject
    opening, overdue, call = (text.rindex(first_words(each.text)) for each in alone)
    assert overdue < call < opening
    assert text.count("=" * 72) == 1 + len(contents)
    assert len(message.html.encode()) < 60_000


def test_what_is_past_its_due_date_comes_first_whatever_kind_it_is():
    late = replace(REVIEW, kind=NoticeKind.OPENING, about="begins")
    package = replace(NOTICES["package-ready"][0], due_on=day("Thu 2026-12-31"))
    receipt = replace(REVIEW, kind=NoticeKind.RECEIPT)
    assert most_urgent_first([receipt, package, late], MONDAY) == [late, package, receipt]
    met = replace(late, met_on=MONDAY)
    assert most_urgent_first([met, package], MONDAY) == [package, met]


def first_words(text: str) -> str:
    """Return the first line below the greeting."""
    return text.split("\n\n")[2].splitlines()[0]
