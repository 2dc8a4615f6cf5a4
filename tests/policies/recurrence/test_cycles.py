from policies.facts.facts import Certainty
from policies.recurrence.cycles import Anchor, AnchorKind, Cycle, Reckoning
from tests.days import day
from tests.policies.asking import done


def reckoned(on: str, certainty: Certainty = Certainty.CONFIRMED) -> Reckoning:
    return Reckoning(day(on), Anchor(AnchorKind.EVENT_END, "forum 2026", day(on), "programme", certainty))


DUE, TARGET = reckoned("Sun 2026-12-06"), reckoned("Sun 2026-11-08", Certainty.TENTATIVE)


def test_work_is_planned_back_from_the_earlier_of_target_and_due_date():
    assert Cycle("review", "2026", due=DUE, target=TARGET).plan_on == day("Sun 2026-11-08")
    assert Cycle("review", "2026", due=DUE).plan_on == day("Sun 2026-12-06")
    assert Cycle("review", "2026").plan_on is None


def test_a_cycle_is_tentative_when_any_of_its_dates_is():
    assert Cycle("review", "2026", due=DUE, target=TARGET).tentative
    assert not Cycle("review", "2026", due=DUE).tentative


def test_a_cycle_is_named_by_what_it_is_for_and_never_by_its_due_date():
    assert Cycle("review", "2026", due=DUE).key == Cycle("review", "2026", due=TARGET).key == "review/2026"


def test_a_cycle_without_a_completion_stays_as_it_is():
    cycle = Cycle("review", "2026", due=DUE)
    assert cycle.met_by(None) == cycle
    assert cycle.met_on is None
    assert cycle.met_by(done("Tue 2026-12-01")).met_on == day("Tue 2026-12-01")
