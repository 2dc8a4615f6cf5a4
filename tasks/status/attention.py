"""What somebody must look at about an obligation, as data: every language and every page tells the same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from language.attention import Value, Wording, attention_sentence
from policies.recurrence import PerTrigger
from policies.recurrence.cycles import Bounds
from policies.status.states import State
from policies.status.status import ObligationStatus, Turn

RANKS = {
    "overdue": 0,
    "unexplained": 0,
    "past-target": 1,
    "unrecorded": 2,
    "unrecorded-target": 2,
    "unknown": 3,
    "loose": 3,
    "advisory": 4,
    "unchecked": 4,
}
"""How pressing each kind is: the lowest first."""


@dataclass(frozen=True, slots=True)
class Attention:
    """One thing to look at; `subject` is the cycle it is about, or the obligation itself."""

    kind: str
    obligation: str
    subject: str
    values: Mapping[str, Value] = field(default_factory=dict)

    @property
    def rank(self) -> int:
        """How pressing it is: the lowest first."""
        return RANKS[self.kind]

    def told(self, wording: Wording) -> str:
        """Return it as a sentence, without its subject."""
        return attention_sentence(self.kind, self.values, wording)

    def __str__(self) -> str:
        return f"{self.subject}: {self.told(_PLAIN)}"


_PLAIN = Wording("en", lambda on, _language: on.isoformat())


def attention_on(status: ObligationStatus) -> Iterator[Attention]:
    """Yield what is wrong, or not known, about one obligation."""
    obligation = status.obligation.id
    for turn in _to_look_at(status):
        yield from _on_turn(obligation, turn)
    since = status.advisory_since
    if since and status.current.state is State.OPEN:
        yield Attention("advisory", obligation, obligation, {"on": since})
    missed = {turn.cycle.key for turn in status.turns if turn.state is State.MISSED}
    for breach in status.breaches:
        if breach.cycle in missed and breach.explanation is None:
            yield Attention("unexplained", obligation, breach.cycle, {"on": breach.due_on})
    yield from _unchecked(status)
    for completion in status.loose:
        yield Attention("loose", obligation, obligation, {"on": completion.completed_on})


def _unchecked(status: ObligationStatus) -> Iterator[Attention]:
    """Yield the decisions under way of which nobody said that they respect the mandates of the members."""
    recurrence = status.obligation.version_on(status.current.as_of).recurrence
    if not isinstance(recurrence, PerTrigger) or recurrence.mandates_respected is None:
        return
    for turn in status.turns:
        if turn.waits and turn.cycle.trigger and not turn.cycle.trigger.checked:
            provision = (recurrence.mandates_respected,)
            yield Attention("unchecked", status.obligation.id, turn.cycle.key, {"provision": provision})


def _to_look_at(status: ObligationStatus) -> Iterator[Turn]:
    """Yield the current turn, and those that do not wait for it and wait for somebody, or are not dated."""
    current = status.current
    yield current
    for turn in status.turns:
        waits = turn.waits or turn.state is State.UNKNOWN
        if turn.cycle.alone and waits and turn is not current:
            yield turn


def _on_turn(obligation: str, turn: Turn) -> Iterator[Attention]:
    cycle = turn.cycle
    if cycle.unknown:
        bounds = {"due": _pair(cycle.due_between), "target": _pair(cycle.target_between)}
        yield Attention("unknown", obligation, obligation, {"missing": cycle.unknown, **bounds})
    if turn.state is State.UNRECORDED:
        kind = "unrecorded" if cycle.due_on else "unrecorded-target"
        yield Attention(kind, obligation, cycle.key, {"on": cycle.due_on or cycle.target_on})
    if turn.state is State.OVERDUE:
        yield Attention("overdue", obligation, cycle.key, {"days": turn.days_overdue, "on": cycle.due_on})
    if turn.days_past_target:
        days = {"days": turn.days_past_target, "on": cycle.target_on}
        yield Attention("past-target", obligation, cycle.key, days)


def _pair(bounds: Bounds | None) -> tuple[date, date] | None:
    return (bounds.not_before, bounds.not_after) if bounds else None
