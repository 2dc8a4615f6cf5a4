"""What the milestones are called in messages."""

from language.catalogues import english, translations
from policies.plans.milestones import MilestoneId

_NAMES = {
    MilestoneId.CALL_FOR_INPUTS: english("the call for inputs goes out"),
    MilestoneId.INPUTS_DUE: english("the inputs are due"),
    MilestoneId.CONSULTATION_CLOSES: english("the consultation closes"),
    MilestoneId.PACKAGE_ASSEMBLED: english("the input package is assembled"),
    MilestoneId.PACKAGE_RELEASED: english("the input package is released to the reviewers"),
    MilestoneId.REVIEW_HELD: english("the review is held"),
    MilestoneId.DRAFT_MINUTES: english("the draft minutes are there"),
    MilestoneId.DECISIONS_PUBLISHED: english("the decisions are published"),
    MilestoneId.MINUTES_CLEARED: english("the minutes are cleared"),
    MilestoneId.OUTCOME_PUBLISHED: english("the outcome is published"),
}


def step_name(milestone: str, language: str) -> str:
    """Return the milestone as a clause: `the inputs are due`."""
    return translations(language).gettext(_NAMES[MilestoneId(milestone)])
