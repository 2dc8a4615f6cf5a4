"""What holds for every anchor, interval and history, and not only for the dates we thought of."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from policies.clocks import Clock
from policies.clocks.after_event import AfterEvent
from policies.clocks.before_event import BeforeEvent
from policies.clocks.earliest_of import EarliestOf
from policies.clocks.fixed_grid import FixedGrid
from policies.clocks.per_period import PerPeriod
from policies.clocks.question import Editions, Question
from policies.clocks.rolling_ceiling import RollingCeiling
from policies.counting import Unit, last_of_month, shift
from policies.cycles import Cycle
from policies.facts import Certainty, Completion, Event, Facts
from tests.days import day
from tests.policies.network import FACTS, PACK

moderate = settings(deadline=None, max_examples=60)
S = "the text"
FORUM = "forum"
YEARS = range(2019, 2043)

days = st.dates(day("Tue 2019-01-01"), day("Fri 2032-12-31"))
horizons = st.dates(day("Sat 2033-01-01"), day("Wed 2042-12-31"))
months = st.integers(1, 60)
editions = st.builds(
    lambda first, every: Editions(first=first, every_years=every, source=S),
    st.integers(2019, 2024),
    st.integers(1, 5),
)
grids = st.builds(
    lambda year, month, every: FixedGrid(
        kind="fixed-grid", first=f"{year}-{month:02}", every_months=every, source=S
    ),
    st.integers(2018, 2024),
    st.integers(1, 12),
    months,
)
ceilings = st.builds(lambda n: RollingCeiling(kind="rolling-ceiling", months=n, source=S), months)
periods = st.builds(
    lambda first, every, month: PerPeriod(
        kind="per-period", first=first, every_years=every, starts_in_month=month, source=S
    ),
    st.integers(2018, 2024),
    st.integers(1, 4),
    st.integers(1, 12),
)


def before_event(most_weeks: int) -> st.SearchStrategy[BeforeEvent]:
    return st.builds(
        lambda e, weeks: BeforeEvent(kind="before-event", event=FORUM, editions=e, weeks=weeks, source=S),
        editions,
        st.integers(1, most_weeks),
    )


limits = before_event(26)
reviews = st.builds(
    lambda e, target, ceiling: AfterEvent(
        kind="after-event",
        event=FORUM,
        editions=e,
        target_months=target,
        target_source="house-practice",
        ceiling_months=ceiling,
        source=S,
    ),
    editions,
    st.integers(1, 12),
    st.integers(12, 60),
)
calendar_years = st.builds(
    lambda first: PerPeriod(kind="per-period", first=first, source=S), st.integers(2018, 2024)
)
both = st.builds(
    lambda year, limit: EarliestOf(kind="earliest-of", of=(year, limit), source=S),
    calendar_years,
    before_event(12),
)
clocks = st.one_of(grids, ceilings, periods, limits, reviews, both)


@st.composite
def histories(draw: st.DrawFn) -> Facts:
    """Forums in some of the years, each in its own spring, and reviews on any days."""
    held = draw(st.sets(st.sampled_from(YEARS)))
    first_days = {year: date(year, 4, 1) + timedelta(days=draw(st.integers(0, 60))) for year in sorted(held)}
    events = [
        Event(FORUM, str(year), first, first + timedelta(days=3), Certainty.CONFIRMED, "programme")
        for year, first in first_days.items()
    ]
    completed = draw(st.lists(days, max_size=6))
    return Facts(events=events, completions=[Completion("review", on, "minutes") for on in completed])


def cycles(clock: Clock, facts: Facts, until: date) -> list[Cycle]:
    return clock.cycles(Question("review", facts, until, day("Wed 2018-12-19")))


@given(days, st.integers(-240, 240), st.integers(1, 48))
@moderate
def test_anchor_arithmetic_never_drifts(anchor, count, step):
    """The day stays the anchor's own, or the last of a month that lacks it; twice is the same as at once."""
    on = shift(anchor, count, Unit.MONTHS)
    assert on.day == min(anchor.day, last_of_month(on.year, on.month).day)
    assert (on.year - anchor.year) * 12 + on.month - anchor.month == count
    assert shift(anchor, count + step, Unit.MONTHS) > on


@given(clocks, histories(), horizons)
@moderate
def test_no_clock_names_two_cycles_alike(clock, facts, until):
    names = [cycle.name for cycle in cycles(clock, facts, until)]
    assert len(names) == len(set(names))


@given(st.one_of(grids, ceilings, periods, limits, both), histories(), horizons)
@moderate
def test_due_dates_strictly_increase(clock, facts, until):
    due = [cycle.due_on for cycle in cycles(clock, facts, until) if cycle.due_on]
    assert all(earlier < later for earlier, later in pairwise(due))


@given(st.one_of(grids, ceilings, periods, limits, both), histories(), horizons, horizons)
@moderate
def test_looking_further_ahead_adds_cycles_and_changes_none(clock, facts, one, other):
    near, far = (cycles(clock, facts, until) for until in sorted((one, other)))
    assert far[: len(near)] == near


@given(st.one_of(limits, both), horizons, days)
@moderate
def test_an_unrecorded_forum_gives_no_date(clock, until, reviewed_on):
    silent = Facts(completions=[Completion("review", reviewed_on, "minutes")])
    for cycle in cycles(clock, silent, until):
        assert (cycle.due_on is None) == bool(cycle.unknown)


@given(reviews, horizons)
@moderate
def test_a_review_after_a_forum_has_no_date_while_neither_forum_nor_review_is_known(clock, until):
    assert {c.plan_on for c in cycles(clock, Facts(), until)} <= {None}


@given(st.one_of(grids, periods, limits, both), histories(), days, horizons)
@moderate
def test_a_completion_moves_no_date_of_a_grid_a_period_or_a_limit(clock, facts, reviewed_on, until):
    more = replace(facts, completions=[*facts.completions, Completion("review", reviewed_on, "minutes")])
    before, after = (cycles(clock, known, until) for known in (facts, more))
    assert [(c.name, c.opens, c.due) for c in before] == [(c.name, c.opens, c.due) for c in after]


@given(clocks, histories(), horizons)
@moderate
def test_the_same_question_has_the_same_answer_however_the_facts_were_ordered(clock, facts, until):
    shuffled = replace(facts, completions=facts.completions[::-1], events=facts.events[::-1])
    assert cycles(clock, facts, until) == cycles(clock, facts, until) == cycles(clock, shuffled, until)


@given(st.sampled_from(sorted(PACK.obligations)), days, days)
@moderate
def test_what_is_not_known_yet_changes_no_standing(obligation, as_of, reviewed_on):
    later = Completion(obligation, max(as_of + timedelta(days=1), reviewed_on), "minutes")
    told = replace(FACTS, completions=(*FACTS.completions, later))
    assert PACK.standing(obligation, told, as_of) == PACK.standing(obligation, FACTS, as_of)


@given(st.sampled_from(sorted(PACK.obligations)), days)
@moderate
def test_a_breach_never_vanishes_and_never_shrinks(obligation, as_of):
    today, tomorrow = (PACK.standing(obligation, FACTS, as_of + timedelta(days=n)).breaches for n in (0, 1))
    grown = {breach.cycle: breach for breach in tomorrow}
    for breach in today:
        assert grown[breach.cycle].days_late - breach.days_late in ((0,) if breach.met_on else (0, 1))
