"""What a rehearsal supposes: when duties are done, and when the events nobody has recorded are held."""

import re
from calendar import day_name, month_name, monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from policies.facts.facts import Certainty, Event, Facts
from policies.pack.pack import Pack
from policies.recurrence import AfterEvent, BeforeEvent
from policies.recurrence.cycles import Cycle
from policies.simulation.span import Span
from policies.status.states import State
from policies.status.status import Turn

_ORDINALS = ("first", "second", "third", "fourth", "last")
_LATE = re.compile(r"late=(\d{1,4})")
_POSTPONED = re.compile(r"([a-z][a-z0-9-]*)/(\d{4})=(-?\d{1,4})")


class UnusableAssumptionError(LookupError):
    """An assumption cannot be read, or is about something that does not come in the rehearsed days."""


@dataclass(frozen=True, slots=True)
class Pace:
    """When each duty is done: on its target where it has one, or else `days_late` after its due date."""

    on_target: bool = True
    days_late: int = 0

    def done_on(self, cycle: Cycle) -> date | None:
        """Return the day a cycle is done; None while it has no date."""
        if self.on_target:
            return cycle.plan_on
        on = cycle.due_on or cycle.target_on
        return on + timedelta(days=self.days_late) if on else None

    def __str__(self) -> str:
        if self.on_target:
            return "every duty is done on its target, or on its due date where that is earlier or alone"
        late = f"{self.days_late} days after" if self.days_late else "on"
        return f"every duty is done {late} its due date, or its target where the text gives no date"


@dataclass(frozen=True)
class Assumptions:
    """The pace, and by how many days editions of events are postponed, by (kind, edition)."""

    pace: Pace = field(default_factory=Pace)
    postponed: Mapping[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True)
class Supposed:
    """The facts with what is assumed added, and each assumption in a sentence."""

    facts: Facts
    said: Sequence[str]


def read_pace(text: str) -> Pace:
    """Read `on-target`, `on-due` or `late=N`.

    Raises:
        UnusableAssumptionError: it is none of them.
    """
    named = {"on-target": Pace(), "on-due": Pace(on_target=False)}
    if text in named:
        return named[text]
    if late := _LATE.fullmatch(text):
        return Pace(on_target=False, days_late=int(late[1]))
    raise UnusableAssumptionError(f"--assume: found {text!r}; expected on-target, on-due or late=40")


def read_postponement(text: str) -> tuple[tuple[str, str], int]:
    """Read `EVENT/EDITION=DAYS`; negative days bring the event forward.

    Raises:
        UnusableAssumptionError: it has another form.
    """
    if found := _POSTPONED.fullmatch(text):
        return (found[1], found[2]), int(found[3])
    expected = "EVENT/EDITION=DAYS, such as readers-assembly/2030=60"
    raise UnusableAssumptionError(f"--postpone: found {text!r}; expected {expected}")


def suppose(pack: Pack, facts: Facts, span: Span, assumptions: Assumptions) -> Supposed:
    """Return the facts as the rehearsal supposes them.

    Raises:
        UnusableAssumptionError: an event is postponed that is not held, as far as known or assumed.
    """
    said = [str(assumptions.pace)]
    for kind in sorted(pack.instrument.events):
        facts = _with_editions(facts, kind, sorted(_expected(pack, kind, span)), span, said)
    for (kind, edition), days in assumptions.postponed.items():
        facts = _postponed(facts, kind, edition, days, said)
    said += [
        f"{each} was never done, as far as the record goes: the first time is {span.first}"
        for each in sorted(pack.obligations)
        if any(never_done(turn) for turn in pack.status(each, facts, span.first).turns)
    ]
    return Supposed(replace(facts, went_live_on=facts.went_live_on or span.first), said)


def events_of(recurrence: object) -> Iterator[AfterEvent | BeforeEvent]:
    """Yield the clocks that count from events: this one, or those it is composed of."""
    for part in getattr(recurrence, "of", (recurrence,)):
        if isinstance(part, AfterEvent | BeforeEvent):
            yield part


def never_done(turn: Turn) -> bool:
    """Whether nothing is missing for a due date but a first completion to count from."""
    cycle = turn.cycle
    return turn.state is State.UNKNOWN and cycle.unknown == (f"completion of {cycle.obligation}",)


def _expected(pack: Pack, kind: str, span: Span) -> set[str]:
    versions = (version for obligation in pack.obligations.values() for version in obligation.versions)
    recurrences = (
        recurrence
        for version in versions
        for recurrence in events_of(version.recurrence)
        if recurrence.event == kind
    )
    return {str(year) for recurrence in recurrences for year in recurrence.editions.upto(span.last)}


def _with_editions(facts: Facts, kind: str, editions: Sequence[str], span: Span, said: list[str]) -> Facts:
    held = [event for edition in editions if (event := facts.event(kind, edition))]
    missing = [e for e in editions if not facts.event(kind, e) and int(e) >= span.first.year]
    if missing and not held:
        said.append(f"{kind}: no edition is on record, so none is assumed: what rests on it stays unknown")
        return facts
    assumed = [_like(held[-1], edition, facts) for edition in missing]
    assumed = [event for event in assumed if event.starts_on >= span.first]
    said += [
        f"{kind} {event.edition} is held from {event.starts_on} to {event.ends_on}: {event.source}"
        for event in assumed
    ]
    return replace(facts, events=(*facts.events, *assumed))


def _like(last: Event, edition: str, facts: Facts) -> Event:
    """Return an edition held in the same week of the same month as the last one known."""
    week = (last.starts_on.day - 1) // 7
    starts_on = _same_week(int(edition), last.starts_on, week)
    within = facts.event_range(last.kind, edition)
    if within and not within.not_before <= starts_on <= within.not_after:
        starts_on = within.not_before
        source = "nothing but a range is on record, and this is its first day"
    else:
        weekday = f"{_ORDINALS[week]} {day_name[starts_on.weekday()]} of {month_name[starts_on.month]}"
        source = f"not on record; the {weekday}, as in {last.edition}"
    ends_on = starts_on + (last.ends_on - last.starts_on)
    return Event(last.kind, edition, starts_on, ends_on, Certainty.TENTATIVE, source)


def _same_week(year: int, like: date, week: int) -> date:
    first = date(year, like.month, 1)
    day = 1 + (like.weekday() - first.weekday()) % 7 + 7 * week
    return first.replace(day=day if day <= monthrange(year, like.month)[1] else day - 7)


def _postponed(facts: Facts, kind: str, edition: str, days: int, said: list[str]) -> Facts:
    event = facts.event(kind, edition)
    if event is None:
        held = ", ".join(dict.fromkeys(f"{each.kind}/{each.edition}" for each in facts.events)) or "none"
        raise UnusableAssumptionError(
            f"--postpone: {kind}/{edition} is not held in these days; there are: {held}"
        )
    moved = timedelta(days=days)
    later = replace(event, starts_on=event.starts_on + moved, ends_on=event.ends_on + moved)
    said.append(f"{kind} {edition} is moved by {days} days, to {later.starts_on}, known from the first day")
    return replace(facts, events=(*facts.events, later))
