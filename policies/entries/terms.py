"""Entries of a facts file about terms of office.

Each has a name of its own. The same name with other words is refused: what is on record is corrected first,
so that nobody wonders which of two is meant.
"""

from datetime import date
from typing import Any

from pydantic import ValidationInfo, field_validator, model_validator

from policies.entries.checks import Text, known_of, not_before, once, one_of
from policies.entries.membership_checks import other_holders
from policies.facts.facts import Term
from policies.obligations.instrument import Identifier
from policies.problems import mistake
from policies.recurrence.question import Strict


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
        return not_before(ends_on, info, "starts_on")

    @model_validator(mode="after")
    def _as_on_record(self, info: ValidationInfo) -> "TermEntry":
        term = Term(**self.model_dump())
        same = (t for t in known_of(info).facts.terms if (t.body, t.name) == (term.body, term.name))
        once("term", term.name, term, same)
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
