"""How far a decision has been carried out, in words."""

from language.catalogues import english, translations
from policies.facts.decisions import Status

_STATUSES = {
    Status.UNDER_WAY: english("under way"),
    Status.DELAYED: english("delayed"),
    Status.CARRIED_OUT: english("implemented"),
    Status.LAPSED: english("no longer to be implemented"),
}


def status_name(status: str, language: str) -> str:
    """Return how far a decision has been carried out: `under way`."""
    return translations(language).gettext(_STATUSES[Status(status)])
