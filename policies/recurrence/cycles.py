"""A cycle: one turn of an obligation, with every date and what each date rests on.

What is made for every cycle of every obligation is a named tuple: it cannot be changed either, and takes a
third of the time to make.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from policies.calendar.counting import Unit
from policies.facts.facts import Certainty, Completion
from policies.recurrence.cycle_key import written


class Basis(StrEnum):
    """Whose number it is: the mandating text's, or the house's own practice."""

    MANDATE = "mandate"
    HOUSE_PRACTICE = "house-practice"


class AnchorKind(StrEnum):
    """What a date is counted from."""

    COMPLETION = "completion"
    EVENT_START = "event-start"
    EVENT_END = "event-end"
    SLOT = "slot"
    PERIOD = "period"
    ASSUMED = "assumed"
    MEETING = "meeting"
    DECISION = "decision"
    DECISION_DUE = "decision-due"
    TERM_END = "term-end"
    STEP = "step"


class Anchor(NamedTuple):
    """A dated fact that a clock counts from; `subject` names an obligation, an event's edition or a slot."""

    kind: AnchorKind
    subject: str
    on: date
    source: str
    certainty: Certainty = Certainty.CONFIRMED


class Reckoning(NamedTuple):
    """A date and how it was reckoned: `anchor` shifted by `count` `unit`s."""

    on: date
    anchor: Anchor
    count: int = 0  # type: ignore[assignment]  # it hides the tuple's own count, which nobody needs
    unit: Unit = Unit.DAYS
    basis: Basis = Basis.MANDATE
    source: str = ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The days within which a date must lie that is not known itself, because its event is only a range."""

    not_before: date
    not_after: date


class Trigger(NamedTuple):
    """The fact that opened a cycle: `says` is what it is about, in the words it was recorded in.

    `owners` are those the fact itself names to act. `marks` are the days of what happened about it since, by
    name, and `done` names the steps that nobody has to be reminded of any more. A decision is `checked` when
    somebody saw to it that it respects the mandates of the members.
    """

    says: str
    owners: tuple[str, ...] = ()
    marks: tuple[tuple[str, date], ...] = ()
    done: frozenset[str] = frozenset()
    checked: bool = True


class Cycle(NamedTuple):
    """One turn of an obligation, named by what it is for.

    `opens` is the first day on which the cycle can be met, `due` what the text demands, `target` house
    practice; each is None where the text gives no number or an anchor is unknown. `unknown` names the
    missing anchors; while any of them could bring the due date forward there is no due date at all. Where
    a missing event is known as a range, `due_between` and `target_between` bound the date; they are no date.
    `projected` cycles follow a cycle that is not met yet. One that stands `alone` is neither ended nor
    followed by another of its obligation; `trigger` is the fact that opened it. A `status` one has no date
    to keep, ever; `last_done` is what was last done about it.
    """

    obligation: str
    name: str
    opens: Reckoning | None = None
    due: Reckoning | None = None
    target: Reckoning | None = None
    unknown: tuple[str, ...] = ()
    due_between: Bounds | None = None
    target_between: Bounds | None = None
    projected: bool = False
    alone: bool = False
    trigger: Trigger | None = None
    standing: bool = False
    last_done: Anchor | None = None
    completion: Completion | None = None
    rule_in_force_from: date | None = None

    @property
    def key(self) -> str:
        """The stable name of the cycle in every record: `obligation/name`."""
        return written(self.obligation, self.name)

    @property
    def opens_on(self) -> date | None:
        """The first day on which the cycle can be met."""
        return self.opens.on if self.opens else None

    @property
    def due_on(self) -> date | None:
        """The last day on which the text counts the cycle as met. Only this date can be breached."""
        return self.due.on if self.due else None

    @property
    def target_on(self) -> date | None:
        """The day the house means to be done. Passing it is a lapse, not a breach."""
        return self.target.on if self.target else None

    @property
    def plan_on(self) -> date | None:
        """The day the work is planned back from: the earlier of target and due date."""
        target_on, due_on = self.target_on, self.due_on
        return min(target_on, due_on) if target_on and due_on else target_on or due_on

    @property
    def dates(self) -> tuple[Bounds, ...]:
        """Due date and target, each as the days it lies within: one day where it is known."""
        known = tuple(Bounds(on, on) for on in (self.due_on, self.target_on) if on)
        return known + tuple(bounds for bounds in (self.due_between, self.target_between) if bounds)

    @property
    def met_on(self) -> date | None:
        """The day the cycle was met."""
        return self.completion.completed_on if self.completion else None

    @property
    def tentative(self) -> bool:
        """Whether any of the dates rests on an event that is not confirmed."""
        parts = (self.opens, self.due, self.target)
        return any(p.anchor.certainty is Certainty.TENTATIVE for p in parts if p)

    def met_by(self, completion: Completion | None) -> "Cycle":
        """Return the cycle as closed by `completion`, or as it is where there is none."""
        return self._replace(completion=completion) if completion else self
