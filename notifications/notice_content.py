"""What a notice is about: everything its words are rendered from, kept with the notice in the ledger.

Where something is of a person, `person` is their id, so that it is kept where it can be forgotten.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from pydantic import Field, TypeAdapter

from policies.calendar.working_days import RolledDay
from policies.facts.answers import AnswerKind
from policies.facts.proposals import Stance, StepKind
from policies.obligations.instrument import Words
from policies.obligations.obligations import Part
from policies.plans.milestones import MilestoneId
from policies.plans.notices import CHASERS, FOR_INPUTS, INFORMING, CountedFrom, NoticeKind, by_urgency
from policies.status.explanation import Step


@dataclass(frozen=True, slots=True)
class PreviousNotice:
    """Something somebody was sent before: what, about what, and on which day; None if it has not left.

    It is `returned` where it came back: then they could not be reached.
    """

    name: str
    kind: NoticeKind
    on: date | None
    returned: bool = False
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Owing:
    """Somebody from whom something is still owed; `by_on` where they were given a day of their own.

    They are `unreached` where all that was sent to ask them came back. A message of theirs, or in their name,
    is read since `read_since`.
    """

    name: str
    by_on: date | None = None
    unreached: bool = False
    person: str | None = None
    read_since: date | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody answered that the secretariat has to decide on."""

    name: str
    kind: AnswerKind
    on: date
    reason: str | None = None
    until: date | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Came:
    """A file that came with an answer; `refused` says why it could not be taken, if it could not."""

    title: str
    refused: Words | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Stood:
    """Where an entity stood on a proposal, and in which words."""

    name: str
    stance: Stance
    on: date
    says: str | None = None


@dataclass(frozen=True, slots=True)
class Stepped:
    """A step of the ladder without consensus: by whom, on which day, in words."""

    kind: StepKind
    on: date
    by: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeContent:
    """The content of one notice, in every language it may be written in. Dates are the institution's.

    `about` is what the notice counts towards: a milestone, `begins`, `target`, `due` or `met`; `about_on`
    is the day of any other milestone than the inputs. `part` is the recipient's part in the duty, `asked`
    what they are asked for, and `most_pages` how long it should be at most; `document` is what the
    `provision` is a provision of, and `says` the provision in our own words; days end at midnight in `zone`
    (its IANA name), that of the `city`. A receipt confirms a completion, with `evidence`, or an `answer`,
    with the files that `came`. `particular` is what the cycle is about, where a fact opened it: the
    decision, the meeting, the proposal, with its `positions` and `ladder`. `folded` counts the earlier
    reminders this notice stands for. `unheld` is whom it is meant for, where nobody stands for them. `names`
    gives words to the ids that `steps` mention. A change of date is of a cycle that was `withdrawn`, where
    nothing on record gives it any more, and of one `reopened`, where it was said to be completed. A message
    in the recipient's name is read since `read_since`, for whoever is reminded all the same. It is `first`
    where nothing about the cycle was sent to the recipient before. The `package` is `package_enclosed` in
    the letter, or lies at `package_at`.
    """

    notice_key: str
    kind: NoticeKind
    about: str
    about_on: date | None = None
    part: Part = Part.HOLDER
    institution: Words
    obligation: str
    title: Words
    provision: str
    document: Words | None = None
    says: Words
    cycle: str
    zone: str | None = None
    city: Words | None = None
    holder: Words
    asked: Words | None = None
    most_pages: Annotated[int, Field(ge=1)] | None = None
    opens_on: date | None = None
    due_on: date | None = None
    last_working_day: RolledDay | None = None
    target_on: date | None = None
    inputs_due_on: date | None = None
    previous_due_on: date | None = None
    previous_inputs_due_on: date | None = None
    times_moved: Annotated[int, Field(ge=0)] = 0
    met_on: date | None = None
    evidence: str | None = None
    package: str | None = None
    package_sha256: str | None = None
    package_enclosed: bool = False
    package_at: str | None = None
    next_step: MilestoneId | None = None
    next_step_on: date | None = None
    steps: tuple[Step, ...] = ()
    folded: Annotated[int, Field(ge=0)] = 0
    external: bool = False
    tentative: bool = False
    unheld: Words | None = None
    owing: tuple[Owing, ...] = ()
    previous_notices: Annotated[tuple[PreviousNotice, ...], Field(alias="touches")] = ()
    answer: Answered | None = None
    came: tuple[Came, ...] = ()
    particular: str | None = None
    positions: tuple[Stood, ...] = ()
    ladder: tuple[Stepped, ...] = ()
    names: Mapping[str, Words] = field(default_factory=dict)
    withdrawn: bool = False
    read_since: date | None = None
    reopened: bool = False
    first: bool = False

    @property
    def plan_on(self) -> date | None:
        """The day the work is planned back from: the earlier of target and due date."""
        return min((on for on in (self.target_on, self.due_on) if on), default=None)

    @property
    def by_on(self) -> date | None:
        """The day by which what is asked is wanted; the planned day where `about` names no day of its own.

        None where the text names no period: the steps of the ladder without consensus.
        """
        if self.about in _WITHOUT_A_DAY:
            return None
        by: dict[str, date | None] = {
            MilestoneId.CALL_FOR_INPUTS: self.inputs_due_on,
            MilestoneId.INPUTS_DUE: self.inputs_due_on,
            CountedFrom.TARGET: self.target_on,
            CountedFrom.DUE: self.due_on,
        }
        return by.get(self.about, self.about_on or self.plan_on)

    @property
    def about_inputs(self) -> bool:
        """Whether it asks its reader for an input, for the first time or again."""
        return self.about in FOR_INPUTS and self.kind in _ASKING

    @property
    def asks(self) -> bool:
        """Whether it asks its reader for anything: what was refused is asked for again."""
        return self.kind not in INFORMING or any(each.refused for each in self.came)

    def is_late_on(self, as_of: date) -> bool:
        """Return whether the duty is not met, and its due date or the day that is asked for has passed.

        An internal target date that has passed makes nothing late.
        """
        days = (self.due_on, None if self.about == CountedFrom.TARGET else self.by_on)
        return self.met_on is None and any(on is not None and on < as_of for on in days)


def most_urgent_first(contents: Iterable[NoticeContent], as_of: date) -> list[NoticeContent]:
    """Return contents in the order in which a letter of a day tells them."""

    def urgency(content: NoticeContent) -> tuple[bool, bool, date, int]:
        return by_urgency(content.kind, content.by_on, asks=content.asks, late=content.is_late_on(as_of))

    return sorted(contents, key=urgency)


_WITHOUT_A_DAY = frozenset(StepKind)
_ASKING = frozenset({NoticeKind.CALL_FOR_INPUTS, *CHASERS})
_CONTENTS = TypeAdapter(NoticeContent)


def to_json(content: NoticeContent) -> str:
    """Return the matter as JSON, the same bytes for the same matter."""
    return _CONTENTS.dump_json(content, by_alias=True).decode()


def from_json(text: str) -> NoticeContent:
    """Return the matter that `to_json` wrote.

    Raises:
        pydantic.ValidationError: the text is not such JSON, with every mistake in it.
    """
    return _CONTENTS.validate_json(text)
