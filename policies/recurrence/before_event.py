"""Some weeks before an event's first day."""

from typing import Annotated, Literal

from pydantic import Field

from policies.calendar.counting import Unit, shift
from policies.recurrence.cycles import Anchor, AnchorKind, Cycle, Reckoning
from policies.recurrence.question import Editions, Question, Source, Strict, closing


class BeforeEvent(Strict):
    """Due `weeks` before the first day of each expected edition of `event`.

    The limit is counted backwards and never moved later. An edition whose dates nobody has recorded has no
    due date.
    """

    kind: Literal["before-event"]
    event: str
    editions: Editions
    weeks: Annotated[int, Field(ge=1, le=520)]
    source: Source

    def cycles(self, question: Question) -> list[Cycle]:
        """Return one cycle per expected edition up to the year of `question.until`.

        >>> from datetime import date
        >>> from policies.facts.facts import Certainty, Event, Facts
        >>> first, last = date(2026, 5, 5), date(2026, 5, 8)
        >>> forum = Event("forum", "2026", first, last, Certainty.CONFIRMED, "the programme")
        >>> asked = Question("report", Facts(events=[forum]), date(2026, 12, 31), date(2018, 12, 19))
        >>> each = Editions(first=2026, every_years=4, source="the text")
        >>> rule = BeforeEvent(kind="before-event", event="forum", editions=each, weeks=12, source="the text")
        >>> [f"{cycle.name}: {cycle.due_on:%a %Y-%m-%d}" for cycle in rule.cycles(asked)]
        ['2026: Tue 2026-02-10']
        """
        met = closing(question.completions(), lambda completion: str(completion.completed_on.year))
        names = [str(year) for year in self.editions.upto(question.until)]
        return [self._edition(question, name).met_by(met.get(name)) for name in names]

    def _edition(self, question: Question, name: str) -> Cycle:
        event = question.facts.event(self.event, name)
        due = None
        if event:
            subject = f"{self.event} {name}"
            anchor = Anchor(AnchorKind.EVENT_START, subject, event.starts_on, event.source, event.certainty)
            on = shift(event.starts_on, -self.weeks, Unit.WEEKS)
            due = Reckoning(on, anchor, -self.weeks, Unit.WEEKS, source=self.source)
        return Cycle(
            obligation=question.obligation,
            name=name,
            due=due,
            unknown=() if event else (f"{self.event} {name}",),
            due_between=question.shifted_range(self.event, name, -self.weeks, Unit.WEEKS),
            rule_in_force_from=question.rule_in_force_from,
        )
