"""At the latest N months after the last time: only a completion starts the count anew."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from policies.calendar.counting import Unit, shift
from policies.facts.facts import Completion
from policies.recurrence.cycles import Anchor, AnchorKind, Cycle, Reckoning
from policies.recurrence.question import Months, Question, Source, Strict


class RollingCeiling(Strict):
    """Due `months` calendar months after the last completion. While none is known there is no date."""

    kind: Literal["rolling-ceiling"]
    months: Months
    source: Source

    def cycles(self, question: Question) -> list[Cycle]:
        """Return one cycle per completion, the open one, and those projected up to `question.until`.

        >>> from policies.facts.facts import Facts
        >>> known = Facts(completions=[Completion("review", date(2024, 2, 29), "report 24")])
        >>> asked = Question("review", known, date(2026, 12, 31), rule_in_force_from=date(2018, 12, 19))
        >>> rule = RollingCeiling(kind="rolling-ceiling", months=12, source="the text")
        >>> [f"{cycle.name}: {cycle.due_on:%a %Y-%m-%d}" for cycle in rule.cycles(asked)][:2]
        ['since-2024-02-29: Fri 2025-02-28', 'since-2025-02-28: Sat 2026-02-28']
        """
        completions = one_a_day(question.completions())
        if not completions:
            return [_uncounted(question)]
        turns = [
            since(question, anchored(question.obligation, done), self.months, self.source).met_by(then)
            for done, then in zip(completions, [*completions[1:], None], strict=True)
        ]
        return turns + self._projected(question, turns[-1].due_on)

    def _projected(self, question: Question, due: date | None) -> list[Cycle]:
        """Suppose each cycle is met on its due date, and count the next one from that."""
        ahead: list[Cycle] = []
        while due and due < question.until:
            supposed = Anchor(AnchorKind.ASSUMED, question.obligation, due, self.source)
            ahead.append(since(question, supposed, self.months, self.source, projected=True))
            due = ahead[-1].due_on
        return ahead


def one_a_day(completions: Sequence[Completion]) -> list[Completion]:
    """Return the first completion of each day: a second one that day starts no new count."""
    latest_first = {done.completed_on: done for done in reversed(completions)}
    return list(latest_first.values())[::-1]


def anchored(obligation: str, completion: Completion) -> Anchor:
    """Return the completion as an anchor, with its evidence as the source."""
    return Anchor(AnchorKind.COMPLETION, obligation, completion.completed_on, completion.evidence)


def since(question: Question, anchor: Anchor, months: int, source: str, *, projected: bool = False) -> Cycle:
    """Return the cycle that runs from the day after `anchor` until `months` calendar months after it."""
    return Cycle(
        obligation=question.obligation,
        name=f"since-{anchor.on}",
        opens=Reckoning(shift(anchor.on, 1, Unit.DAYS), anchor, 1, Unit.DAYS, source=source),
        due=Reckoning(shift(anchor.on, months, Unit.MONTHS), anchor, months, Unit.MONTHS, source=source),
        projected=projected,
        rule_in_force_from=question.rule_in_force_from,
    )


def _uncounted(question: Question) -> Cycle:
    return Cycle(
        obligation=question.obligation,
        name="first",
        unknown=(f"completion of {question.obligation}",),
        rule_in_force_from=question.rule_in_force_from,
    )
