import pytest

from portal.board.refusals import refusal, spoken_by


@pytest.mark.parametrize(
    ("path", "accepted", "language"),
    [
        ("/ar/nothing", "en", "ar"),
        ("/xx/", "ar;q=0.5, tlh", "ar"),
        ("/", "ar;q=0.1, en;q=0.9", "en"),
        ("/", "", "en"),
        ("", "ar;q=nonsense", "ar"),
        ("/", "*" * 10_000, "en"),
    ],
)
def test_a_refusal_speaks_the_language_of_the_address_or_the_browser(path, accepted, language):
    assert spoken_by(path, accepted) == language


def test_a_status_without_words_of_its_own_is_told_as_its_kind():
    assert refusal(422, "en") == refusal(400, "en")
    assert refusal(502, "en") == refusal(500, "en")
