"""What an answer to a call for inputs makes owed: a receipt, reminders of a new day, a question to decide."""

from collections.abc import Iterator
from datetime import date

from policies.enforcement.owed import rungs_after
from policies.plans.notices import DUTY_OFFICER, GivenAnswer, NoticeKind, Rung
from policies.status.inputs import FOR_A_PERSON, Input, Turned
from tasks.status.open_cycles import Addressed, Docket


def owed_for(docket: Docket, given: Input) -> Iterator[Addressed]:
    """Yield what a person's answers to one call make owed, whether or not it was sent before."""
    for rung in (*_receipts(docket, given.person), *_chasers(docket, given)):
        yield from to_the_giver(docket, rung, given.person)
    if given.turned is Turned.FOR_US and given.answer and given.answer.kind in FOR_A_PERSON:
        told = GivenAnswer(given.person, len(docket.answers_of(given.person)))
        yield from docket.addressed(_to_decide(told, given.answer.received_on))


def receipt(told: GivenAnswer, on: date) -> Rung:
    """Return the receipt of an answer, which goes to whoever gave it."""
    return Rung(NoticeKind.RECEIPT, f"answer-{told.number}", "inputs-due", on, (), answer=told)


def to_the_giver(docket: Docket, rung: Rung, person: str) -> Iterator[Addressed]:
    """Yield a rung to a person who was asked for an input, on each of their channels."""
    contributors = docket.obligation.contributors
    actor = next((actor for actor in contributors if person in docket.people(actor)), contributors[0])
    for channel in docket.directory.channels_of(person):
        yield Addressed(rung, person, channel, actor)


def _receipts(docket: Docket, person: str) -> Iterator[Rung]:
    """Yield the receipt of each answer that came since the system keeps watch."""
    live_on = docket.facts.went_live_on or docket.turn.as_of
    for number, answer in enumerate(docket.answers_of(person), 1):
        if answer.received_on >= live_on:
            yield receipt(GivenAnswer(person, number), answer.received_on)


def _chasers(docket: Docket, given: Input) -> tuple[Rung, ...]:
    return rungs_after(docket.pack, docket.obligation, given, docket.turn.as_of)


def _to_decide(told: GivenAnswer, on: date) -> Rung:
    """Return the question for the duty officer what to do about an answer."""
    name = f"answer-{told.number}-of-{told.person}"
    return Rung(NoticeKind.FOR_DECISION, name, "inputs-due", on, (DUTY_OFFICER,), answer=told)
