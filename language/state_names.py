"""What the states of a cycle are called."""

from language.catalogues import english, translations
from policies.status.states import State

_NAMES = {
    State.UNKNOWN: english("Not known"),
    State.UNRECORDED: english("Not recorded"),
    State.SCHEDULED: english("Upcoming"),
    State.OPEN: english("Open"),
    State.OVERDUE: english("Overdue"),
    State.MET: english("Met"),
    State.MET_LATE: english("Met late"),
    State.MISSED: english("Missed"),
    State.STANDING: english("Standing"),
}


def state_name(state: str, language: str) -> str:
    """Return what the state of a cycle is called: `Met late`."""
    return translations(language).gettext(_NAMES[State(state)])
