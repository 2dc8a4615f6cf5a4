"""That something is forgotten is said in the reader's language, wherever it stands."""

import pytest

from language.forgotten import forgotten_in

SAID = {
    "en": "from forgotten on 1 March 2027.",
    "fr": "from données effacées le 1er mars 2027.",
    "es": "from datos eliminados el 1 de marzo de 2027.",
    "ru": "from данные удалены 1 марта 2027 года.",
    "zh": "from 资料已于2027年3月1日删除.",
    "ar": "from مُحيت البيانات في 1 آذار/مارس 2027.",
}


@pytest.mark.parametrize("language", SAID)
def test_it_is_said_in_the_language(language: str):
    assert forgotten_in("from forgotten on 2027-03-01.", language) == SAID[language]


@pytest.mark.parametrize("text", ["", "the umbrella forgotten on a bench", "forgotten on 2027-13-41"])
def test_other_words_stay_as_they_are(text: str):
    assert forgotten_in(text, "en") == text
