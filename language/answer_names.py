"""What an answer to a call for inputs is called."""

from language.catalogues import english, translations
from policies.facts.answers import AnswerKind

_NAMES = {
    AnswerKind.DOCUMENT: english("a document"),
    AnswerKind.NIL_RETURN: english("nothing to report"),
    AnswerKind.REFUSAL: english("declined"),
    AnswerKind.DISPUTE: english("disputed"),
    AnswerKind.MORE_TIME: english("asks for more time"),
    AnswerKind.NOT_ME: english("names somebody else"),
    AnswerKind.MESSAGE: english("a message that is being read"),
    AnswerKind.UNVERIFIED: english("a message in their name that is being checked"),
    AnswerKind.NO_ANSWER: english("a message that was no answer"),
}


def answer_name(kind: str, language: str) -> str:
    """Return what kind of answer somebody gave: `declined`."""
    return translations(language).gettext(_NAMES[AnswerKind(kind)])
