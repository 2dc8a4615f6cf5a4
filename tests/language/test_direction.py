import pytest

from language.direction import direction, inside, isolate, said_in, way_of


@pytest.mark.parametrize(
    ("language", "way"), [("en", "ltr"), ("ar", "rtl"), ("ru", "ltr"), ("zh", "ltr"), ("tlh", "ltr")]
)
def test_each_language_runs_its_own_way(language, way):
    assert direction(language) == way


@pytest.mark.parametrize(
    ("text", "way"),
    [("REV-2", "ltr"), ("2026-11-10", "ltr"), ("2026 رؤساء", "rtl"), ("2 REV رؤساء", "ltr"), ("", "ltr")],
)
def test_text_runs_the_way_of_its_first_letter(text, way):
    assert way_of(text) == way


def test_an_isolate_keeps_its_text_whole():
    assert isolate("REV-2") == "\u2068REV-2\u2069"


def test_stray_direction_marks_cannot_break_out_of_an_isolate():
    assert isolate("a\u2069\u202eb") == "\u2068ab\u2069"
    assert inside("a\u202eb", "en") == "ab"


def test_ids_are_isolated_only_where_the_sentence_runs_the_other_way():
    assert (inside("REV-2", "en"), inside("REV-2", "ar")) == ("REV-2", "\u2068REV-2\u2069")


@pytest.mark.parametrize(
    ("language", "said"), [("ar", "مراجعة"), ("en", "Review"), ("tlh", "Review"), ("fr", "Review")]
)
def test_words_are_said_in_the_language_asked_for_else_in_english(language, said):
    assert said_in(language, {"en": "Review", "ar": "مراجعة"}) == said


def test_english_words_in_an_arabic_sentence_are_isolated():
    assert said_in("ar", {"en": "Review"}) == "\u2068Review\u2069"
