"""What holds for every anchor, interval and history, and not only for the dates we thought of."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from policies.calendar.counting import Unit, last_of_month, shift
from policies.facts.decisions import Decision
from policies.facts.facts import Completion, Facts
from policies.facts.meetings import Meeting
from policies.facts.terms import Term
from policies.obligations.obligations import Obligation
from policies.plans.milestones import MilestoneId, MilestoneRule
from policies.plans.work_back import WorkBackPlan
from policies.recurrence import Recurrence
from policies.recurrence.after_event import AfterEvent
from policies.recurrence.cycles import Basis, Cycle
from policies.recurrence.fixed_grid import FixedGrid
from policies.recurrence.on_term import OnTerm
from policies.recurrence.per_period import PerPeriod
from policies.recurrence.per_trigger import PerTrigger
from policies.recurrence.question import Question
from policies.recurrence.rolling_ceiling import RollingCeiling
from policies.status.status import status
from tests.days import day
from tests.fuzzing import examples
from tests.policies.generated import (
    both,
    ceilings,
    days,
    grids,
    histories,
    horizons,
    limits,
    periods,
    recurrences,
    reviews,
    wide_reviews,
)
from tests.policies.network import FACTS, PACK

moderate = settings(deadline=None, max_examples=examples(60))


def cycles(recurrence: Recurrence, facts: Facts, until: date) -> list[Cycle]:
    return recurrence.cycles(Question("review", facts, until, day("Wed 2018-12-19")))


@given(days, st.integers(-240, 240), st.integers(1, 48))
@moderate
def test_anchor_arithmetic_never_drifts(anchor, count, step):
    """The day stays the anchor's own, or the last of a month that lacks it; twice is the same as at once."""
    on = shift(anchor, count, Unit.MONTHS)
    assert on.day == min(anchor.day, last_of_month(on.year, on.month).day)
    assert (on.year - anchor.year) * 12 + on.month - anchor.month == count
    assert shift(anchor, count + step, Unit.MONTHS) > on


@given(recurrences, histories(), horizons)
@moderate
def test_no_clock_names_two_cycles_alike(recurrence, facts, until):
    names = [cycle.name for cycle in cycles(recurrence, facts, until)]
    assert len(names) == len(set(names))


@given(st.one_of(grids, ceilings, periods, limits, both), histories(), horizons)
@moderate
def test_due_dates_strictly_increase(recurrence, facts, until):
    due = [cycle.due_on for cycle in cycles(recurrence, facts, until) if cycle.due_on]
    assert all(earlier < later for earlier, later in pairwise(due))


@given(st.one_of(grids, ceilings, periods, limits, both), histories(), horizons, horizons)
@moderate
def test_looking_further_ahead_adds_cycles_and_changes_none(recurrence, facts, one, other):
    near, far = (cycles(recurrence, facts, until) for until in sorted((one, other)))
    assert far[: len(near)] == near


@given(st.one_of(limits, both), horizons, days)
@moderate
def test_an_unrecorded_forum_gives_no_date(recurrence, until, reviewed_on):
    silent = Facts(completions=[Completion("review", reviewed_on, "minutes")])
    for cycle in cycles(recurrence, silent, until):
        assert (cycle.due_on is None) == bool(cycle.unknown)


@given(reviews, horizons)
@moderate
def test_a_review_after_a_forum_has_no_date_while_neither_forum_nor_review_is_known(recurrence, until):
    assert {c.plan_on for c in cycles(recurrence, Facts(), until)} <= {None}


@given(st.one_of(grids, periods, limits, both), histories(), days, horizons)
@moderate
def test_a_completion_moves_no_date_of_a_grid_a_period_or_a_limit(recurrence, facts, reviewed_on, until):
    more = replace(facts, completions=[*facts.completions, Completion("review", reviewed_on, "minutes")])
    before, after = (cycles(recurrence, known, until) for known in (facts, more))
    assert [(c.name, c.opens, c.due) for c in before] == [(c.name, c.opens, c.due) for c in after]


@given(recurrences, histories(), horizons)
@moderate
def test_the_same_question_has_the_same_answer_however_the_facts_were_ordered(recurrence, facts, until):
    shuffled = replace(facts, completions=facts.completions[::-1], events=facts.events[::-1])
    assert (
        cycles(recurrence, facts, until)
        == cycles(recurrence, facts, until)
        == cycles(recurrence, shuffled, until)
    )


@given(st.sampled_from(sorted(PACK.obligations)), days, days)
@moderate
def test_what_is_not_known_yet_changes_no_standing(obligation, as_of, reviewed_on):
    later = Completion(obligation, max(as_of + timedelta(days=1), reviewed_on), "minutes")
    told = replace(FACTS, completions=(*FACTS.completions, later))
    assert PACK.status(obligation, told, as_of) == PACK.status(obligation, FACTS, as_of)


@given(st.sampled_from(sorted(PACK.obligations)), days)
@moderate
def test_a_breach_never_vanishes_and_never_shrinks(obligation, as_of):
    today, tomorrow = (PACK.status(obligation, FACTS, as_of + timedelta(days=n)).breaches for n in (0, 1))
    grown = {breach.cycle: breach for breach in tomorrow}
    for breach in today:
        assert grown[breach.cycle].days_late - breach.days_late in ((0,) if breach.met_on else (0, 1))


def with_clock(recurrence: Recurrence) -> Obligation:
    """Return a real obligation that keeps another clock."""
    original = PACK.obligations["working-arrangements-review"]
    versions = tuple(version.model_copy(update={"recurrence": recurrence}) for version in original.versions)
    return original.model_copy(update={"id": "review", "versions": versions})


@given(
    st.one_of(grids, ceilings, periods, limits, wide_reviews, both),
    histories(),
    st.tuples(days, days, horizons),
)
@moderate
def test_two_adjoining_spans_give_what_the_whole_span_gives(recurrence, facts, ends):
    """[a, b] and (b, c] together are [a, c]: the same cycles, none lost at the seam and none made up."""
    first, seam, last = sorted(ends)
    obligation = with_clock(recurrence)
    before = obligation.cycles_between(facts, first, seam)
    after = obligation.cycles_between(facts, seam + timedelta(days=1), last)
    whole = obligation.cycles_between(facts, first, last)
    assert {*before, *after} == {*whole}
    assert {cycle.key for cycle in whole} == _names_due(obligation, facts, first, last)


def _names_due(obligation: Obligation, facts: Facts, first: date, last: date) -> set[str]:
    """Return the cycles with a date in the span, out of all there are in a hundred years."""
    every = obligation.cycles(facts, shift(last, 1200, Unit.MONTHS))
    return {c.key for c in every if any(b.not_after >= first and b.not_before <= last for b in c.dates)}


@given(recurrences, histories(), horizons)
@moderate
def test_cycles_strictly_increase_and_never_overlap(recurrence, facts, until):
    """Each opens after the one before it, and none lies within another; a ceiling's turns adjoin."""
    turns = [] if isinstance(recurrence, AfterEvent) else cycles(recurrence, facts, until)
    spans = [(c.opens.on, c.due.on, c.met_on or c.due.on) for c in turns if c.opens and c.due]
    for (opens_on, due_on, ends_on), (next_opens_on, _, _) in pairwise(spans):
        assert opens_on < next_opens_on
        if isinstance(recurrence, FixedGrid | PerPeriod):
            assert due_on < next_opens_on
        if isinstance(recurrence, RollingCeiling):
            assert next_opens_on == ends_on + timedelta(days=1)


def bare(obligation: Obligation, target: int) -> Obligation:
    """Return the obligation with its house practice taken out, or changed where the clock must have some."""
    versions = tuple(
        version.model_copy(
            update={
                "recurrence": version.recurrence.model_copy(update=_no_practice(version.recurrence, target))
            }
        )
        for version in obligation.versions
    )
    return obligation.model_copy(update={"versions": versions})


def _no_practice(recurrence: Recurrence, target: int) -> dict[str, object]:
    if isinstance(recurrence, AfterEvent):
        return {"target_months": target, "target_source": "another house"}
    if isinstance(recurrence, OnTerm):
        return {"target_days_before": target}
    return {"target": None} if isinstance(recurrence, PerTrigger) else {}


BARE_PLAN = WorkBackPlan(
    source="none", milestones=(MilestoneRule(id=MilestoneId.REVIEW_HELD, weeks_before=0),), rungs=()
)


def mandated(obligation: Obligation, plan: WorkBackPlan, facts: Facts, as_of: date) -> object:
    """Return what the text demands of an obligation and how that stands, whatever the house makes of it."""
    found = status(obligation, plan, facts, as_of, PACK.seats(obligation))
    dates = {
        turn.cycle.key: (turn.cycle.due, turn.cycle.due_between, turn.cycle.met_on) for turn in found.turns
    }
    return dates, found.breaches, found.last_met_on


@given(recurrences, histories(), days, st.integers(1, 24))
@moderate
def test_removing_house_practice_never_moves_a_mandated_date(recurrence, facts, as_of, target):
    obligation, plan = with_clock(recurrence), PACK.plans["yearly"]
    as_it_is = mandated(obligation, plan, facts, as_of)
    assert mandated(bare(obligation, target), BARE_PLAN, facts, as_of) == as_it_is


SET_OFF = replace(
    FACTS,
    meetings=(Meeting("ec-12", "executive-committee", day("Mon 2026-11-16"), "Twelfth meeting", "minutes"),),
    decisions=(
        Decision("d-1", day("Mon 2026-11-16"), ("secretariat",), "Write.", "minutes", day("Mon 2027-02-15")),
        Decision("d-2", day("Mon 2026-11-16"), ("secretariat",), "Call.", "minutes"),
    ),
    terms=(Term("fund-board-members", "donor", "B", day("Fri 2025-08-01"), "letter", day("Sat 2027-07-31")),),
)


@given(st.sampled_from(sorted(PACK.obligations)), days, st.integers(1, 24))
@moderate
def test_removing_house_practice_never_moves_a_date_of_the_network(name, as_of, target):
    obligation = PACK.obligations[name]
    as_it_is = mandated(obligation, PACK.plans[obligation.plan], SET_OFF, as_of)
    assert mandated(bare(obligation, target), BARE_PLAN, SET_OFF, as_of) == as_it_is


@given(st.sampled_from(sorted(PACK.obligations)), days)
@moderate
def test_no_mandated_date_rests_on_house_practice(name, as_of):
    for turn in PACK.status(name, SET_OFF, as_of).turns:
        due, target = turn.cycle.due, turn.cycle.target
        assert due is None or (due.basis is Basis.MANDATE and "house-practice" not in due.source)
        assert target is None or target.basis is Basis.HOUSE_PRACTICE


@given(st.sampled_from(sorted(PACK.obligations)), days)
@moderate
def test_a_state_changes_only_with_the_facts_or_on_a_day_of_its_own(name, as_of):
    """From one day to the next, without new facts, a cycle changes only where one of its dates passes."""
    tomorrow = as_of + timedelta(days=1)
    facts = SET_OFF.upto(as_of)
    now, then = ({t.cycle.key: t for t in PACK.status(name, facts, on).turns} for on in (as_of, tomorrow))
    openings = {turn.cycle.opens_on for turn in then.values()}
    for key in now.keys() & then.keys():
        turn = then[key]
        own = {turn.begins_on, turn.cycle.opens_on, *openings}
        passed = {turn.cycle.due_on, turn.cycle.target_on}
        assert now[key].state is turn.state or tomorrow in own or as_of in passed
        assert now[key].cycle == turn.cycle
