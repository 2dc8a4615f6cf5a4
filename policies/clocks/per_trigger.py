"""Each time something happens, so long after it: a meeting is held, a decision is taken."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from policies.clocks.question import Question, Source, Strict, closing
from policies.clocks.standing_duty import always
from policies.counting import Unit, shift
from policies.cycles import Anchor, AnchorKind, Basis, Cycle, Reckoning
from policies.facts import Facts
from policies.problems import mistake

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


@dataclass(frozen=True, slots=True)
class _Trigger:
    """A fact that opens a cycle; `own_due` is the day the fact itself names."""

    name: str
    anchor: Anchor
    own_due: Anchor | None = None


class PerTrigger(Strict):
    """Every `meeting` (of the kinds in `meetings`, if any are named) or every `decision` opens a cycle.

    The cycle goes by the trigger's own name. Due on the day the decision itself names, else `due` after the
    trigger, else on no day; `target` is house practice. The cycles do not wait for each other, and a
    completion says which of them it is for.
    """

    kind: Literal["per-trigger"]
    trigger: Literal["meeting", "decision"]
    meetings: tuple[str, ...] = ()
    due: Delay | None = None
    target: Delay | None = None
    source: Source

    def cycles(self, question: Question) -> list[Cycle]:
        """Return a cycle for every trigger up to `question.until`; a standing one while there is none."""
        met = closing(question.completions())
        triggers = _TRIGGERS[self.trigger](question.facts, self.meetings)
        begun = (each for each in triggers if each.anchor.on <= question.until)
        found = [self._cycle(question, each).met_by(met.get(each.name)) for each in begun]
        return sorted(found, key=lambda cycle: (cycle.opens_on or date.max, cycle.name)) or [always(question)]

    def _cycle(self, question: Question, trigger: _Trigger) -> Cycle:
        anchor = trigger.anchor
        return Cycle(
            obligation=question.obligation,
            name=trigger.name,
            opens=Reckoning(anchor.on, anchor, source=self.source),
            due=self._due(question, trigger),
            target=self.target.after(anchor, question, Basis.HOUSE_PRACTICE) if self.target else None,
            alone=True,
            rule_in_force_from=question.rule_in_force_from,
        )

    def _due(self, question: Question, trigger: _Trigger) -> Reckoning | None:
        if own := trigger.own_due:
            return Reckoning(own.on, own, source=self.source)
        return self.due.after(trigger.anchor, question, Basis.MANDATE) if self.due else None


def _meetings(facts: Facts, kinds: tuple[str, ...]) -> Iterator[_Trigger]:
    for meeting in facts.meetings:
        if not meeting.partial and (meeting.kind in kinds or not kinds):
            subject = f"{meeting.kind} {meeting.id}"
            anchor = Anchor(AnchorKind.MEETING, subject, meeting.held_on, meeting.source)
            yield _Trigger(meeting.id, anchor)


def _decisions(facts: Facts, _: tuple[str, ...]) -> Iterator[_Trigger]:
    for decision in facts.decisions:
        anchor = Anchor(AnchorKind.DECISION, decision.id, decision.decided_on, decision.source)
        named = anchor._replace(kind=AnchorKind.DECISION_DUE, on=decision.due_on) if decision.due_on else None
        yield _Trigger(decision.id, anchor, own_due=named)


_TRIGGERS: Mapping[str, Callable[[Facts, tuple[str, ...]], Iterator[_Trigger]]] = {
    "meeting": _meetings,
    "decision": _decisions,
}
