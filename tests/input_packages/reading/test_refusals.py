import pytest

from input_packages.reading.limits import LIMITS, MEGABYTE
from input_packages.reading.refusals import Refusal, sentence_for


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_refusal_has_a_sentence_of_its_own(language):
    assert len({sentence_for(refusal, language) for refusal in Refusal}) == len(Refusal)


def test_a_refusal_says_what_to_send_instead():
    assert sentence_for(Refusal.MACROS, "en").endswith("without macros and send it again.")


def test_the_size_that_is_said_is_the_size_that_is_kept():
    assert f"{LIMITS.size // MEGABYTE} megabytes" in sentence_for(Refusal.TOO_LARGE, "en")
