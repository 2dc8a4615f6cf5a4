import pytest

from language.cldr_names import languages_named, listed, zone_name

SIX = ("en", "ar", "fr", "es", "ru", "zh")


@pytest.mark.parametrize(
    ("language", "zone", "named"),
    [
        ("en", "Central European Time", "English, Arabic, French, Spanish, Russian or Chinese"),
        ("ar", "توقيت وسط أوروبا", "الإنجليزية أو العربية أو الفرنسية أو الإسبانية أو الروسية أو الصينية"),
        ("fr", "heure d’Europe centrale", "anglais, arabe, français, espagnol, russe ou chinois"),
        ("es", "hora de Europa central", "inglés, árabe, francés, español, ruso o chino"),
        ("ru", "Центральная Европа", "английский, арабский, французский, испанский, русский или китайский"),
        ("zh", "中欧时间", "英语、阿拉伯语、法语、西班牙语、俄语或中文"),
    ],
)
def test_zones_and_languages_have_their_names(language, zone, named):
    assert zone_name("Europe/Zurich", language) == zone
    assert languages_named(SIX, language) == named


@pytest.mark.parametrize(
    ("language", "one", "two", "three"),
    [
        ("en", "A", "A and B", "A, B and C"),
        ("ar", "A", "A وB", "A وB وC"),
        ("fr", "A", "A et B", "A, B et C"),
        ("es", "A", "A y B", "A, B y C"),
        ("ru", "A", "A и B", "A, B и C"),
        ("zh", "A", "A和B", "A、B和C"),
    ],
)
def test_each_language_lists_in_its_own_way(language, one, two, three):
    assert [listed("ABC"[:count], language) for count in (1, 2, 3)] == [one, two, three]
