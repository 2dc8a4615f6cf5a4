"""A duty that is always there and never due: what is known is when something was last done about it."""

from collections.abc import Iterator
from typing import Literal

from policies.recurrence.cycles import Anchor, AnchorKind, Cycle
from policies.recurrence.question import Question, Source, Strict
from policies.recurrence.rolling_ceiling import anchored


class StandingDuty(Strict):
    """No due date and no compliance state. Completions show when it was done, and meetings of these kinds."""

    kind: Literal["standing"]
    meetings: tuple[str, ...] = ()
    source: Source

    def cycles(self, question: Question) -> list[Cycle]:
        """Return the one cycle that never ends, with what was last done by `question.until`."""
        done = max(self._done(question), key=lambda anchor: anchor.on, default=None)
        return [always(question, last_done=done)]

    def _done(self, question: Question) -> Iterator[Anchor]:
        for completion in question.completions():
            yield anchored(question.obligation, completion)
        for meeting in question.facts.meetings:
            if meeting.kind in self.meetings and meeting.held_on <= question.until:
                subject = f"{meeting.kind} {meeting.id}"
                yield Anchor(AnchorKind.MEETING, subject, meeting.held_on, meeting.source)


def always(question: Question, last_done: Anchor | None = None) -> Cycle:
    """Return a cycle without any date: nothing can make it late."""
    return Cycle(
        obligation=question.obligation,
        name="standing",
        standing=True,
        last_done=last_done,
        rule_in_force_from=question.rule_in_force_from,
    )
