"""What every entry has in common, however it came: in a file, from a command, from a page."""

from dataclasses import fields
from datetime import date
from typing import Any, ClassVar

from pydantic import field_validator

from policies.calendar.reach import REACH, is_within_reach
from policies.facts.facts import KINDS
from policies.problems import mistake
from policies.recurrence.question import Strict


class FactEntry(Strict):
    """One fact of the kind `fact_kind`, as people write it; checked with `Known` as the context."""

    fact_kind: ClassVar[str]

    @field_validator("*")
    @classmethod
    def _within_reach(cls, value: Any) -> Any:  # noqa: ANN401 (the value of any field)
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, date) and not is_within_reach(each):
                raise mistake(str(each), REACH)
        return value

    def fact(self) -> Any:  # noqa: ANN401 (each kind has a dataclass of its own)
        """Return the fact that the entry says."""
        return KINDS[self.fact_kind].fact(**self.model_dump())

    @property
    def goes_by(self) -> str | None:
        """What tells the entry from all others of its kind in a file; None where nothing has to."""
        return None

    @classmethod
    def saying(cls, fact: Any) -> dict[str, Any]:  # noqa: ANN401 (the same)
        """Return the entry that says a fact, with the keys that have a value."""
        said = {each.name: getattr(fact, each.name) for each in fields(fact) if each.name in cls.model_fields}
        return {key: value for key, value in said.items() if value not in (None, {}, ())}
