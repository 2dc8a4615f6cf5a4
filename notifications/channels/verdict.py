"""What became of one attempt to send one message."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How an attempt ended.

    `UNKNOWN` may have arrived: only a person can tell, so it is never tried again by itself. A server that
    answered said of this message or its recipient that it is refused, for now or for good. Nobody said so
    where the connection was lost before the message was handed over, or the server took nothing (`LATER`),
    and where there was no connection at all, which concerns every message (`UNREACHED`).
    """

    SENT = "sent"
    REFUSED_NOW = "refused-now"
    REFUSED_FOR_GOOD = "refused-for-good"
    LATER = "later"
    UNREACHED = "unreached"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a message for one of its recipients."""

    address: str
    outcome: Outcome
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome, and what the channel answered, fit to be shown to people.

    It is the outcome for the recipient the message is meant for; `recipients` has an answer for each, the
    copies after that one, where the channel gives one.
    """

    outcome: Outcome
    text: str
    recipients: tuple[Answer, ...] = ()


def verdict_of(answers: Sequence[Answer]) -> Verdict:
    """Return the verdict of a message from the answers for its recipients, the one it is meant for first.

    The text names every copy that fared otherwise.
    """
    to, *copies = answers
    otherwise = [
        f"the copy to {copy.address}: {copy.outcome}: {copy.text}"
        for copy in copies
        if copy.outcome is not to.outcome
    ]
    return Verdict(to.outcome, "; ".join([to.text, *otherwise]), tuple(answers))
