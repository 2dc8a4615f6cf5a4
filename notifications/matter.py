"""What a notice is about: everything its words are rendered from, kept with the notice in the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from pydantic import Field, TypeAdapter

from policies.explanation import Step
from policies.instrument import Words
from policies.milestones import MilestoneId
from policies.notices import NoticeKind
from policies.obligations import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """The content of one notice, in every language it may be written in. Dates are the institution's.

    `about` is what the notice counts towards: a milestone, `begins`, `target`, `due` or `met`. `part` is the
    recipient's part in the duty and `asked` what they are asked for; `says` is the provision in our own
    words. `evidence` is the document that proves what a receipt confirms. `folded` counts the earlier
    reminders this notice stands for. `names` gives words to the ids that `steps` mention.
    """

    notice_key: str
    kind: NoticeKind
    about: str
    part: Part = Part.HOLDER
    institution: Words
    obligation: str
    title: Words
    provision: str
    says: Words
    cycle: str
    holder: Words
    asked: Words | None = None
    opens_on: date | None = None
    due_on: date | None = None
    target_on: date | None = None
    inputs_due_on: date | None = None
    previous_due_on: date | None = None
    met_on: date | None = None
    evidence: str | None = None
    package: str | None = None
    package_sha256: str | None = None
    next_step: MilestoneId | None = None
    next_step_on: date | None = None
    steps: tuple[Step, ...] = ()
    folded: Annotated[int, Field(ge=0)] = 0
    external: bool = False
    tentative: bool = False
    names: Mapping[str, Words] = field(default_factory=dict)

    @property
    def plan_on(self) -> date | None:
        """The day the work is planned back from: the earlier of target and due date."""
        return min((on for on in (self.target_on, self.due_on) if on), default=None)

    @property
    def by_on(self) -> date | None:
        """The day by which what is asked is wanted; the planned day where `about` names no day of its own."""
        by = {
            "call-for-inputs": self.inputs_due_on,
            "inputs-due": self.inputs_due_on,
            "target": self.target_on,
            "due": self.due_on,
        }
        return by.get(self.about, self.plan_on)


_MATTERS = TypeAdapter(Matter)


def to_json(matter: Matter) -> str:
    """Return the matter as JSON, the same bytes for the same matter."""
    return _MATTERS.dump_json(matter).decode()


def from_json(text: str) -> Matter:
    """Return the matter that `to_json` wrote.

    Raises:
        pydantic.ValidationError: the text is not such JSON, with every mistake in it.
    """
    return _MATTERS.validate_json(text)
