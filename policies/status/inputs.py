"""What somebody who was asked for an input still owes, and whose turn it is."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
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
BEING_READ = frozenset({AnswerKind.MESSAGE, AnswerKind.UNVERIFIED})
"""What has come and nobody has decided upon yet."""
FOR_A_PERSON = frozenset(
    {AnswerKind.MESSAGE, *(kind for kind, turned in _AFTER.items() if turned is Turned.NEEDS_OUR_REPLY)}
)


@dataclass(frozen=True, slots=True)
class Input:
    """Where one person's input to a cycle stands.

    While the turn is ours, nobody chases: `for_us` is what we have to reply to or to decide upon.
    `granted_on` is the day more time was given, until `until`. `message` is the last one of which nobody has
    decided yet what it answers, and `read_since` the day the first of them came. A message is no answer.
    """

    person: str
    turned: Turned
    answer: Answer | None = None
    until: date | None = None
    granted_on: date | None = None
    for_us: Answer | None = None
    message: Answer | None = None
    read_since: date | None = None


def input_of(
    facts: Facts, cycle: str, person: str, line: Collection[str] = (), held_from: date = date.min
) -> Input:
    """Return where a person's input to a cycle stands, by the last answer and what was replied to it.

    An answer of anybody in `line`, who have or had the same place, is theirs. A message holds the chasing if
    it came on `held_from` or later; one that nothing shows to be from them holds nothing.
    """
    answers = facts.answers_from(cycle, (person, *line))
    read = [
        each
        for at, each in enumerate(answers)
        if each.kind in BEING_READ and not _decided(each, answers[at:])
    ]
    holding = [each for each in read if each.kind is AnswerKind.MESSAGE and each.received_on >= held_from]
    found = _after(person, [each for each in answers if each.kind in _AFTER], facts)
    if not read:
        return found
    if holding:
        found = replace(found, turned=Turned.NEEDS_OUR_REPLY, for_us=holding[-1])
    return replace(found, message=read[-1], read_since=read[0].received_on)


def _after(person: str, said: Sequence[Answer], facts: Facts) -> Input:
    if not said:
        return Input(person, Turned.OWED)
    last = said[-1]
    if _AFTER[last.kind] is not Turned.NEEDS_OUR_REPLY:
        return Input(person, _AFTER[last.kind], last)
    if reply := _reply_to(last, facts):
        granted_on = reply.replied_on if reply.until else None
        return Input(person, Turned.OWED, last, reply.until, granted_on)
    return Input(person, Turned.NEEDS_OUR_REPLY, last, for_us=last)


def _decided(message: Answer, since: Sequence[Answer]) -> bool:
    """Return whether it is known by now what a message answers, or that it answers nothing."""
    nothing = (each for each in since if each.kind is AnswerKind.NO_ANSWER and each.source == message.source)
    return any(each.kind in _AFTER for each in since) or any(nothing)


def asked_instead(facts: Facts, cycle: str, place: Callable[[str], str] = str) -> dict[str, str]:
    """Return who is asked instead of whom, for those who said it is not for them.

    `place` says under whose id somebody was asked who answered: mostly their own.
    """
    answers = facts.answers_to(cycle)
    if not any(answer.instead for answer in answers):
        return {}
    last = {place(answer.person): answer for answer in answers if answer.kind in _AFTER}
    return {person: each.instead for person, each in last.items() if each.instead}


def _reply_to(answer: Answer, facts: Facts) -> Reply | None:
    after = (
        reply
        for reply in facts.replies_about(answer.cycle)
        if reply.person == answer.person and reply.replied_on >= answer.received_on
    )
    return max(after, key=lambda reply: reply.replied_on, default=None)
