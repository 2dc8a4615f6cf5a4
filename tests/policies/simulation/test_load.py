"""The load of each quarter, and the peaks of years with a forum."""

from policies.facts.facts import Facts
from policies.simulation.load import load_of, peaks_of
from policies.simulation.simulation import Course, Kind, Moment
from policies.simulation.span import Span
from tests.days import day
from tests.policies.network import PACK, forum

SPAN = Span(day("Mon 2029-10-01"), day("Wed 2031-12-31"))
FORUMS = Facts(events=[forum("2030", "Tue 2030-05-07", "Fri 2030-05-10")])


def moment(on: str, kind: Kind = Kind.STEP, count: int = 1) -> Moment:
    return Moment(day(on), "annual-meeting/2030", kind, "a step", count)


LIVES = [
    Course(
        PACK.obligations["annual-meeting"],
        [
            moment("Mon 2029-12-31"),
            moment("Tue 2030-01-01"),
            moment("Sun 2030-03-31"),
            moment("Mon 2030-04-01", Kind.NOTICE, 3),
            moment("Mon 2030-04-01", Kind.STATE),
            moment("Thu 2031-07-10"),
        ],
    )
]


def test_every_quarter_is_there_and_each_moment_falls_into_its_own():
    quarters = load_of(LIVES, FORUMS, SPAN)
    assert [quarter.name for quarter in quarters] == [
        "2029-Q4",
        *(f"{year}-Q{number}" for year in (2030, 2031) for number in (1, 2, 3, 4)),
    ]
    counted = {quarter.name: (quarter.steps, quarter.notices) for quarter in quarters}
    assert {name: counts for name, counts in counted.items() if any(counts)} == {
        "2029-Q4": (1, 0),
        "2030-Q1": (2, 0),
        "2030-Q2": (0, 3),
        "2031-Q3": (1, 0),
    }
    assert {quarter.year for quarter in quarters if quarter.events} == {2030}


def test_the_peaks_compare_whole_years_only():
    peaks = peaks_of(load_of(LIVES, FORUMS, SPAN))
    assert (peaks.busiest.name, peaks.event_years, peaks.other_years) == ("2030-Q1", 2.0, 1.0)
