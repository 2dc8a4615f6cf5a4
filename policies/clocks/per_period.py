"""Once in every period, whenever in it; nothing is counted from the last time."""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from policies.clocks.question import Months, Question, Source, Strict, Year, Years, closing
from policies.counting import Unit, shift
from policies.cycles import Anchor, AnchorKind, Basis, Cycle, Reckoning
from policies.facts import Completion


class PerPeriod(Strict):
    """Once in each year-long period from `first` on, every `every_years` years; due on the period's last day.

    A period starts on the first of `starts_in_month` and is named by the year it starts in. A completion
    counts for the period it names, else for the one it falls in, and never for two. `advisory_months` after
    the last completion an advisory is due: it says so and breaches nothing. Where no text demands any of
    this (`basis` is house practice), the period's last day is a target and no due date.
    """

    kind: Literal["per-period"]
    first: Year
    every_years: Years = 1
    starts_in_month: Annotated[int, Field(ge=1, le=12)] = 1
    advisory_months: Months | None = None
    basis: Basis = Basis.MANDATE
    source: Source

    def cycles(self, question: Question) -> list[Cycle]:
        """Return the periods that start by `question.until`."""
        met = closing(question.completions(), self._period_of)
        years = range(self.first, question.until.year + 1, self.every_years)
        periods = (self._period(question, year) for year in years)
        return [p.met_by(met.get(p.name)) for p in periods if p.opens_on and p.opens_on <= question.until]

    def _period_of(self, completion: Completion) -> str:
        on = completion.completed_on
        return str(on.year if on.month >= self.starts_in_month else on.year - 1)

    def _period(self, question: Question, year: int) -> Cycle:
        opens = date(year, self.starts_in_month, 1)
        due = shift(opens, 12, Unit.MONTHS) - timedelta(days=1)
        opening, closing_day = (Anchor(AnchorKind.PERIOD, str(year), on, self.source) for on in (opens, due))
        last = Reckoning(due, closing_day, basis=self.basis, source=self.source)
        demanded = self.basis is Basis.MANDATE
        return Cycle(
            obligation=question.obligation,
            name=str(year),
            opens=Reckoning(opens, opening, basis=self.basis, source=self.source),
            due=last if demanded else None,
            target=None if demanded else last,
            rule_in_force_from=question.rule_in_force_from,
        )
