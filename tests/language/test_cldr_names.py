import pytest

from language.cldr_names import languages_named, listed, zone_name

SIX = ("en", "ar", "fr", "es", "ru", "zh")


@pytest.mark.parametrize(
    ("language", "zone", "named"),
    [
        ("en", "Central European Time", "Arabic, Chinese, English, French, Russian or Spanish"),
        ("ar", "توقيت وسط أوروبا", "الإسبانية أو الإنجليزية أو الروسية أو الصينية أو العربية أو الفرنسية"),
        ("fr", "heure d’Europe centrale", "anglais, arabe, chinois, espagnol, français ou russe"),
        ("es", "hora de Europa central", "chino, español, francés, inglés, ruso o árabe"),
        ("ru", "Центральная Европа", "английский, арабский, испанский, китайский, русский или французский"),
        ("zh", "中欧时间", "中文、俄语、法语、英语、西班牙语或阿拉伯语"),
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
