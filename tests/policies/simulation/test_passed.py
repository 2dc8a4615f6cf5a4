"""No due date of any shipped plan can pass in silence, whatever was sent before; other plans fail."""

from dataclasses import replace

import pytest

from policies.facts.facts import Facts
from policies.pack.pack import Pack
from policies.plans.notices import CountedFrom, NoticeKind, NoticeRule
from policies.simulation import Assumptions, Rehearsal, rehearse
from policies.simulation.assumptions import read_pace
from policies.simulation.passed import SAYS
from policies.simulation.span import Span
from tests import example_pack
from tests.days import day
from tests.policies import network

TEN_YEARS = Span(day("Mon 2026-11-23"), day("Sat 2036-11-22"))
FOUR_YEARS = Span(day("Mon 2026-11-23"), day("Fri 2030-11-22"))


def lived(pack: Pack, facts: Facts, pace: str, span: Span = TEN_YEARS) -> Rehearsal:
    return rehearse(pack, facts, span, Assumptions(read_pace(pace), {}))


def promised(rehearsal: Rehearsal) -> dict[str, int]:
    return {each.obligation: each.tested for each in rehearsal.assertions if each.says == SAYS}


def broken(pack: Pack, plan: str) -> list[str]:
    rehearsal = lived(pack, network.FACTS, "on-due", FOUR_YEARS)
    by_plan = [each.id for each in pack.obligations.values() if each.plan == plan]
    found = [each for each in rehearsal.assertions if each.says == SAYS and each.obligation in by_plan]
    return [failure for each in found for failure in each.failures]


def with_rungs(plan: str, *scheduled_notices: NoticeRule) -> Pack:
    """The Network's pack, where one plan says otherwise, or not at all, that a due date has passed."""
    old = network.PACK.plans[plan]
    kept = [scheduled for scheduled in old.scheduled_notices if scheduled.kind is not NoticeKind.OVERDUE]
    changed = old.model_copy(update={"scheduled_notices": (*kept, *scheduled_notices)})
    return replace(network.PACK, plans={**network.PACK.plans, plan: changed})


@pytest.mark.parametrize("pace", ["on-target", "late=40"])
@pytest.mark.parametrize(
    ("pack", "facts"),
    [(network.PACK, network.FACTS), (example_pack.PACK, example_pack.FACTS)],
    ids=["network", "harbour"],
)
def test_by_every_shipped_plan_no_due_date_of_ten_years_passes_in_silence(
    pack: Pack, facts: Facts, pace: str
):
    rehearsal = lived(pack, facts, pace)
    assert [each.failures for each in rehearsal.assertions if each.says == SAYS and each.failures] == []
    assert sum(promised(rehearsal).values()) > 15


def test_a_duty_that_no_text_dates_promises_nothing_about_dates_that_pass():
    assert "way-forward" not in promised(lived(network.PACK, network.FACTS, "on-due", FOUR_YEARS))


def test_a_plan_without_an_overdue_notice_breaks_the_promise_by_cycle_day_and_actor():
    assert (
        "working-group-review/2026: due 2026-12-06, and on 2026-12-07 nothing says to secretariat that it "
        "has passed"
    ) in broken(with_rungs("four-yearly"), "four-yearly")


@pytest.mark.parametrize(
    "scheduled",
    [
        NoticeRule(
            kind=NoticeKind.REMINDER, at=CountedFrom.DUE, days=1, to=("secretariat", "holder")
        ),  # the cap swallows it
        NoticeRule(
            kind=NoticeKind.OVERDUE, at=CountedFrom.DUE, days=4, to=("secretariat", "holder")
        ),  # too late
        NoticeRule(
            kind=NoticeKind.OVERDUE, at=CountedFrom.TARGET, days=1, to=("secretariat", "holder")
        ),  # another date
        NoticeRule(kind=NoticeKind.OVERDUE, at=CountedFrom.DUE, days=1, to=("contributors",)),  # to others
    ],
)
def test_what_only_looks_like_an_overdue_notice_does_not_keep_it(scheduled: NoticeRule):
    assert len(broken(with_rungs("four-yearly", scheduled), "four-yearly")) >= 2
