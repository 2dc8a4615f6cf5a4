"""Entries of a facts file about those who were asked: their answers, our replies, pauses of chasing."""

from datetime import date
from typing import Annotated

from pydantic import StringConstraints, ValidationInfo, field_validator, model_validator

from policies.entries.checks import Past, Text, known_of, one_of
from policies.facts.answers import AnswerKind
from policies.obligations.instrument import Identifier
from policies.recurrence.question import Strict

CycleKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")]
# What each kind of answer says besides; every other answer leaves it out.
_SAYS = {
    "reason": frozenset({AnswerKind.REFUSAL, AnswerKind.DISPUTE, AnswerKind.MORE_TIME}),
    "until": frozenset({AnswerKind.MORE_TIME}),
    "instead": frozenset({AnswerKind.NOT_ME}),
}
_MAY_SAY = frozenset({"reason"})


class _AboutCycle(Strict):
    """A fact about an open cycle and somebody in the directory."""

    cycle: CycleKey
    person: Identifier

    @field_validator("cycle")
    @classmethod
    def _exists(cls, cycle: str, info: ValidationInfo) -> str:
        return a_cycle(cycle, info)

    @field_validator("person")
    @classmethod
    def _known(cls, person: str, info: ValidationInfo) -> str:
        return one_of(person, known_of(info).people)


class AnswerEntry(_AboutCycle):
    """What came from somebody who was asked for an input.

    `until` goes with a request for more time, `instead` with a "not me"; a refusal, a dispute and a request
    for more time give a reason.
    """

    kind: AnswerKind
    received_on: Past
    source: Text
    reason: Text | None = None
    until: date | None = None
    instead: Identifier | None = None

    @field_validator("instead")
    @classmethod
    def _known_too(cls, instead: str | None, info: ValidationInfo) -> str | None:
        return one_of(instead, known_of(info).people) if instead else None

    @model_validator(mode="after")
    def _says_what_its_kind_says(self) -> "AnswerEntry":
        for key, kinds in _SAYS.items():
            said = getattr(self, key) is not None
            if self.kind in kinds and not said:
                raise ValueError(f"{key}: a {self.kind} needs it")
            if said and self.kind not in kinds and key not in _MAY_SAY:
                raise ValueError(f"no {key}: it goes with {', '.join(sorted(kinds))} alone")
        if self.instead == self.person:
            raise ValueError("instead: somebody else")
        return self


class ReplyEntry(_AboutCycle):
    """What the secretariat replied to somebody's answer; `until` where it gives more time."""

    replied_on: Past
    reason: Text
    until: date | None = None

    @model_validator(mode="after")
    def _replies_to_something(self, info: ValidationInfo) -> "ReplyEntry":
        known = known_of(info)
        asked = {(answer.cycle, answer.person) for answer in known.facts.answers}
        in_this_file = {(each.get("cycle"), each.get("person")) for each in known.entries("answers")}
        if (self.cycle, self.person) not in asked | in_this_file:
            raise ValueError(f"an answer of {self.person} about {self.cycle} to reply to; none is on record")
        if self.until and self.until < self.replied_on:
            raise ValueError(f"until: a day not before replied_on, {self.replied_on}")
        return self


class PauseEntry(Strict):
    """That nobody, or one person, is chased about a cycle from `first` to `last`."""

    cycle: CycleKey
    first: date
    last: date
    reason: Text
    person: Identifier | None = None

    @field_validator("cycle")
    @classmethod
    def _exists(cls, cycle: str, info: ValidationInfo) -> str:
        return a_cycle(cycle, info)

    @field_validator("person")
    @classmethod
    def _known(cls, person: str | None, info: ValidationInfo) -> str | None:
        return one_of(person, known_of(info).people) if person else None

    @field_validator("last")
    @classmethod
    def _after_the_first(cls, last: date, info: ValidationInfo) -> date:
        first = info.data.get("first")
        if first and last < first:
            raise ValueError(f"a day not before first, {first}")
        return last


def a_cycle(cycle: str, info: ValidationInfo) -> str:
    """Return `cycle`.

    Raises:
        ValueError: it is no cycle of an obligation in the pack.
    """
    known = known_of(info)
    obligation = cycle.partition("/")[0]
    if obligation not in known.pack.obligations:
        raise ValueError("OBLIGATION/CYCLE, as in: mandates status --json")
    return one_of(cycle, known.cycles(obligation))
