"""Asking a clock, and writing what it answers on one line per cycle."""

from collections.abc import Iterable

from policies.facts.facts import Certainty, Completion, Event, EventRange, Facts
from policies.recurrence import Recurrence
from policies.recurrence.cycles import Cycle
from policies.recurrence.question import Question
from tests.days import day, shown

OBLIGATION = "review"
FORUM = "forum"
SOURCE = "the text"


def done(on: str, counts_for: str | None = None, evidence: str = "minutes") -> Completion:
    return Completion(OBLIGATION, day(on), evidence, counts_for)


def forum(edition: str, first: str, last: str, certainty: Certainty = Certainty.CONFIRMED) -> Event:
    return Event(FORUM, edition, day(first), day(last), certainty, "the programme")


def within(edition: str, first: str, last: str) -> EventRange:
    return EventRange(FORUM, edition, day(first), day(last), "a letter")


def asked(recurrence: Recurrence, until: str, *facts: Completion | Event | EventRange) -> list[Cycle]:
    """Return the cycles that `recurrence` derives from completions and events up to a day."""
    completions = [fact for fact in facts if isinstance(fact, Completion)]
    events = [fact for fact in facts if isinstance(fact, Event | EventRange)]
    known = Facts(events=events, completions=completions)
    return recurrence.cycles(Question(OBLIGATION, known, day(until), day("Wed 2018-12-19")))


def lines(cycles: Iterable[Cycle]) -> list[str]:
    """Write each cycle as `name: opens … | due … | met …`, leaving out what it has not."""
    return [_line(cycle) for cycle in cycles]


def _line(cycle: Cycle) -> str:
    dates = {"opens": cycle.opens_on, "target": cycle.target_on, "due": cycle.due_on, "met": cycle.met_on}
    told = [f"{name} {shown(on)}" for name, on in dates.items() if on]
    bounds = {"target": cycle.target_between, "due": cycle.due_between}
    told += [f"{n} from {shown(b.not_before)} to {shown(b.not_after)}" for n, b in bounds.items() if b]
    told += [f"unknown {anchor}" for anchor in cycle.unknown] + ["projected"] * cycle.projected
    return f"{cycle.name}: {' | '.join(told)}"
