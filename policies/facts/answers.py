"""What those who were asked for an input answered, what they were replied, and pauses of chasing."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class AnswerKind(StrEnum):
    """What somebody who was asked for an input answered.

    A `message` has come that a person has to read before it is known what it answers; an `unverified-message`
    is in somebody's name, and nothing shows that it is from them. `no-answer` is what a person found, who
    read the one of the same `source`.
    """

    DOCUMENT = "document"
    NIL_RETURN = "nil-return"
    REFUSAL = "refusal"
    DISPUTE = "dispute"
    MORE_TIME = "more-time"
    NOT_ME = "not-me"
    MESSAGE = "message"
    UNVERIFIED = "unverified-message"
    NO_ANSWER = "no-answer"


OF_PEOPLE = (
    AnswerKind.NIL_RETURN,
    AnswerKind.REFUSAL,
    AnswerKind.DISPUTE,
    AnswerKind.MORE_TIME,
    AnswerKind.NOT_ME,
    AnswerKind.DOCUMENT,
)
"""What people answer; the other kinds say where the reading of a message stands."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came from somebody who was asked for an input to a cycle. The last one to come counts.

    `until` is the day a request for more time asks for; `instead` is who should have been asked.
    """

    cycle: str
    person: str
    kind: AnswerKind
    received_on: date
    source: str
    reason: str | None = None
    until: date | None = None
    instead: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What the secretariat replied: the input is asked for all the same, by `until` if more time is given."""

    cycle: str
    person: str
    replied_on: date
    reason: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """Nobody is chased about a cycle from `first` to `last`; only `person` is not, where one is named."""

    cycle: str
    first: date
    last: date
    reason: str
    person: str | None = None
