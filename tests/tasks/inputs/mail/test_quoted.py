"""What is shown of a reply: all words of its sender, and nothing of what is surely quoted."""

import pytest

from tasks.inputs.mail.quoted import split_reply
from tests.tasks.inputs.replies import cut, whole

PLAIN = (
    "Dear colleague,\n\nPlease send the inputs of your organisation by 1 November 2027.\n\n"
    "If there is nothing to add, say so in a line.\n\nThe secretariat"
)
PAGE = (
    "Dear colleague,\n\nPlease send the inputs of\nyour organisation by 1 November 2027. "
    "Open <https://example.org/a>\n\nIf there is nothing to add, say so in a line.\nThe secretariat"
)
LETTERS = (PLAIN, PAGE)
"""A letter as plain text, and as Outlook writes the text of its page: wrapped otherwise, with addresses."""


@pytest.mark.parametrize(("text", "shown"), [pytest.param(t, s, id=n) for n, t, s in cut(PLAIN, PAGE)])
def test_what_a_program_quotes_below_a_reply_is_cut_and_nothing_else(text: str, shown: str):
    own, rest = split_reply(text, LETTERS)
    assert own == shown
    assert f"{own}{rest}".replace("\n", "") == text.strip().replace("\n", "")


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in whole(PLAIN, PAGE)])
def test_the_whole_is_shown_where_words_of_the_sender_may_be_in_what_is_quoted(text: str):
    assert split_reply(text, LETTERS) == (text.strip(), "")


def test_no_word_is_cut_of_a_letter_that_is_not_ours():
    name, text, _ = next(each for each in cut(PLAIN, PAGE) if each[0] == "Outlook en")
    assert split_reply(text, ("Another letter of ours altogether.",)) == (text.strip(), ""), name
