"""What an input package says: facts only, so the same facts give the same bytes on any day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from input_packages.roll_contents import Groups, Leading, RollChanges
from policies.calendar.working_days import RolledDay
from policies.facts.decisions import Status
from policies.facts.proposals import Stance, StepKind
from policies.obligations.instrument import Words
from policies.plans.milestones import Milestone
from policies.status.explanation import Step
from policies.status.states import State

Basis = Literal["mandate", "house-practice"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionText:
    """A provision and what it says in our own words; `paragraph` only where the text itself asserts it."""

    id: str
    paragraph: int | None = None
    says: Words
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCycle:
    """An earlier cycle and how it ended. `name` is the cycle's own, such as `2022`.

    `explanation` says why it was missed or late, where somebody recorded it.
    """

    name: str
    due_on: date | None
    met_on: date | None
    evidence: str | None
    state: State
    explanation: str | None = None

    @property
    def days_late(self) -> int:
        """Calendar days from the due date to the day it was met; 0 while it is not met.

        What is not met grows later every day: a package that counted those days would change with them.
        """
        return max((self.met_on - self.due_on).days, 0) if self.met_on and self.due_on else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Somebody who owes an input, as `actor`, the part they were asked in.

    `asked_on` is the day the call left, `answered_on` the day an answer came; None: not yet. `answer` is its
    kind: a document, a nil return, a refusal and so on. `detail` is what they said with it: the reason, the
    day until which they ask for time, who should be asked instead. `consulted`: the text wants them asked.
    `unreached`: all that was sent to ask them came back, so that no answer is no silence of theirs. What came
    in their name and nobody has decided upon yet is a `message` of that kind, since `message_since`.
    """

    person: str
    name: str
    actor: Words
    asked_on: date | None
    answered_on: date | None
    answer: str | None = None
    detail: str | None = None
    consulted: bool = False
    # Left out where it does not hold: the facts of packages from before are those they were.
    unreached: Annotated[bool, Field(exclude_if=lambda held: not held)] = False
    message: Annotated[str | None, Field(exclude_if=lambda kind: kind is None)] = None
    message_since: Annotated[date | None, Field(exclude_if=lambda on: on is None)] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something reviewers must find on the table. `basis` says whether the text demands it.

    `came` of `expected` givers have answered for it; `owed_by` are the names of those who have not.
    """

    id: str
    title: Words
    from_: Annotated[Words | None, Field(serialization_alias="from")] = None
    basis: Basis
    present: bool
    came: int = 0
    expected: int = 0
    owed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """A document that came. `title` is the name it came with, `file` the one it has in the package.

    `annex` numbers it; `item` and `part` say what it is for, `version` counts what this giver sent for it.
    `also_for` are the other cycles that the very same document was given for.
    """

    annex: int
    person: str
    name: str
    actor: Words
    item: str
    part: str | None
    title: str
    file: str
    kind: str
    bytes: int
    sha256: str
    received_on: date
    version: int
    pages: int | None = None
    also_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the reviewers are asked to settle; `provision` is what it rests on."""

    id: str
    asks: Words
    provision: str
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A document the reviewers should have at hand, and where it is."""

    id: str
    title: Words
    where: Words
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One of the parts a review falls into: a seat of a board, with who holds it."""

    id: str
    holder: str
    since: date
    until: date | None
    answered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the review falls into. With no `seats` recorded, that is a gap and is said."""

    title: Words
    asks: Words
    seats: tuple[Seat, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTaken:
    """A decision and whether it was carried out. `done_on` is None while nobody has recorded that it was.

    `status` is the last word on how far it is, and `noted_on` its day.
    """

    id: str
    decided_on: date
    owner: str
    text: str
    due_on: date | None
    done_on: date | None
    evidence: str | None
    status: Status | None = None
    noted_on: date | None = None
    noted: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionStated:
    """Where an entity stood on a proposal, on a day."""

    entity: str
    stance: Stance
    stated_on: date
    says: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTaken:
    """A step of the ladder without consensus, as it was recorded."""

    kind: StepKind
    taken_on: date
    by: str
    says: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What happened in the cycle before this one: who answered late, who never did, what never came.

    `asked` is what the calls for inputs asked for, as their letters said it; `ended` is how the cycle ended,
    `decided` what was decided from its beginning until this cycle was opened.
    """

    cycle: str
    inputs_due_on: date | None
    ended: PastCycle | None = None
    asked: tuple[Words, ...] = ()
    decided: tuple[DecisionTaken, ...] = ()
    late: tuple[Asked, ...] = ()
    silent: tuple[Asked, ...] = ()
    never_came: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that is otherwise than in the version before: of what kind, and about whom or what."""

    kind: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Which version this is. It is final once a person has released it, and only then."""

    version: int = 1
    final: bool = False
    released_by: str | None = None
    released_on: date | None = None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """All that one package says. Dates are calendar dates at the institution's seat.

    `cycle` is the cycle's key, `holder` who reviews, `evidence` what closes the cycle. `unknown` lists the
    anchors that are missing, `names` gives words to the ids that `steps` and `unknown` mention,
    `last_working_day` is the one before a due date that falls on a day off. `warnings` are what reviewers
    must bear in mind. `particular` is what the cycle is about, where a fact opened it; `positions` and
    `ladder` are the history of a proposal without consensus. `groups` are the parts of a review of working
    groups, `roll` is what changed on the roll that the duty reports, `lead` is who leads the review.
    `consultation_closes_on` ends the period in which those consulted can answer. `facts_upto` is the aware
    instant at which the newest fact behind all this was recorded.
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
    last_working_day: RolledDay | None = None
    warnings: tuple[Words, ...] = ()
    particular: str | None = None
    positions: tuple[PositionStated, ...] = ()
    ladder: tuple[StepTaken, ...] = ()
    questions: tuple[Question, ...] = ()
    parts: Parts | None = None
    groups: Groups | None = None
    roll: RollChanges | None = None
    lead: Leading | None = None
    memory: Memory | None = None
    history: tuple[PastCycle, ...] = ()
    decisions: tuple[DecisionTaken, ...] = ()
    asked: tuple[Asked, ...] = ()
    consultation_closes_on: date | None = None
    contributions: tuple[Contribution, ...] = ()
    items: tuple[Item, ...] = ()
    references: tuple[Reference, ...] = ()
    unknown: tuple[str, ...] = ()
    facts_upto: datetime | None = None
    edition: Edition = Edition()
    names: Mapping[str, Words] = field(default_factory=dict)
    languages: tuple[str, ...] = ("en",)
