"""So long before a term of office ends."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from policies.calendar.counting import Unit, shift
from policies.facts.terms import Term
from policies.recurrence.cycles import Anchor, AnchorKind, Basis, Cycle, Reckoning
from policies.recurrence.question import Question, Source, Strict, closing

DaysBefore = Annotated[int, Field(ge=0, le=3660)]


class OnTerm(Strict):
    """For every term of office on a seat of `body`: due `days_before` its last day.

    `target_days_before` that day is house practice. Both are counted backwards and never moved later. Where
    nobody has recorded a term, or its last day, there is no date. A completion says which term it is for.
    """

    kind: Literal["on-term"]
    body: str
    days_before: DaysBefore = 0
    target_days_before: DaysBefore
    target_source: Source
    source: Source

    def cycles(self, question: Question) -> list[Cycle]:
        """Return a cycle for every term that begins by `question.until`; an unknown one if there is none."""
        terms = [t for t in question.facts.terms if t.body == self.body and t.starts_on <= question.until]
        met = closing(question.completions())
        terms.sort(key=lambda term: (term.ends_on or date.max, term.name))
        found = [self._cycle(question, term).met_by(met.get(term.name)) for term in terms]
        return found or [self._undated(question, "first", f"the terms of office of {self.body}")]

    def _cycle(self, question: Question, term: Term) -> Cycle:
        cycle = self._undated(question, term.name, f"the last day of the term {term.name}")
        if term.ends_on is None:
            return cycle
        end = Anchor(AnchorKind.TERM_END, term.name, term.ends_on, term.source)
        return cycle._replace(
            unknown=(),
            due=self._before(end, self.days_before, Basis.MANDATE, self.source),
            target=self._before(end, self.target_days_before, Basis.HOUSE_PRACTICE, self.target_source),
        )

    def _before(self, end: Anchor, days: int, basis: Basis, source: str) -> Reckoning:
        return Reckoning(shift(end.on, -days, Unit.DAYS), end, -days, Unit.DAYS, basis, source)

    def _undated(self, question: Question, name: str, missing: str) -> Cycle:
        return Cycle(
            obligation=question.obligation,
            name=name,
            unknown=(missing,),
            alone=True,
            rule_in_force_from=question.rule_in_force_from,
        )
