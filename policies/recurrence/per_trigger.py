"""Each time something happens, so long after it: a meeting is held, a decision taken, consensus missed."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from policies.calendar.counting import Unit, shift
from policies.facts.facts import Completion
from policies.problems import mistake
from policies.recurrence.cycles import Anchor, Basis, Cycle, Reckoning
from policies.recurrence.question import Question, Source, Strict, closing
from policies.recurrence.standing_duty import always
from policies.recurrence.triggers import TRIGGERS, Triggered

Count = Annotated[int, Field(ge=0, le=3660)]


class Delay(Strict):
    """So many calendar `days`, or `working_days` at the holder's seat, after the trigger's own day."""

    days: Count | None = None
    working_days: Count | None = None
    source: Source

    @model_validator(mode="after")
    def _counted_in_one_way(self) -> "Delay":
        if (self.days is None) == (self.working_days is None):
            raise mistake("neither" if self.days is None else "both", "either days or working_days")
        return self

    def after(self, anchor: Anchor, question: Question, basis: Basis) -> Reckoning:
        """Return the day this long after `anchor`."""
        if self.working_days is not None:
            on = question.days.after(anchor.on, self.working_days)
            return Reckoning(on, anchor, self.working_days, Unit.WORKING_DAYS, basis, self.source)
        count = self.days or 0
        on = shift(anchor.on, count, Unit.DAYS)
        return Reckoning(on, anchor, count, Unit.DAYS, basis, self.source)


class PerTrigger(Strict):
    """Every `meeting` (of the kinds in `meetings`, if any are named), every `decision` opens a cycle.

    So does every `proposal` on which there is no consensus. The cycle goes by the trigger's own name. Due on
    the day the decision itself names, else `due` after the trigger, else on no day; `target` is house
    practice. The cycles do not wait for each other. Each ends by facts of its own (all is published, the
    decision is carried out, a way forward is agreed), or by a completion that says which of them it is for:
    by whichever came first.
    `mandates_respected` is the provision by which each decision must respect the mandates of the members.
    """

    kind: Literal["per-trigger"]
    trigger: Literal["meeting", "decision", "proposal"]
    meetings: tuple[str, ...] = ()
    due: Delay | None = None
    target: Delay | None = None
    mandates_respected: str | None = None
    source: Source

    def cycles(self, question: Question) -> list[Cycle]:
        """Return a cycle for every trigger up to `question.until`; a standing one while there is none."""
        met = closing(question.completions())
        triggered = TRIGGERS[self.trigger](question.obligation, question.facts, self.meetings)
        begun = (each for each in triggered if each.anchor.on <= question.until)
        found = [self._cycle(question, each).met_by(_first(met.get(each.name), each.ended)) for each in begun]
        return sorted(found, key=lambda cycle: (cycle.opens_on or date.max, cycle.name)) or [always(question)]

    def _cycle(self, question: Question, given: Triggered) -> Cycle:
        anchor = given.anchor
        return Cycle(
            obligation=question.obligation,
            name=given.name,
            opens=Reckoning(anchor.on, anchor, source=self.source),
            due=self._due(question, given),
            target=self.target.after(anchor, question, Basis.HOUSE_PRACTICE) if self.target else None,
            alone=True,
            trigger=given.trigger,
            rule_in_force_from=question.rule_in_force_from,
        )

    def _due(self, question: Question, given: Triggered) -> Reckoning | None:
        if own := given.own_due:
            return Reckoning(own.on, own, source=self.source)
        return self.due.after(given.anchor, question, Basis.MANDATE) if self.due else None


def _first(*endings: Completion | None) -> Completion | None:
    """Return the earliest ending: what comes after it changes nothing."""
    return min(filter(None, endings), key=lambda ending: ending.completed_on, default=None)


def follows_decisions(recurrence: object) -> bool:
    """Whether the clock's cycles are the follow-up of decisions."""
    return isinstance(recurrence, PerTrigger) and recurrence.trigger == "decision"
