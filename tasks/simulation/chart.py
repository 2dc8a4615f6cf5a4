"""The chart: the load of every quarter, and below it when each duty was done, as one self-contained SVG."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jinja2 import FileSystemLoader

from language.environments import environment
from policies.pack.pack import Pack
from policies.simulation import Rehearsal
from policies.simulation.load import Quarter
from policies.simulation.simulation import Course
from policies.status.states import State

TEMPLATES = Path(__file__).parent / "templates"
WIDTH, LEFT, RIGHT = 1200, 290, 24
TOP, BARS, GAP, LANE = 96, 220, 56, 30  # heights: heading, bars, years between bars and lanes, one lane


@dataclass(frozen=True, slots=True)
class Bar:
    """The steps of one quarter."""

    x: float
    y: float
    width: float
    height: float
    says: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A cycle that ended: `kind` is met, met-late or missed."""

    x: float
    kind: str
    says: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One duty: its name, its height on the chart and its marks."""

    title: str
    y: float
    marks: Sequence[Mark]


class _Axis:
    """From days to points across, and from steps to points down."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        years = [quarter.year for quarter in rehearsal.quarters]
        self.first, self.last = years[0], years[-1] + 1
        self.most = max([*(quarter.steps for quarter in rehearsal.quarters), 1])
        self.tick = next(size for size in (1, 2, 5, 10, 20, 50, 100, 200, 500) if self.most / size <= 5)  # noqa: PLR2004 (lines enough to read by)

    def year(self, year: float) -> float:
        return round(LEFT + (year - self.first) * (WIDTH - LEFT - RIGHT) / (self.last - self.first), 1)

    def day(self, on: date) -> float:
        return self.year(on.year + (on.timetuple().tm_yday - 1) / 366)

    def steps(self, count: float) -> float:
        return round(TOP + BARS - count * BARS / self.most, 1)


def chart(rehearsal: Rehearsal, pack: Pack) -> str:
    """Return the chart as SVG (https://www.w3.org/TR/SVG11/), light or dark as the reader's screen is."""
    axis = _Axis(rehearsal)
    lanes = list(_lanes(rehearsal.courses, axis))
    template = environment("en", FileSystemLoader(TEMPLATES), escaped=True).get_template("rehearsal.svg")
    return template.render(
        institution=pack.instrument.institution["en"],
        span=rehearsal.span,
        assumption=rehearsal.assumptions[0],
        width=WIDTH,
        left=LEFT,
        right=WIDTH - RIGHT,
        top=TOP,
        floor=TOP + BARS,
        bottom=TOP + BARS + GAP + LANE * len(lanes),
        bars=[_bar(quarter, axis) for quarter in rehearsal.quarters],
        ticks=[(count, axis.steps(count)) for count in range(0, axis.most + 1, axis.tick)],
        years=[(year, axis.year(year)) for year in range(axis.first, axis.last)],
        year_width=round(axis.year(axis.first + 1) - axis.year(axis.first), 1),
        event_years=_event_years(rehearsal.quarters, axis),
        events=[pack.instrument.events[kind]["en"] for kind in sorted(pack.instrument.events)],
        lanes=lanes,
    )


def _bar(quarter: Quarter, axis: _Axis) -> Bar:
    left, right = (axis.year(quarter.year + (quarter.number - back) / 4) for back in (1, 0))
    top = axis.steps(quarter.steps)
    says = f"{quarter.name}: {quarter.steps} steps of work, {quarter.notices} notices"
    return Bar(left + 1, top, round(right - left - 2, 1), round(TOP + BARS - top, 1), says)


def _event_years(quarters: Iterable[Quarter], axis: _Axis) -> list[tuple[float, str]]:
    years = {quarter.year: ", ".join(quarter.events) for quarter in quarters if quarter.events}
    return [(axis.year(year), f"{year}: {events}") for year, events in years.items()]


def _lanes(courses: Sequence[Course], axis: _Axis) -> Iterator[Lane]:
    ended = [(course, marks) for course in courses if (marks := list(_marks(course, axis)))]
    for number, (course, marks) in enumerate(ended):
        yield Lane(course.obligation.title["en"], TOP + BARS + GAP + LANE * (number + 0.5), marks)


def _marks(course: Course, axis: _Axis) -> Iterator[Mark]:
    for turn in course.turns:
        cycle = turn.cycle
        on = cycle.met_on or (cycle.due_on if turn.state in _UNDONE else None)
        if on and axis.first <= on.year < axis.last:
            kind = "missed" if turn.state in _UNDONE else str(turn.state)
            due = f", due {cycle.due_on}" if cycle.due_on else ""
            yield Mark(axis.day(on), kind, f"{cycle.key}: {turn.state} {on}{due}")


_UNDONE = frozenset({State.MISSED, State.OVERDUE})
