"""What an answer to a call for inputs makes owed: a receipt, reminders of a new day, a question to decide."""

import re
from collections.abc import Iterator

from policies.enforcement.owed import rungs_after
from policies.plans.notices import DUTY_OFFICER, NoticeKind, Rung
from policies.status.inputs import FOR_A_PERSON, Input, Turned
from tasks.status.open_cycles import Addressed, Docket

# A rung about an answer is named after its number, and after who gave it where somebody else is told.
ANSWER_TOLD = re.compile(r"answer-(?P<number>[0-9]+)(-of-(?P<person>[^!]+))?(![0-9]+)?")


def owed_for(docket: Docket, given: Input) -> Iterator[Addressed]:
    """Yield what a person's answers to one call make owed, whether or not it was sent before."""
    for rung in (*_receipts(docket, given.person), *_chasers(docket, given)):
        yield from to_the_giver(docket, rung, given.person)
    if given.turned is Turned.FOR_US and given.answer and given.answer.kind in FOR_A_PERSON:
        number = len(docket.answers_of(given.person))
        name = f"answer-{number}-of-{given.person}"
        received_on = given.answer.received_on
        yield from docket.addressed(
            Rung(NoticeKind.FOR_DECISION, name, "inputs-due", received_on, (DUTY_OFFICER,))
        )


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
            yield Rung(NoticeKind.RECEIPT, f"answer-{number}", "inputs-due", answer.received_on, ())


def _chasers(docket: Docket, given: Input) -> tuple[Rung, ...]:
    return rungs_after(docket.pack, docket.obligation, given, docket.turn.as_of)
