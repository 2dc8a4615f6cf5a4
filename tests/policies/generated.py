"""Clocks, days and histories for hypothesis to draw from."""

from datetime import date, timedelta

from hypothesis import strategies as st

from policies.facts.facts import Certainty, Completion, Event, Facts
from policies.recurrence.after_event import AfterEvent
from policies.recurrence.before_event import BeforeEvent
from policies.recurrence.earliest_of import EarliestOf
from policies.recurrence.fixed_grid import FixedGrid
from policies.recurrence.per_period import PerPeriod
from policies.recurrence.question import Editions
from policies.recurrence.rolling_ceiling import RollingCeiling
from tests.days import day

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
recurrences = st.one_of(grids, ceilings, periods, limits, reviews, both)


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


wide_reviews = reviews.map(
    lambda c: c.model_copy(update={"ceiling_months": max(c.ceiling_months, 12 * c.editions.every_years)})
)  # a ceiling shorter than the time between events runs ahead of them without end
