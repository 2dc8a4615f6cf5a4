import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from input_packages.contents import Asked, Item
from input_packages.documents import document, languages
from input_packages.pages import page as written
from tests.days import day
from tests.golden import GOLDEN, assert_golden
from tests.input_packages.examples import BARE, MEMBERS, REVIEW

VOID = {"meta", "br"}
HOSTILE = "<script>alert('1')</script>\"><img src=x onerror=1>{{ 7*7 }}"


class Outline(HTMLParser):
    """The elements of a page, each with its attributes; complains about elements that are not closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str]]:
        found = [attributes for name, attributes in self.elements if name == tag]
        return [{key: value or "" for key, value in attributes.items()} for attributes in found]


def page(contents, language="en") -> str:
    return written(document(contents, language)).decode()


def text(contents, language="en") -> str:
    body = page(contents, language).partition("<body>")[2]
    return " ".join(re.sub(r"<[^>]*>", "", body.replace("<br>", " ")).split())


def position(contents, *words) -> list[int]:
    found = [text(contents).find(each) for each in words]
    assert -1 not in found
    return found


@pytest.mark.parametrize("language", REVIEW.languages)
def test_the_pages_are_those_that_people_have_read(language):
    assert_golden(GOLDEN / "packages" / f"package.{language}.html", page(REVIEW, language))


def test_there_is_one_page_for_each_language_that_has_words():
    assert languages(REVIEW) == ("en", "ar", "fr", "es", "ru", "zh")
    assert languages(BARE) == ("en",)
    assert languages(replace(REVIEW, languages=("tlh", "../x"))) == ("en",)


@pytest.mark.parametrize(("language", "way"), [("en", "ltr"), ("ar", "rtl"), ("fr", "ltr"), ("zh", "ltr")])
def test_a_page_runs_its_own_way(language, way):
    assert Outline(page(REVIEW, language)).all("html") == [{"lang": language, "dir": way}]


@pytest.mark.parametrize("language", REVIEW.languages)
def test_a_page_loads_nothing_and_runs_nothing(language):
    outline = Outline(page(REVIEW, language))
    kinds = {tag for tag, _ in outline.elements}
    assert kinds.isdisjoint({"script", "img", "link", "iframe", "object", "form", "base", "svg"})
    assert [attributes["href"] for attributes in outline.all("a") if attributes["href"][0] != "#"] == []
    assert re.findall(r"https?:|url\(|@import", page(REVIEW, language)) == []
    assert any("default-src 'none'" in meta.get("content", "") for meta in outline.all("meta"))


@pytest.mark.parametrize("language", REVIEW.languages)
def test_tables_and_headings_can_be_followed_without_seeing_them(language):
    outline = Outline(page(REVIEW, language))
    assert len(outline.all("h1")) == 1
    assert len(outline.all("caption")) == len(outline.all("table")) > 0
    assert {attributes.get("scope") for attributes in outline.all("th")} == {"col", "row"}
    ids = {attributes["id"] for _, attributes in outline.elements if "id" in attributes}
    assert {attributes["href"][1:] for attributes in outline.all("a")} <= ids
    assert {attributes["aria-labelledby"] for attributes in outline.all("section")} <= ids


@pytest.mark.parametrize("language", REVIEW.languages)
def test_provisions_stand_in_every_language_they_have(language):
    words = text(REVIEW, language)
    says = [each for provision in REVIEW.provisions for each in provision.says.values()]
    assert [each for each in says if " ".join(each.split()) not in words] == []
    ways = [(p["lang"], p["dir"]) for p in Outline(page(REVIEW, language)).all("p") if "lang" in p]
    said = [("en", "ltr"), ("ar", "rtl"), ("fr", "ltr"), ("es", "ltr"), ("ru", "ltr"), ("zh", "ltr")]
    own = [pair for pair in said if pair[0] == language]
    assert ways == [*own, ("en", "ltr"), *(pair for pair in said if pair[0] != language)]


def test_a_paragraph_number_stands_only_where_the_text_asserts_it():
    words = text(REVIEW)
    assert "REV-3 paragraph 36" in words
    assert words.count("paragraph") == 1


def test_the_cover_says_for_whom_what_is_asked_what_decides_and_what_closes():
    words = text(REVIEW)
    expected = [
        "Executive Committee",
        "Reviewers are invited to consider this package",
        "Where this package and the text of the instrument differ, the text prevails.",
        "a decision on each group",
        "6 December 2026",
        "23 November 2026, 07:15 UTC",
    ]
    assert [each for each in expected if each not in words] == []


def test_dates_come_with_their_reasons():
    words = text(REVIEW)
    assert "The due date is 6 December 2026: 48 months after the last completion of" in words
    assert "Source: decision of 6 December 2022" in words
    assert "moved from Sunday, 21 June 2026: not a working day" in words
    assert "internal practice, not required by WGR-4" in words


def test_breaches_of_earlier_cycles_stay_in_sight():
    assert re.findall(r'<bdi class="alert">(M[^<]+)<', page(REVIEW)) == ["Missed", "Met late: 11 days late"]
    words = text(REVIEW)
    assert "0 of 3 earlier cycles were met in time" in words
    assert "2 of 3 did not meet their due date" in words
    assert "2018, due on 3 December 2018: no reason on record" in words


def test_those_who_have_not_answered_come_first():
    iom, chairs, ilo = position(REVIEW, "IOM focal point", "رؤساء الأفرقة", "ILO focal point")
    assert iom < chairs < ilo
    assert "1 of 2 inputs that were asked for have come" in text(REVIEW)


def test_what_the_text_demands_comes_first_among_what_is_missing():
    views, assessments, declaration = position(
        REVIEW, "Views of the members", "Self-assessment of each working group", "Progress Declaration"
    )
    assert views < assessments < declaration
    assert "1 missing, although required by the text" in text(REVIEW)


def test_unknown_anchors_are_said_and_never_guessed():
    words = text(REVIEW)
    assert "the dates of “International Migration Review Forum 2030”" in words
    assert "when “Review of the working groups” was last completed" in words


def test_a_cycle_about_which_little_is_known_says_so():
    words = text(BARE)
    expected = [
        "not yet known",
        "no fact is recorded yet",
        "No earlier cycle is on record.",
        "No input is requested in this cycle.",
        "All expected items have been received.",
    ]
    assert [each for each in expected if each not in words] == []


@pytest.mark.parametrize("language", REVIEW.languages)
def test_hostile_words_stay_words(language):
    words = dict.fromkeys(REVIEW.languages, HOSTILE)
    hostile = replace(
        REVIEW,
        title=words,
        holder=words,
        evidence=words,
        cycle=HOSTILE,
        asked=(Asked(person="x", name=HOSTILE, actor=MEMBERS, asked_on=None, answered_on=None),),
        items=(Item(id="x", title=words, from_=words, basis="mandate", present=False),),
        unknown=(HOSTILE,),
        names={"working-group-review": words},
    )
    kinds = {tag for tag, _ in Outline(page(hostile, language)).elements}
    assert kinds.isdisjoint({"script", "img"})
    assert "{{ 7*7 }}" in page(hostile, language)


@pytest.mark.parametrize("language", ["ar", "ru", "zh"])
def test_a_page_in_another_script_has_no_english_left_but_names_and_sources(language):
    body = page(REVIEW, language).partition("<body>")[2]
    own = re.sub(rf'<(bdi|code|p lang="(?!{language})\w+")[^>]*>.*?</', "<", body)
    own = re.sub(r"Mandate Keeper|SHA-256", "", re.sub(r"<[^>]*>", " ", own))
    assert re.findall(r"[A-Za-z]{4,}", own) == []


def test_a_message_that_was_not_decided_upon_is_no_answer_and_no_silence_beside_one():
    since = day("Mon 2026-08-10")
    asked = [replace(each, message="unverified-message", message_since=since) for each in REVIEW.asked[:2]]
    said = text(replace(REVIEW, asked=tuple(asked)))
    checked = "a message in their name that is being checked"
    assert f"3 August 2026 {checked}" in said.replace("\xa0", " ")
    assert f"message received on 10 August 2026 {checked}" in said.replace("\xa0", " ")
    assert "no answer recorded" not in said
    assert "1 of 2 inputs that were asked for have come" in said
