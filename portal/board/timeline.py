"""The timeline: the years around now, a lane for each obligation, as SVG that mirrors with the language."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from input_packages.labels import date_label
from language.catalogues import translations
from language.cycle_names import cycle_name
from language.dates import format_date
from language.direction import direction, said_in
from language.state_names import state_name
from policies.facts.facts import Event, EventRange, Facts
from policies.pack.pack import Pack
from policies.status.states import State
from policies.status.status import ObligationStatus, Turn

WIDTH, EDGE = 1000, 12
TOP, LANE = 58, 46
_BACK, _AHEAD = 2, 4  # years shown before and after the one under way

# The shape says how a cycle ended or stands, for those who see no colours and on paper.
SHAPES = {
    State.MET: "dot",
    State.MET_LATE: "triangle",
    State.MISSED: "cross",
    State.OVERDUE: "cross",
    State.UNRECORDED: "square",
    State.UNKNOWN: "square",
}
_AHEAD_SHAPE = "diamond"


@dataclass(frozen=True, slots=True)
class Mark:
    """A shape on a lane; `says` is what it means, in words."""

    x: float
    shape: str
    kind: str
    says: str


@dataclass(frozen=True, slots=True)
class Span:
    """From one day to another; `kind` is the state of its cycle, or whether an event is sure."""

    x: float
    width: float
    kind: str
    says: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One obligation: its name, how far down it is, and what lies on it."""

    title: str
    y: float
    windows: Sequence[Span]
    steps: Sequence[Mark]
    marks: Sequence[Mark]


@dataclass(frozen=True, slots=True)
class Timeline:
    """All there is to draw."""

    width: int
    height: float
    years: Sequence[tuple[int, float]]
    today: float
    events: Sequence[Span]
    lanes: Sequence[Lane]


class _Across:
    """From days to points across; mirrored for a language that is written from right to left."""

    def __init__(self, as_of: date, language: str) -> None:
        self.first, self.last = date(as_of.year - _BACK, 1, 1), date(as_of.year + _AHEAD, 12, 31)
        self.mirrored = direction(language) == "rtl"

    def __call__(self, on: date) -> float:
        inside = min(max(on, self.first), self.last)
        share = (inside - self.first).days / (self.last - self.first).days
        x = EDGE + share * (WIDTH - 2 * EDGE)
        return round(WIDTH - x if self.mirrored else x, 1)

    def shows(self, on: date | None) -> bool:
        return on is not None and self.first <= on <= self.last

    def span(self, first: date, last: date, kind: str, says: str) -> Span:
        left, right = sorted((self(first), self(last)))
        return Span(left, max(round(right - left, 1), 3), kind, says)


def timeline(
    pack: Pack, facts: Facts, statuses: Sequence[ObligationStatus], as_of: date, language: str
) -> Timeline:
    """Lay out the lanes of these obligations, with today and the events that clocks count from."""
    across = _Across(as_of, language)
    lanes = [_lane(each, number, across, language) for number, each in enumerate(statuses)]
    years = range(across.first.year, across.last.year + 1)
    return Timeline(
        WIDTH,
        TOP + LANE * len(lanes) + 10,
        [(year, across(date(year, 1, 1))) for year in years],
        across(as_of),
        list(_events(pack, facts, across, language)),
        lanes,
    )


def _lane(status: ObligationStatus, number: int, across: _Across, language: str) -> Lane:
    turns = status.turns
    return Lane(
        said_in(language, status.obligation.title),
        TOP + LANE * number,
        [each for turn in turns for each in _window(turn, across, language)],
        [each for turn in turns if turn.waits for each in _steps(turn, across, language)],
        [each for turn in turns for each in _marks(turn, across, language)],
    )


def _window(turn: Turn, across: _Across, language: str) -> Iterator[Span]:
    first, last = turn.cycle.opens_on, turn.cycle.due_on or turn.cycle.target_on
    if first and last and first <= last and last >= across.first and first <= across.last:
        named = cycle_name(turn.cycle.name, language)
        says = f"{named}: {format_date(first, language)} – {format_date(last, language)}"
        yield across.span(first, last, _kind(turn), says)


def _steps(turn: Turn, across: _Across, language: str) -> Iterator[Mark]:
    for step in turn.milestones:
        if across.shows(step.on):
            says = f"{date_label(step.id, language)}: {format_date(step.on, language)}"
            yield Mark(across(step.on), "tick", "step", says)


def _marks(turn: Turn, across: _Across, language: str) -> Iterator[Mark]:
    cycle, say = turn.cycle, translations(language).gettext
    if cycle.met_on and across.shows(cycle.met_on):
        yield Mark(across(cycle.met_on), SHAPES[turn.state], _kind(turn), _says(turn, cycle.met_on, language))
    elif not cycle.met_on and cycle.due_on and across.shows(cycle.due_on):
        shape = SHAPES.get(turn.state, _AHEAD_SHAPE)
        yield Mark(across(cycle.due_on), shape, _kind(turn), _says(turn, cycle.due_on, language))
    if not cycle.met_on and cycle.target_on and across.shows(cycle.target_on):
        says = f"{cycle_name(cycle.name, language)}: {say('Target')} {format_date(cycle.target_on, language)}"
        yield Mark(across(cycle.target_on), "ring", _kind(turn), says)


def _says(turn: Turn, on: date, language: str) -> str:
    named = cycle_name(turn.cycle.name, language)
    return f"{named}: {state_name(turn.state, language)} · {format_date(on, language)}"


def _kind(turn: Turn) -> str:
    unsure = " unsure" if turn.cycle.tentative or turn.cycle.projected else ""
    return f"{turn.state}{unsure}"


def _events(pack: Pack, facts: Facts, across: _Across, language: str) -> Iterator[Span]:
    words: Mapping[str, Mapping[str, str]] = pack.instrument.events
    latest = {(event.kind, event.edition): event for event in facts.events}
    for event in latest.values():
        first, last = _days(event)
        if across.shows(first) and event.kind in words:
            sure = "unsure" if isinstance(event, EventRange) or event.certainty == "tentative" else "sure"
            says = f"{said_in(language, words[event.kind])} {event.edition}"
            yield across.span(first, last, sure, says)


def _days(event: Event | EventRange) -> tuple[date, date]:
    if isinstance(event, EventRange):
        return event.not_before, event.not_after
    return event.starts_on, event.ends_on
