"""Slots on a grid that never moves, however late a slot is met."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal

from pydantic import StringConstraints

from policies.calendar.counting import Unit, last_of_month, shift
from policies.facts.facts import Completion
from policies.recurrence.cycles import Anchor, AnchorKind, Cycle, Reckoning
from policies.recurrence.question import Months, Question, Source, Strict, closing


class FixedGrid(Strict):
    """Every `every_months` calendar months from the month `first`; each slot is the whole month.

    A slot is due on the last day of its month. A completion counts for the slot it names; one that names
    none counts for the slot whose window last opened, unless that slot is met already.
    """

    kind: Literal["fixed-grid"]
    first: Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
    every_months: Months
    source: Source

    def cycles(self, question: Question) -> list[Cycle]:
        """Return the slots whose month begins by `question.until`.

        >>> from policies.facts.facts import Facts
        >>> asked = Question("review", Facts(), date(2026, 12, 31), rule_in_force_from=date(2018, 12, 19))
        >>> rule = FixedGrid(kind="fixed-grid", first="2024-10", every_months=24, source="the text")
        >>> slots = rule.cycles(asked)
        >>> [f"{slot.name}: {slot.opens_on:%a %d %b} to {slot.due_on:%a %d %b}" for slot in slots]
        ['2024: Tue 01 Oct to Thu 31 Oct', '2026: Thu 01 Oct to Sat 31 Oct']
        """
        start = date.fromisoformat(f"{self.first}-01")
        first_slot = Anchor(AnchorKind.SLOT, self.first, start, self.source)
        slots: list[Cycle] = []
        while (opens := shift(start, len(slots) * self.every_months, Unit.MONTHS)) <= question.until:
            slots.append(self._slot(question, first_slot, opens, len(slots) * self.every_months))
        return _met(slots, question.completions())

    def _slot(self, question: Question, first_slot: Anchor, opens: date, count: int) -> Cycle:
        month = opens.isoformat()[:7]
        due = last_of_month(opens.year, opens.month)
        return Cycle(
            obligation=question.obligation,
            name=month if self.every_months % 12 else month[:4],
            opens=Reckoning(opens, first_slot, count, Unit.MONTHS, source=self.source),
            due=Reckoning(due, Anchor(AnchorKind.SLOT, month, due, self.source), source=self.source),
            rule_in_force_from=question.rule_in_force_from,
        )


def _met(slots: list[Cycle], completions: Sequence[Completion]) -> list[Cycle]:
    opened_on = [slot.opens_on or date.max for slot in slots]

    def last_opened(completion: Completion) -> str:
        opened = bisect_right(opened_on, completion.completed_on)
        return slots[opened - 1].name if opened else ""

    met = closing(completions, last_opened)
    return [slot.met_by(met.get(slot.name)) for slot in slots]
