"""What the milestones of a cycle are called: in a list, and within a sentence."""

from typing import NamedTuple

from language.catalogues import english, translations
from policies.plans.milestones import MilestoneId


class MilestoneName(NamedTuple):
    """A milestone as the label of a date, and as a clause."""

    label: str
    clause: str


_NAMES = {
    MilestoneId.CALL_FOR_INPUTS: MilestoneName(
        english("Call for inputs"), english("the call for inputs goes out")
    ),
    MilestoneId.INPUTS_DUE: MilestoneName(english("Deadline for inputs"), english("the inputs are due")),
    MilestoneId.CONSULTATION_CLOSES: MilestoneName(
        english("End of the consultation"), english("the consultation closes")
    ),
    MilestoneId.PACKAGE_ASSEMBLED: MilestoneName(
        english("Assembly of the input package"), english("the input package is assembled")
    ),
    MilestoneId.PACKAGE_RELEASED: MilestoneName(
        english("Release of the input package to the reviewers"),
        english("the input package is released to the reviewers"),
    ),
    MilestoneId.REVIEW_HELD: MilestoneName(english("Review"), english("the review is held")),
    MilestoneId.DRAFT_MINUTES: MilestoneName(
        english("Draft minutes"), english("the draft minutes are prepared")
    ),
    MilestoneId.DECISIONS_PUBLISHED: MilestoneName(
        english("Publication of the decisions"), english("the decisions are published")
    ),
    MilestoneId.MINUTES_CLEARED: MilestoneName(
        english("Clearance of the minutes"), english("the minutes are cleared")
    ),
    MilestoneId.OUTCOME_PUBLISHED: MilestoneName(
        english("Publication of the outcome"), english("the outcome is published")
    ),
}


def milestone_label(milestone: str, language: str) -> str:
    """Return the milestone as a label: `Inputs due`."""
    return translations(language).gettext(_NAMES[MilestoneId(milestone)].label)


def milestone_clause(milestone: str, language: str) -> str:
    """Return the milestone as a clause: `the inputs are due`."""
    return translations(language).gettext(_NAMES[MilestoneId(milestone)].clause)
