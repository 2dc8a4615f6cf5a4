"""What an answer to a call for inputs makes owed: a receipt, reminders of a new day, a question to decide."""

from collections.abc import Iterator, Sequence
from datetime import date

from policies.enforcement.owed import reminders_after
from policies.facts.answers import Answer, AnswerKind
from policies.plans.notices import DUTY_OFFICER, GivenAnswer, NoticeKind, ScheduledNotice
from policies.status.inputs import Input
from tasks.status.open_cycles import Addressed, OpenCycle


def owed_for(open_cycle: OpenCycle, given: Input) -> Iterator[Addressed]:
    """Yield what a person's answers to one call make owed, whether or not it was sent before."""
    for scheduled in (*_receipts(open_cycle, given.person), *_chasers(open_cycle, given)):
        yield from to_the_giver(open_cycle, scheduled, given.person)
    if given.for_us:
        told = GivenAnswer(given.person, _number(open_cycle.answers_of(given.person), given.for_us))
        yield from open_cycle.addressed(_to_decide(told, given.for_us.received_on))


def _number(answers: Sequence[Answer], one: Answer) -> int:
    return max(number for number, answer in enumerate(answers, 1) if answer == one)


def receipt(told: GivenAnswer, on: date) -> ScheduledNotice:
    """Return the receipt of an answer, which goes to whoever gave it."""
    return ScheduledNotice(NoticeKind.RECEIPT, f"answer-{told.number}", "inputs-due", on, (), answer=told)


def to_the_giver(open_cycle: OpenCycle, scheduled: ScheduledNotice, person: str) -> Iterator[Addressed]:
    """Yield a scheduled notice to a person who was asked for an input, on each of their channels."""
    contributors = open_cycle.obligation.contributors
    actor = next((actor for actor in contributors if person in open_cycle.people(actor)), contributors[0])
    for channel in open_cycle.directory.channels_of(person):
        yield Addressed(scheduled, person, channel, actor)


def _receipts(open_cycle: OpenCycle, person: str) -> Iterator[ScheduledNotice]:
    """Yield the receipt of each answer that came since the system keeps watch."""
    live_on = open_cycle.facts.went_live_on or open_cycle.turn.as_of
    for number, answer in enumerate(open_cycle.answers_of(person), 1):
        if answer.received_on >= live_on and answer.kind not in _NOT_CONFIRMED:
            yield receipt(GivenAnswer(person, number), answer.received_on)


# Their sender is not known to be the person who would get the receipt; or nothing was answered.
_NOT_CONFIRMED = frozenset({AnswerKind.UNVERIFIED, AnswerKind.NO_ANSWER})


def _chasers(open_cycle: OpenCycle, given: Input) -> tuple[ScheduledNotice, ...]:
    return reminders_after(open_cycle.pack, open_cycle.obligation, given, open_cycle.turn.as_of)


def _to_decide(told: GivenAnswer, on: date) -> ScheduledNotice:
    """Return the question for the duty officer what to do about an answer."""
    name = f"answer-{told.number}-of-{told.person}"
    return ScheduledNotice(NoticeKind.FOR_DECISION, name, "inputs-due", on, (DUTY_OFFICER,), answer=told)
