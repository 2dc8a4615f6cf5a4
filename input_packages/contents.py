"""What an input package says: facts only, so the same facts give the same bytes on any day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from policies.explanation import Step
from policies.instrument import Words
from policies.milestones import Milestone
from policies.states import State
from policies.working_days import Roll


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionText:
    """A provision and what it says in our own words; `paragraph` only where the text itself asserts it."""

    id: str
    paragraph: int | None = None
    says: Words
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCycle:
    """An earlier cycle and how it ended. `name` is the cycle's own, such as `2022`."""

    name: str
    due_on: date | None
    met_on: date | None
    evidence: str | None
    state: State

    @property
    def days_late(self) -> int:
        """Calendar days from the due date to the day it was met; 0 while it is not met.

        What is not met grows later every day: a package that counted those days would change with them.
        """
        return max((self.met_on - self.due_on).days, 0) if self.met_on and self.due_on else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Somebody who owes an input, as `actor`, the part they were asked in.

    `asked_on` is the day the call left, `answered_on` the day an answer came; None: not yet.
    """

    person: str
    name: str
    actor: Words
    asked_on: date | None
    answered_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something reviewers must find on the table. `basis` says whether the text demands it."""

    id: str
    title: Words
    from_: Annotated[Words | None, Field(serialization_alias="from")] = None
    basis: Literal["mandate", "house-practice"]
    present: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """All that one package says. Dates are calendar dates at the institution's seat.

    `cycle` is the cycle's key, `holder` who reviews, `evidence` what closes the cycle. `unknown` lists the
    anchors that are missing, `names` gives words to the ids that `steps` and `unknown` mention,
    `last_working_day` is the one before a due date that falls on a day off.
    `facts_upto` is the aware instant at which the newest fact behind all this was recorded.
    """

    institution: Words
    instrument: Words
    obligation: str
    title: Words
    cycle: str
    holder: Words
    cadence: Words
    evidence: Words
    provisions: tuple[ProvisionText, ...]
    opens_on: date | None
    due_on: date | None
    target_on: date | None
    steps: tuple[Step, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    last_working_day: Roll | None = None
    history: tuple[PastCycle, ...] = ()
    asked: tuple[Asked, ...] = ()
    items: tuple[Item, ...] = ()
    unknown: tuple[str, ...] = ()
    facts_upto: datetime | None = None
    names: Mapping[str, Words] = field(default_factory=dict)
    languages: tuple[str, ...] = ("en",)
