"""What the states of cycles and of notices are called in each language."""

from language.catalogues import english, translations
from language.direction import inside
from policies.status.states import State

_CYCLES = {
    State.UNKNOWN: english("Not known"),
    State.UNRECORDED: english("Not recorded"),
    State.SCHEDULED: english("Ahead"),
    State.OPEN: english("Open"),
    State.OVERDUE: english("Overdue"),
    State.MET: english("Met"),
    State.MET_LATE: english("Met late"),
    State.MISSED: english("Missed"),
    State.STANDING: english("Standing"),
}
_NOTICES = {
    "awaiting-release": english("Awaits release"),
    "released": english("Released"),
    "withheld": english("Withheld"),
    "entered": english("Waits to leave"),
    "claimed": english("On its way"),
    "sent": english("Sent"),
    "refused": english("Refused"),
    "unknown": english("Outcome not known"),
    "settled": english("Settled"),
    "skipped": english("Skipped"),
    "superseded": english("No longer owed"),
    "returned": english("Could not be reached"),
}
_ANSWERS = {
    "document": english("Document"),
    "nil-return": english("Nothing to contribute"),
    "refusal": english("No"),
    "dispute": english("Disputed"),
    "more-time": english("Asks for more time"),
    "not-me": english("Names somebody else"),
}


def state_word(state: str, language: str) -> str:
    """Return what the state of a cycle is called."""
    return translations(language).gettext(_CYCLES[State(state)])


def notice_state_word(state: str, language: str) -> str:
    """Return what the state of a notice is called; the id itself where nobody has a word for it."""
    return _word(_NOTICES, state, language)


def answer_kind_word(kind: str, language: str) -> str:
    """Return what a kind of answer is called; the id itself where nobody has a word for it."""
    return _word(_ANSWERS, kind, language)


def _word(words: dict[str, str], name: str, language: str) -> str:
    return translations(language).gettext(words[name]) if name in words else inside(name, language)
