"""Once in every period, whenever in it; nothing is counted from the last time."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import Field

from policies.calendar.counting import Unit
from policies.facts.facts import Completion
from policies.recurrence.cycles import Anchor, AnchorKind, Basis, Cycle, Reckoning
from policies.recurrence.question import Months, Question, Source, Strict, Year, Years, closing


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
        """Return the periods that start by `question.until`.

        >>> from policies.facts.facts import Facts
        >>> asked = Question("meeting", Facts(), date(2027, 12, 31), rule_in_force_from=date(2018, 12, 19))
        >>> rule = PerPeriod(kind="per-period", first=2026, starts_in_month=3, source="the text")
        >>> years = rule.cycles(asked)
        >>> [f"{year.name}: {year.opens_on:%a %d %b} to {year.due_on:%a %d %b}" for year in years]
        ['2026: Sun 01 Mar to Sun 28 Feb', '2027: Mon 01 Mar to Tue 29 Feb']
        """
        met = closing(question.completions(), lambda done: str(self._year_of(done.completed_on)))
        years = range(self.first, self._year_of(question.until) + 1, self.every_years)
        return [self._period(question, year, met.get(str(year))) for year in years]

    def _year_of(self, on: date) -> int:
        """Return the year that names the period a day falls in."""
        return on.year if on.month >= self.starts_in_month else on.year - 1

    def _period(self, question: Question, year: int, completion: Completion | None) -> Cycle:
        first, last = _ends(year, self.starts_in_month, self.basis, self.source)
        demanded = self.basis is Basis.MANDATE
        return Cycle(
            obligation=question.obligation,
            name=str(year),
            opens=first,
            due=last if demanded else None,
            target=None if demanded else last,
            completion=completion,
            rule_in_force_from=question.rule_in_force_from,
        )


@lru_cache(maxsize=4096)  # many duties have the same periods
def _ends(year: int, month: int, basis: Basis, source: str) -> tuple[Reckoning, Reckoning]:
    """Return the first and the last day of the period that `year` names and that starts in `month`."""
    name, first, last = str(year), date(year, month, 1), date(year + 1, month, 1) - _A_DAY
    return _reckoned(name, first, basis, source), _reckoned(name, last, basis, source)


def _reckoned(name: str, on: date, basis: Basis, source: str) -> Reckoning:
    return Reckoning(on, Anchor(AnchorKind.PERIOD, name, on, source), 0, Unit.DAYS, basis, source)


_A_DAY = timedelta(days=1)
