"""Entries of a facts file about terms of office.

Each has a name of its own. The same name with other words is refused: what is on record is corrected first,
so that nobody wonders which of two is meant.
"""

from datetime import date

from pydantic import ValidationInfo, field_validator, model_validator

from policies.entries.checks import Actor, Text, known_of, not_before, once
from policies.entries.entry import FactEntry
from policies.entries.membership_checks import other_holders
from policies.obligations.instrument import Identifier
from policies.problems import mistake


class TermEntry(FactEntry):
    """A term of office on a seat of a body, which is an actor; without `ends_on` while that is not known."""

    fact_kind = "term"
    body: Actor
    seat: Identifier
    holder: Text
    starts_on: date
    ends_on: date | None = None
    source: Text

    @field_validator("ends_on")
    @classmethod
    def _after_it_starts(cls, ends_on: date | None, info: ValidationInfo) -> date | None:
        return not_before(ends_on, info, "starts_on")

    @model_validator(mode="after")
    def _as_on_record(self, info: ValidationInfo) -> "TermEntry":
        term = self.fact()
        same = (t for t in known_of(info).facts.terms if (t.body, t.name) == (term.body, term.name))
        once("term", term.name, term, same)
        for expected in other_holders(known_of(info), term):
            raise mistake(f"{term.holder} on {term.seat} from {term.starts_on}", expected)
        return self

    @property
    def goes_by(self) -> str:
        """The name its cycle goes by, and its body."""
        return f"{self.seat}-{self.starts_on} of {self.body}"
