"""What would change a date, in one sentence of any language; and how fresh its rule is."""

from datetime import date

from language.catalogues import english, translations
from language.dates import format_date
from policies.recurrence.cycles import AnchorKind
from policies.status.explanation import Step

_RECORDED = english("A correction of what is on record, or an amendment of the rule, would change it.")
_EVENT = english("Other dates of that event, or an amendment of the rule, would change it.")
_GRID = english("Only an amendment of the rule would change it: meeting a cycle late moves nothing.")
_CHANGES = {
    AnchorKind.COMPLETION: english(
        "A further completion, a correction of the last one or an amendment of the rule would change it."
    ),
    AnchorKind.EVENT_START: _EVENT,
    AnchorKind.EVENT_END: _EVENT,
    AnchorKind.SLOT: _GRID,
    AnchorKind.PERIOD: _GRID,
    AnchorKind.ASSUMED: english("The day on which the cycle before is really met will take its place."),
}
_CHECKED = english("The rule is in force from %(since)s and was last compared with the text on %(checked)s.")


def what_changes(step: Step, language: str) -> str:
    """Return what would change the step's date."""
    return translations(language).gettext(_CHANGES.get(step.anchor_kind, _RECORDED))


def rule_checked(since: date, checked: date, language: str) -> str:
    """Return since when a rule is in force, and when somebody last compared it with the text."""
    return translations(language).gettext(_CHECKED) % {
        "since": format_date(since, language),
        "checked": format_date(checked, language),
    }
