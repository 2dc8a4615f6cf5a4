"""Entries of a facts file that set duties off: meetings, decisions, terms of office.

Each has a name of its own. The same name with other words is refused: what is on record is corrected first,
so that nobody wonders which of two is meant.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import ValidationInfo, field_validator, model_validator

from policies.clocks.question import Strict
from policies.facts import Decision, Meeting, Term
from policies.instrument import Identifier
from policies.problems import mistake
from tasks.fact_checks import Text, known_of, not_after, one_of
from tasks.roll_checks import other_holders


class MeetingEntry(Strict):
    """A meeting that was held."""

    id: Identifier
    kind: Identifier
    held_on: date
    title: Text
    source: Text

    @field_validator("kind")
    @classmethod
    def _of_the_pack(cls, kind: str, info: ValidationInfo) -> str:
        return one_of(kind, known_of(info).pack.instrument.meetings)

    @field_validator("held_on")
    @classmethod
    def _not_to_come(cls, held_on: date, info: ValidationInfo) -> date:
        return not_after(held_on, known_of(info).today)

    @model_validator(mode="after")
    def _as_on_record(self, info: ValidationInfo) -> "MeetingEntry":
        recorded = (replace(each, partial=False) for each in known_of(info).facts.meetings)
        _once("meeting", self.id, Meeting(**self.model_dump()), (m for m in recorded if m.id == self.id))
        return self

    @property
    def name(self) -> str:
        """The name its cycles go by."""
        return self.id

    def columns(self) -> dict[str, Any]:
        """Return the entry as the record keeps it."""
        return {"meeting": self.id, **self.model_dump(exclude={"id"})}


class DecisionEntry(Strict):
    """A decision, who carries it out, and the day it names for that, if any."""

    id: Identifier
    decided_on: date
    owner: Identifier
    due_on: date | None = None
    text: Text
    source: Text

    @field_validator("decided_on")
    @classmethod
    def _not_to_come(cls, decided_on: date, info: ValidationInfo) -> date:
        return not_after(decided_on, known_of(info).today)

    @field_validator("due_on")
    @classmethod
    def _after_it_was_taken(cls, due_on: date | None, info: ValidationInfo) -> date | None:
        return _not_before(due_on, info, "decided_on")

    @model_validator(mode="after")
    def _as_on_record(self, info: ValidationInfo) -> "DecisionEntry":
        recorded = (each for each in known_of(info).facts.decisions if each.id == self.id)
        _once("decision", self.id, Decision(**self.model_dump()), recorded)
        return self

    @property
    def name(self) -> str:
        """The name its cycle goes by."""
        return self.id

    def columns(self) -> dict[str, Any]:
        """Return the entry as the record keeps it."""
        return {"decision": self.id, **self.model_dump(exclude={"id"})}


class TermEntry(Strict):
    """A term of office on a seat of a body, which is an actor; without `ends_on` while that is not known."""

    body: Identifier
    seat: Identifier
    holder: Text
    starts_on: date
    ends_on: date | None = None
    source: Text

    @field_validator("body")
    @classmethod
    def _of_the_pack(cls, body: str, info: ValidationInfo) -> str:
        return one_of(body, known_of(info).pack.actors)

    @field_validator("ends_on")
    @classmethod
    def _after_it_starts(cls, ends_on: date | None, info: ValidationInfo) -> date | None:
        return _not_before(ends_on, info, "starts_on")

    @model_validator(mode="after")
    def _as_on_record(self, info: ValidationInfo) -> "TermEntry":
        term = Term(**self.model_dump())
        same = (t for t in known_of(info).facts.terms if (t.body, t.name) == (term.body, term.name))
        _once("term", term.name, term, same)
        for expected in other_holders(known_of(info), term):
            raise mistake(f"{term.holder} on {term.seat} from {term.starts_on}", expected)
        return self

    @property
    def name(self) -> str:
        """The name its cycle goes by, and its body."""
        return f"{self.seat}-{self.starts_on} of {self.body}"

    def columns(self) -> dict[str, Any]:
        """Return the entry as the record keeps it."""
        return self.model_dump()


def _not_before(on: date | None, info: ValidationInfo, start: str) -> date | None:
    started_on = info.data.get(start)
    if on and started_on and on < started_on:
        raise ValueError(f"a day not before {start}, {started_on}")
    return on


def _once(kind: str, name: str, fact: object, recorded: Iterable[object]) -> None:
    if any(each != fact for each in recorded):
        raise mistake(
            f"{kind} {name!r} in other words than on record",
            "the same words, or another name; to mend the one on record: mandates record correction",
        )
