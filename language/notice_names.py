"""What the kinds and the states of notices are called."""

from language.catalogues import english, translations
from policies.plans.notices import DeliveryState, NoticeKind, NoticeState

_KINDS = {
    NoticeKind.OPENING: english("opening"),
    NoticeKind.CALL_FOR_INPUTS: english("call for inputs"),
    NoticeKind.REMINDER: english("reminder"),
    NoticeKind.LAST_REMINDER: english("final reminder"),
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
_STATES: dict[str, str] = {
    NoticeState.AWAITING_RELEASE: english("Awaiting release"),
    NoticeState.RELEASED: english("Released"),
    NoticeState.WITHHELD: english("Withheld"),
    NoticeState.ENTERED: english("Waiting to be sent"),
    NoticeState.CLAIMED: english("Being sent"),
    NoticeState.DRAFTED: english("Drafted for signature"),
    NoticeState.SENT: english("Sent"),
    NoticeState.REFUSED: english("Refused"),
    NoticeState.UNKNOWN: english("Outcome unknown"),
    NoticeState.SETTLED: english("Settled"),
    NoticeState.SKIPPED: english("Skipped"),
    NoticeState.SUPERSEDED: english("No longer required"),
    NoticeState.SET_ASIDE: english("Set aside: run for a wrong day"),
    DeliveryState.RETURNED: english("Could not be reached"),
}


def kind_name(kind: str, language: str) -> str:
    """Return what a kind of notice is called: `last reminder`."""
    return translations(language).gettext(_KINDS[NoticeKind(kind)])


def notice_state_name(state: str, language: str) -> str:
    """Return what the state of a notice is called: `Waits to leave`."""
    return translations(language).gettext(_STATES[state])
