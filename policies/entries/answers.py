"""Entries of a facts file about those who were asked: their answers, our replies, pauses of chasing."""

from datetime import date

from pydantic import ValidationInfo, field_validator, model_validator

from policies.entries.checks import OfCycle, Past, Person, Text, known_of
from policies.entries.entry import FactEntry
from policies.facts.answers import AnswerKind

# What each kind of answer says besides; every other answer leaves it out.
_SAYS = {
    "reason": frozenset({AnswerKind.REFUSAL, AnswerKind.DISPUTE, AnswerKind.MORE_TIME}),
    "until": frozenset({AnswerKind.MORE_TIME}),
    "instead": frozenset({AnswerKind.NOT_ME}),
}
_MAY_SAY = frozenset({"reason"})


class AnswerEntry(FactEntry):
    """What came from somebody who was asked for an input.

    `until` goes with a request for more time, `instead` with a "not me"; a refusal, a dispute and a request
    for more time give a reason.
    """

    fact_kind = "answer"
    cycle: OfCycle
    person: Person
    kind: AnswerKind
    received_on: Past
    source: Text
    reason: Text | None = None
    until: date | None = None
    instead: Person | None = None

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


class ReplyEntry(FactEntry):
    """What the secretariat replied to somebody's answer; `until` where it gives more time."""

    fact_kind = "reply"
    cycle: OfCycle
    person: Person
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


class PauseEntry(FactEntry):
    """That nobody, or one person, is reminded of a cycle from `first` to `last`."""

    fact_kind = "pause"
    cycle: OfCycle
    first: date
    last: date
    reason: Text
    person: Person | None = None

    @field_validator("last")
    @classmethod
    def _after_the_first(cls, last: date, info: ValidationInfo) -> date:
        first = info.data.get("first")
        if first and last < first:
            raise ValueError(f"a day not before first, {first}")
        return last
