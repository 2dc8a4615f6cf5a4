"""What the kinds of notice are called in lists."""

from language.catalogues import english, translations
from policies.plans.notices import NoticeKind

_NAMES = {
    NoticeKind.OPENING: english("opening"),
    NoticeKind.CALL_FOR_INPUTS: english("call for inputs"),
    NoticeKind.REMINDER: english("reminder"),
    NoticeKind.LAST_REMINDER: english("last reminder"),
    NoticeKind.OVERDUE: english("overdue notice"),
    NoticeKind.ESCALATION: english("escalation"),
    NoticeKind.HAND_OVER: english("hand-over"),
    NoticeKind.FOR_DECISION: english("question for decision"),
    NoticeKind.WAY_FORWARD: english("letter to the Principals"),
    NoticeKind.REFERRAL: english("referral"),
    NoticeKind.PACKAGE_READY: english("input package"),
    NoticeKind.CHANGE_OF_DATE: english("change of date"),
    NoticeKind.RECEIPT: english("receipt"),
    NoticeKind.CORRECTION: english("correction"),
}


def kind_name(kind: str, language: str) -> str:
    """Return what a kind of notice is called: `last reminder`."""
    return translations(language).gettext(_NAMES[NoticeKind(kind)])
