"""What became of one attempt to send one message to one recipient."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How an attempt ended.

    `UNKNOWN` may have arrived: only a person can tell, so it is never tried again by itself.
    """

    SENT = "sent"
    REFUSED_NOW = "refused-now"
    REFUSED_FOR_GOOD = "refused-for-good"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome, and what the channel answered, fit to be shown to people."""

    outcome: Outcome
    text: str
