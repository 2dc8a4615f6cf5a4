"""The short text says what is asked, by when and under which reference, and no more."""

import re
from dataclasses import replace

import pytest

from language.dates import format_date
from notifications.messages import render
from notifications.short import short
from policies.people.directory import Recipient
from tests.golden import GOLDEN, assert_golden
from tests.notifications.contents import ASKED, NOTICES, day

LANGUAGES = ("en", "ar")
EVERY = [(kind, language) for kind in NOTICES for language in LANGUAGES]


def anna(language: str, name: str = "Anna Keller") -> Recipient:
    return Recipient("coordinator", name, "anna@example.org", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_short_texts_are_those_that_people_have_read(language):
    texts = []
    for kind, (content, written) in NOTICES.items():
        said = short([content], anna(language), day(written), "secretariat@example.org")
        texts.append(f"{kind}\n{said.title}\n{said.body}\n")
    assert_golden(GOLDEN / "messages" / f"short.{language}.txt", "\n".join(texts))


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_a_short_text_is_short_and_says_the_essential(kind, language):
    content, written = NOTICES[kind]
    said = short([content], anna(language), day(written))
    assert said.title == render([content], anna(language), day(written)).subject
    assert content.notice_key not in said.body
    if kind in ("way-forward", "referral"):
        assert content.by_on is None  # the text names no period
    elif kind not in ("receipt", "hand-over", "for-decision", "correction", "change-of-date"):
        assert content.by_on is not None
        assert format_date(content.by_on, language) in said.body
        assert "Anna Keller" in said.body
    assert len(said.body) < 600
    assert re.findall(r"<bdi>|<(?!/?(?:p|b|code|br)>)", said.body) == []
    assert said.body.count("\u2068") == said.body.count("\u2069")


@pytest.mark.parametrize("kind", NOTICES)
def test_a_short_text_says_where_to_answer_and_points_at_nothing_below_it(kind):
    content, written = NOTICES[kind]
    said = short([content], anna("en"), day(written), "secretariat@example.org")
    assert ("To answer, please write to secretariat@example.org." in said.body) == content.asks
    assert "below" not in said.body


def test_several_notices_are_one_text_with_the_first_as_its_title():
    contents = [NOTICES[kind][0] for kind in ("overdue", "opening", "receipt")]
    said = short(contents, anna("en"), day("Mon 2026-11-23"))
    assert said.title == "Action requested on 2 matters (one overdue)"
    assert [" ".join(words.split()) for words in re.findall(r"<b>(.*?)</b>", said.body, re.DOTALL)] == [
        "Overdue since 10 November 2026: Review of the working arrangements",
        "For action by 10 May 2031: Review of the working groups",
        "Completion recorded, 23 November 2026: Review of the working arrangements",
    ]


def test_latin_names_stay_whole_within_arabic():
    content = replace(NOTICES["reminder"][0], title={"en": "Review"}, asked=ASKED)
    said = short([content], anna("ar"), day("Mon 2026-11-23"))
    assert "\u2068Review\u2069" in said.title
    assert "\u2068Anna Keller\u2069" in said.body


def test_markup_in_names_is_shown_and_never_obeyed():
    said = short([NOTICES["reminder"][0]], anna("en", "<b>Anna</b> {{ 7 }}"), day("Mon 2026-11-23"))
    assert "&lt;b&gt;Anna&lt;/b&gt; {{ 7 }}" in said.body


def test_a_language_without_words_is_said_in_english():
    said = short([NOTICES["reminder"][0]], anna("tlh"), day("Mon 2026-11-23"))
    assert said.language == "en"
