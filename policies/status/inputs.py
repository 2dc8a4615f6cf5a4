"""What somebody who was asked for an input still owes, and whose turn it is."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from policies.facts.answers import Answer, AnswerKind, Reply
from policies.facts.facts import Facts


class Turned(StrEnum):
    """Who has to act next about one input."""

    OWED = "owed"
    ARRIVED = "arrived"
    NEEDS_OUR_REPLY = "for-us"
    PASSED_ON = "passed-on"


_AFTER = {
    AnswerKind.DOCUMENT: Turned.ARRIVED,
    AnswerKind.NIL_RETURN: Turned.ARRIVED,
    AnswerKind.REFUSAL: Turned.NEEDS_OUR_REPLY,
    AnswerKind.DISPUTE: Turned.NEEDS_OUR_REPLY,
    AnswerKind.MORE_TIME: Turned.NEEDS_OUR_REPLY,
    AnswerKind.NOT_ME: Turned.PASSED_ON,
}
FOR_A_PERSON = frozenset(kind for kind, turned in _AFTER.items() if turned is Turned.NEEDS_OUR_REPLY)


@dataclass(frozen=True, slots=True)
class Input:
    """Where one person's input to a cycle stands.

    While the turn is ours, nobody chases. `granted_on` is the day more time was given, until `until`.
    """

    person: str
    turned: Turned
    answer: Answer | None = None
    until: date | None = None
    granted_on: date | None = None


def input_of(facts: Facts, cycle: str, person: str, line: Collection[str] = ()) -> Input:
    """Return where a person's input to a cycle stands, by the last answer and what was replied to it.

    An answer of anybody in `line`, who have or had the same place, is theirs.
    """
    answers = [answer for answer in facts.answers_to(cycle) if answer.person in (person, *line)]
    if not answers:
        return Input(person, Turned.OWED)
    last = answers[-1]
    reply = _reply_to(last, facts)
    if reply and _AFTER[last.kind] is Turned.NEEDS_OUR_REPLY:
        granted_on = reply.replied_on if reply.until else None
        return Input(person, Turned.OWED, last, reply.until, granted_on)
    return Input(person, _AFTER[last.kind], last)


def asked_instead(facts: Facts, cycle: str, place: Callable[[str], str] = str) -> dict[str, str]:
    """Return who is asked instead of whom, for those who said it is not for them.

    `place` says under whose id somebody was asked who answered: mostly their own.
    """
    last = {place(answer.person): answer for answer in facts.answers_to(cycle)}
    return {person: each.instead for person, each in last.items() if each.instead}


def _reply_to(answer: Answer, facts: Facts) -> Reply | None:
    after = (
        reply
        for reply in facts.replies_about(answer.cycle)
        if reply.person == answer.person and reply.replied_on >= answer.received_on
    )
    return max(after, key=lambda reply: reply.replied_on, default=None)
