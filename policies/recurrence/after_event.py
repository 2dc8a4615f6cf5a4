"""Right after an event, and never longer than a ceiling since the last time.

The two limits are independent. An extra review between two events starts the ceiling anew, but does not
stand for the review that must follow the event; when an event comes later than the ceiling, the ceiling
still bites and the review after the event is owed as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from policies.calendar.counting import Unit, shift
from policies.facts.facts import Completion, Event
from policies.recurrence.cycles import Anchor, AnchorKind, Basis, Cycle, Reckoning
from policies.recurrence.question import Editions, Months, Question, Source, Strict, closing
from policies.recurrence.rolling_ceiling import anchored, one_a_day, since


@dataclass(frozen=True, slots=True)
class _Edition:
    """An expected edition: its event, if its dates are known, and the day the next edition's cycle opens."""

    name: str
    event: Event | None
    next_opens_on: date

    @property
    def opens_on(self) -> date | None:
        return shift(self.event.ends_on, 1, Unit.DAYS) if self.event else None

    def holds(self, review: Completion) -> bool:
        """Whether a review that names no edition follows this one."""
        return bool(self.opens_on and self.opens_on <= review.completed_on < self.next_opens_on)


class AfterEvent(Strict):
    """Opens the day after the last day of each expected edition of `event`.

    `target_months` after that last day is house practice; the due date is `ceiling_months` after the last
    completion, all in calendar months.
    """

    kind: Literal["after-event"]
    event: str
    editions: Editions
    target_months: Months
    target_source: Source
    ceiling_months: Months
    source: Source

    def cycles(self, question: Question) -> list[Cycle]:
        """Return a cycle per expected edition, and one per ceiling that was met or bites between events."""
        editions = self._editions(question)
        reviews = question.completions()
        followed = closing(reviews, lambda review: next((e.name for e in editions if e.holds(review)), ""))
        found: list[Cycle] = []
        for edition in editions:
            found += self._turn(question, edition, followed.get(edition.name), found)
        return sorted(found + self._extra(question, reviews, list(followed.values())), key=_order)

    def _editions(self, question: Question) -> list[_Edition]:
        found: list[_Edition] = []
        next_opens_on = date.max
        for year in reversed(self.editions.upto(question.until)):
            edition = _Edition(str(year), question.facts.event(self.event, str(year)), next_opens_on)
            next_opens_on = edition.opens_on or next_opens_on
            found.insert(0, edition)
        return found

    def _turn(
        self, question: Question, edition: _Edition, review: Completion | None, before: list[Cycle]
    ) -> list[Cycle]:
        base = _base(question, review.completed_on if review else edition.next_opens_on, before)
        stalled = [] if review else self._stalled(question, edition, base)
        if stalled:
            base = _supposed(stalled[0])
        cycle = self._dated(question, edition)._replace(
            due=self._ceiling(base),
            projected=bool(base and base.kind is AnchorKind.ASSUMED),
        )
        if base is None:
            cycle = cycle._replace(unknown=(*cycle.unknown, f"completion of {question.obligation}"))
        return [*stalled, cycle.met_by(review)]

    def _dated(self, question: Question, edition: _Edition) -> Cycle:
        cycle = Cycle(question.obligation, edition.name, rule_in_force_from=question.rule_in_force_from)
        subject = f"{self.event} {edition.name}"
        event = edition.event
        if event is None:
            within = question.shifted_range(self.event, edition.name, self.target_months, Unit.MONTHS)
            return cycle._replace(unknown=(subject,), target_between=within)
        end = Anchor(AnchorKind.EVENT_END, subject, event.ends_on, event.source, event.certainty)
        target_on = shift(event.ends_on, self.target_months, Unit.MONTHS)
        practice = (self.target_months, Unit.MONTHS, Basis.HOUSE_PRACTICE, self.target_source)
        return cycle._replace(
            opens=Reckoning(shift(end.on, 1, Unit.DAYS), end, 1, Unit.DAYS, source=self.source),
            target=Reckoning(target_on, end, *practice),
        )

    def _ceiling(self, base: Anchor | None) -> Reckoning | None:
        if base is None:
            return None
        due_on = shift(base.on, self.ceiling_months, Unit.MONTHS)
        return Reckoning(due_on, base, self.ceiling_months, Unit.MONTHS, source=self.source)

    def _stalled(self, question: Question, edition: _Edition, base: Anchor | None) -> list[Cycle]:
        """Return the cycle the ceiling alone makes due, when the event is known to come after it."""
        if not base or not edition.opens_on:
            return []
        cycle = since(question, base, self.ceiling_months, self.source)
        return [cycle] if cycle.due_on and cycle.due_on < edition.opens_on else []

    def _extra(
        self, question: Question, reviews: Sequence[Completion], followed: list[Completion]
    ) -> list[Cycle]:
        """Return the reviews between events; each met the ceiling that ran from the review before it."""
        turns = [
            since(question, anchored(question.obligation, last), self.ceiling_months, self.source).met_by(
                then
            )
            for last, then in pairwise(one_a_day(reviews))
        ]
        return [turn for turn in turns if turn.completion not in followed]


def _base(question: Question, limit: date, before: list[Cycle]) -> Anchor | None:
    """Return what the ceiling counts from: the last review before `limit`, or when that should have been."""
    earlier = [review for review in question.completions() if review.completed_on < limit]
    unmet = next((c for c in reversed(before) if not c.completion), None)
    if unmet and unmet.due and (not earlier or earlier[-1].completed_on <= unmet.due.anchor.on):
        return _supposed(unmet)
    return anchored(question.obligation, earlier[-1]) if earlier else None


def _supposed(unmet: Cycle) -> Anchor | None:
    """Return the due date of a cycle not yet met, as the day it is supposed to be met."""
    due = unmet.due
    return Anchor(AnchorKind.ASSUMED, unmet.obligation, due.on, due.source) if due else None


def _order(cycle: Cycle) -> date:
    return cycle.opens_on or cycle.due_on or date(int(cycle.name), 12, 31)
