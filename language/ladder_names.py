"""What positions on a proposal, and the steps where there is no consensus, are called."""

from language.catalogues import english, translations
from policies.facts.proposals import Stance, StepKind

_STANCES = {
    Stance.AGREES: english("agrees"),
    Stance.DOES_NOT_OBJECT: english("does not object"),
    Stance.ABSTAINS: english("abstains"),
    Stance.HAS_RESERVATIONS: english("has reservations"),
    Stance.OBJECTS: english("objects"),
    Stance.SILENT: english("stated no position"),
}
_STEPS = {
    StepKind.NO_CONSENSUS: english("no consensus was reached"),
    StepKind.PRINCIPALS: english("the Coordinator took the matter up with the Principals"),
    StepKind.AGREED: english("a way forward was agreed"),
    StepKind.FAILED: english("no way forward could be agreed"),
    StepKind.REFERRED: english("the matter was referred to the Secretary-General"),
    StepKind.RETURNED: english("the Secretary-General answered"),
    StepKind.WITHDRAWN: english("the proposal was withdrawn"),
}


def stance_name(stance: str, language: str) -> str:
    """Return where somebody stands: `has reservations`."""
    return translations(language).gettext(_STANCES[Stance(stance)])


def ladder_name(kind: str, language: str) -> str:
    """Return what happened in a step: `no way forward could be agreed`."""
    return translations(language).gettext(_STEPS[StepKind(kind)])
